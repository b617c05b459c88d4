// What a TV shows first: the displays of its polis as one.
import type { Display, LiveTicket } from '../api/types';

export interface Board {
  /** Called or being served, newest call first. */
  current: LiveTicket[];
  /** Last called, newest first, at most five. */
  recent: LiveTicket[];
  seq: number;
}

const RECENT = 5;

/** Several polis on one board, as if they were one place. */
export function mergeDisplays(displays: Display[]): Board {
  return {
    current: displays.flatMap((one) => one.current).sort(newestCallFirst),
    recent: displays
      .flatMap((one) => one.recent)
      .sort(newestCallFirst)
      .slice(0, RECENT),
    // The oldest of them: an event that one of them lacks must not be taken as known.
    seq: displays.length ? Math.min(...displays.map((one) => one.seq)) : 0,
  };
}

/** Times are whole seconds; of two calls in one the higher number came later, as the hub sees it too. */
export function newestCallFirst(a: LiveTicket, b: LiveTicket): number {
  return callTime(b) - callTime(a) || b.id - a.id;
}

export function callTime(ticket: LiveTicket): number {
  return ticket.called_at ? Date.parse(ticket.called_at) : 0;
}
