// What another beginning of the service day does, told to an admin before it is saved.

/** The hours in which most sites are open: numbers that start again then confuse those who wait. */
const OPEN_FROM = 6 * 60;
const OPEN_UNTIL = 21 * 60;

/** "03:00" as minutes after midnight; null when it is no time. */
export function minutesOf(time: string): number | null {
  const parts = /^(\d{1,2})[:.](\d\d)$/.exec(time.trim());
  if (!parts) return null;
  const [hour, minute] = [Number(parts[1]), Number(parts[2])];
  return hour < 24 && minute < 60 ? hour * 60 + minute : null;
}

/** What a change from `before` to `after` does at the local time `now`, all in minutes after midnight. */
export function dayStartEffect(
  before: number,
  after: number,
  now: number,
): 'none' | 'now' | 'while_open' | 'later' {
  if (before === after) return 'none';
  if (after <= now && now < before) return 'now';
  return after >= OPEN_FROM && after < OPEN_UNTIL ? 'while_open' : 'later';
}
