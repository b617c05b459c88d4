// What the clock says to a TV, in the site's own time: when it keeps silent, and which lines stand at its foot.
import type { RoomRules } from '../../api/types';
import type { SpeakerChoice } from '../../host';
import { offsetMinutes } from '../../words/time';

type Quiet = RoomRules['tenang'][number];
type Line = RoomRules['teks'][number];
const DAY = 24 * 60;
/** The first day of the world's clocks was a Thursday. */
const FIRST_DAY = 3;

/** Whether `at` (milliseconds) lies in the machine's own quiet hours; they may run over midnight. Without both ends there are
 * none. */
export function isQuiet(speaker: SpeakerChoice, at: number, offset: string): boolean {
  return isWithin(speaker.quiet_from, speaker.quiet_until, at, offset);
}

/** The time of quiet that it is now, if it is one. */
export function quietNow(times: Quiet[], at: number, offset: string): Quiet | null {
  return times.find((time) => isWithin(time.dari, time.sampai, at, offset)) ?? null;
}

/** The lines that stand at the foot now. */
export function linesNow(lines: Line[], at: number, offset: string): Line[] {
  const minutes = Math.floor(at / 60_000 + offsetMinutes(offset));
  const day = ((Math.floor(minutes / DAY) + FIRST_DAY) % 7) + 1;
  return lines.filter(
    ({ hari, dari, sampai }) =>
      (!hari?.length || hari.includes(day)) &&
      (minutesOf(dari ?? '') ?? 0) <= minutes % DAY &&
      minutes % DAY < (minutesOf(sampai ?? '') ?? DAY),
  );
}

function isWithin(first: string, last: string, at: number, offset: string): boolean {
  const [from, until] = [minutesOf(first), minutesOf(last)];
  if (from === null || until === null || from === until) return false;
  const now = Math.floor(at / 60_000 + offsetMinutes(offset)) % DAY;
  return from < until ? now >= from && now < until : now >= from || now < until;
}

function minutesOf(hour: string): number | null {
  const parts = /^(\d{1,2})[:.](\d\d)$/.exec(hour.trim());
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : null;
}
