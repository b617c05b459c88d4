// Quiet hours: when a machine keeps silent, in the site's own time.
import type { SpeakerChoice } from '../../host';
import { offsetMinutes } from '../../words/time';

/** Whether `at` (milliseconds) lies in the quiet hours; they may run over midnight. Without both ends there are none. */
export function isQuiet(speaker: SpeakerChoice, at: number, offset: string): boolean {
  const [from, until] = [minutes(speaker.quiet_from), minutes(speaker.quiet_until)];
  if (from === null || until === null || from === until) return false;
  const now = Math.floor(at / 60_000 + offsetMinutes(offset)) % (24 * 60);
  return from < until ? now >= from && now < until : now >= from || now < until;
}

function minutes(hour: string): number | null {
  const parts = /^(\d{1,2})[:.](\d\d)$/.exec(hour.trim());
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : null;
}
