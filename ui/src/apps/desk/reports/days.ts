// Days of the calendar, written 2026-11-24: no clock and no zone has a part in them.
import type { Span } from '../../../api/reports';

const DAY_MS = 86_400_000;
const utc = (day: string) => Date.parse(`${day}T00:00:00Z`);
const written = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The same day one span later (`by` 1) or earlier (`by` -1); of months and years the first day. */
export function stepped(day: string, span: Span, by: 1 | -1): string {
  if (span === 'daily') return written(utc(day) + by * DAY_MS);
  if (span === 'weekly') return written(utc(day) + by * 7 * DAY_MS);
  const [year, month] = day.split('-').map(Number) as [number, number];
  return written(span === 'yearly' ? Date.UTC(year + by, 0, 1) : Date.UTC(year, month - 1 + by, 1));
}

/** Whether a day can be looked at: written as one, and there is one. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(utc(text)) && written(utc(text)) === text;
}

/** "Selasa, 24 November 2026", "23 – 29 Nov 2026", "November 2026", "2026". */
export function spanText(span: Span, from: string, until: string, locale: string): string {
  const text = (day: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(utc(day)));
  if (span === 'daily')
    return text(from, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  if (span === 'yearly') return from.slice(0, 4);
  if (span === 'monthly') return text(from, { month: 'long', year: 'numeric' });
  const sameMonth = from.slice(0, 7) === until.slice(0, 7);
  const first = text(from, sameMonth ? { day: 'numeric' } : { day: 'numeric', month: 'short' });
  return `${first} – ${text(until, { day: 'numeric', month: 'short', year: 'numeric' })}`;
}
