// What a TV shows first: the displays of its polis as one.
import type { Display, LiveTicket } from '../../api/types';

export interface Board {
  /** Called or being served, newest call first. */
  current: LiveTicket[];
  /** Last called, newest first, at most five. */
  recent: LiveTicket[];
  /** Everything that was called before, of every poli. */
  known: LiveTicket[];
  seq: number;
}

const RECENT = 5;
/** So many calls stand beside the big one, and more where more visitors are still looked for. */
const ROWS = 4;
const MOST_ROWS = 8;

/** Several polis on one board, as if they were one place. */
export function mergeDisplays(displays: Display[]): Board {
  return {
    current: mergeCalls(displays.map((one) => one.current)),
    recent: mergeCalls(displays.map((one) => one.recent)).slice(0, RECENT),
    known: displays.flatMap((one) => one.recent),
    // The oldest of them: an event that one of them lacks must not be taken as known.
    seq: displays.length ? Math.min(...displays.map((one) => one.seq)) : 0,
  };
}

/** Several lists, newest call first, as one: ordered by event, whatever the hub's clock said meanwhile. */
export function mergeCalls(lists: LiveTicket[][]): LiveTicket[] {
  const rest = lists.map((list) => [...list]).filter((list) => list.length);
  const merged: LiveTicket[] = [];
  while (rest.length) {
    const next = rest.reduce((best, list) => (isNewer(list[0]!, best[0]!) ? list : best));
    merged.push(next.shift()!);
    if (!next.length) rest.splice(rest.indexOf(next), 1);
  }
  return merged;
}

/** What of a list, newest call first, came after the calls that are known, and what of it was called again. */
export function unknownCalls(
  list: LiveTicket[],
  isNew: (ticket: LiveTicket) => boolean,
  isKnown: (id: number) => boolean,
): LiveTicket[] {
  const first = list.findIndex((one) => !isNew(one));
  return list.filter((one, index) => isNew(one) && (first < 0 || index < first || isKnown(one.id)));
}

function isNewer(a: LiveTicket, b: LiveTicket): boolean {
  return (a.call_order ?? -Infinity) > (b.call_order ?? -Infinity);
}

/** Somebody still has to find the way to this counter, or is there. */
export function atCounter(ticket: LiveTicket): boolean {
  return ticket.status === 'dipanggil' || ticket.status === 'sedang_dilayani';
}

/** The calls that stand beside the big one, newest first. Whoever was called and has not come yet leaves last, so that
 * nobody who was away for a minute finds their number gone; then who is being served; then the others. */
export function rowsBeside(shown: LiveTicket[], big: number | undefined): LiveTicket[] {
  const others = shown.filter((one) => one.id !== big);
  const looked = others.filter((one) => one.status === 'dipanggil');
  const served = others.filter((one) => one.status === 'sedang_dilayani');
  const gone = others.filter((one) => !atCounter(one));
  const rows = Math.min(MOST_ROWS, Math.max(ROWS, looked.length + served.length));
  const stays = new Set([...looked, ...served, ...gone].slice(0, rows));
  return others.filter((one) => stays.has(one));
}

/** What is worth remembering of a list of calls, newest first: everybody at a counter, and of the others the last few. */
export function worthKeeping(shown: LiveTicket[]): LiveTicket[] {
  let gone = 0;
  return shown.filter((one) => atCounter(one) || ++gone <= MOST_ROWS);
}
