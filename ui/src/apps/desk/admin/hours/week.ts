// Opening hours as an admin types them, day by day, and as one reads them: "Senin–Jumat 07.30–14.00".
import type { Hours } from '../../../../api/hours';

/** Hours as typed; either may be wrong. */
export interface TypedSpan {
  buka: string;
  tutup: string;
}

export interface Draft {
  /** At any time, also on holidays. */
  always: boolean;
  /** Monday to Sunday; a day without hours is closed. */
  week: TypedSpan[][];
  /** The last number of a day; empty: until the hours end. */
  last: string;
  /** How many a day, and online; empty: as many as come. */
  total: string;
  online: string;
}

const DAYS = 7;
/** What a new day begins with. */
export const USUAL: TypedSpan = { buka: '07.30', tutup: '14.00' };

/** "7.30", "07:30" → "07:30"; null when no clock shows it. */
export function timeOf(typed: string): string | null {
  const parts = /^(\d{1,2})[:.](\d\d)$/.exec(typed.trim());
  if (!parts) return null;
  const [hour, minute] = [Number(parts[1]), Number(parts[2])];
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null;
  return `${String(hour).padStart(2, '0')}:${parts[2]}`;
}

/** "07:30" → "07.30". */
const typed = (time: string) => time.replace(':', '.');

export function draftOf({ jam, kuota, terakhir }: Hours): Draft {
  const day = (hari: number) =>
    jam
      .filter((span) => span.hari === hari)
      .sort((one, other) => one.buka.localeCompare(other.buka))
      .map((span) => ({ buka: typed(span.buka), tutup: typed(span.tutup) }));
  return {
    always: jam.length === 0,
    week: Array.from({ length: DAYS }, (_, at) => day(at + 1)),
    last: terakhir ? typed(terakhir) : '',
    total: String(kuota.total ?? ''),
    online: String(kuota.online ?? ''),
  };
}

/** What is wrong with a day: hours that no clock shows, closing before opening, one across another. */
export function wrongDay(spans: TypedSpan[]): 'time' | 'order' | null {
  const times = spans.map((span) => ({ buka: timeOf(span.buka), tutup: timeOf(span.tutup) }));
  if (times.some((span) => span.buka === null || span.tutup === null)) return 'time';
  const sorted = times.sort((one, other) => one.buka!.localeCompare(other.buka!));
  const across = sorted.some(
    (span, at) => span.buka! >= span.tutup! || (at > 0 && sorted[at - 1]!.tutup! > span.buka!),
  );
  return across ? 'order' : null;
}

/** A quota as typed; undefined when it is no number. */
export function quotaOf(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (!trimmed) return null;
  return /^\d{1,5}$/.test(trimmed) ? Number(trimmed) : undefined;
}

export type Wrong = Partial<Record<'last' | 'total' | 'online' | 'week', true>>;

export function wrongOf({ always, week, last, total, online }: Draft): Wrong {
  return {
    ...(!always && (week.some(wrongDay) || week.every((day) => day.length === 0)) ? { week: true } : {}),
    ...(last.trim() && timeOf(last) === null ? { last: true } : {}),
    ...(quotaOf(total) === undefined ? { total: true } : {}),
    ...(quotaOf(online) === undefined ? { online: true } : {}),
  };
}

/** What is sent; only of a draft with nothing wrong. */
export function hoursOf({ always, week, last, total, online }: Draft): Hours {
  const jam = always
    ? []
    : week.flatMap((day, at) =>
        day.map((span) => ({
          hari: at + 1,
          buka: timeOf(span.buka) ?? '',
          tutup: timeOf(span.tutup) ?? '',
        })),
      );
  return {
    jam,
    kuota: { total: quotaOf(total) ?? null, online: quotaOf(online) ?? null },
    terakhir: timeOf(last),
  };
}

/** The week in few words: days with the same hours together, closed days left out. */
export function weekWords(hours: Hours, dayName: (hari: number) => string): string[] {
  const { week } = draftOf(hours);
  const of = (hari: number) => week[hari - 1]!.map((span) => `${span.buka}–${span.tutup}`).join(' & ');
  const groups: { from: number; to: number; said: string }[] = [];
  for (let hari = 1; hari <= DAYS; hari++) {
    const [said, last] = [of(hari), groups.at(-1)];
    if (last && last.said === said) last.to = hari;
    else groups.push({ from: hari, to: hari, said });
  }
  return groups
    .filter((group) => group.said)
    .map(({ from, to, said }) =>
      from === to ? `${dayName(from)} ${said}` : `${dayName(from)}–${dayName(to)} ${said}`,
    );
}
