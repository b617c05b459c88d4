// Hours and dates in the site's own time zone, whatever zone the device believes to be in.
import type { Language } from './texts';

/** "+08:00" as minutes. */
export function offsetMinutes(offset: string): number {
  const parts = /^([+-])(\d\d):(\d\d)$/.exec(offset);
  if (!parts) return 0;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3]));
}

/** "09.42", as Indonesians write the hour; "09:42" in English. */
export function hourText(at: number, offset: string, language: Language): string {
  const iso = new Date(at + offsetMinutes(offset) * 60_000).toISOString();
  return iso.slice(11, 16).replace(':', language === 'id' ? '.' : ':');
}

/** "Jumat, 20 November 2026". */
export function dateText(at: number, offset: string, language: Language, year = true): string {
  return new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(year ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  }).format(new Date(at + offsetMinutes(offset) * 60_000));
}

/** "Senin": a day of the week by its number, 1 = Monday. */
export function dayName(hari: number, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    weekday: 'long',
    timeZone: 'UTC',
  });
  // 5 January 1970 was a Monday.
  return format.format(new Date((hari + 3) * 86_400_000));
}

/** "hari ini 13.00", "besok 07.30", "Senin 07.30", "28 Des 07.30": a moment to come as people say it at `now`. */
export function comingText(
  at: number,
  now: number,
  offset: string,
  language: Language,
  words: { today: string; tomorrow: string },
): string {
  const shift = offsetMinutes(offset) * 60_000;
  const dayOf = (moment: number) => Math.floor((moment + shift) / 86_400_000);
  const hour = hourText(at, offset, language);
  const until = dayOf(at) - dayOf(now);
  if (until <= 0) return `${words.today} ${hour}`;
  if (until === 1) return `${words.tomorrow} ${hour}`;
  const weekday = new Date(at + shift).getUTCDay() || 7;
  if (until < 7) return `${dayName(weekday, language)} ${hour}`;
  return `${dayText(new Date(at + shift).toISOString().slice(0, 10), language)} ${hour}`;
}

/** "20 Nov": a service day beside which today needs no name. */
export function dayText(day: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** "hari ini 07.20", "kemarin 14.10", "3 Feb 2026 14.10": a moment as people say it at `now`. */
export function momentText(
  at: number,
  now: number,
  offset: string,
  language: Language,
  words: { today: string; yesterday: string },
): string {
  const shift = offsetMinutes(offset) * 60_000;
  const dayOf = (moment: number) => Math.floor((moment + shift) / 86_400_000);
  const hour = hourText(at, offset, language);
  const ago = dayOf(now) - dayOf(at);
  if (ago === 0) return `${words.today} ${hour}`;
  if (ago === 1) return `${words.yesterday} ${hour}`;
  const day = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(at + shift));
  return `${day} ${hour}`;
}

/** "00:42", "12:05", "1:02:05": how long something has lasted. */
export function durationText(milliseconds: number): string {
  const all = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(all / 3600);
  return `${hours ? `${hours}:` : ''}${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
}

export function wholeMinutes(milliseconds: number): number {
  return Math.max(0, Math.floor(milliseconds / 60_000));
}
