// What a public board shows, worked out from a Display and the events after it. Pure: the same events give the same board.
import type { LiveEvent } from '../api/live';
import type { Display, LiveTicket } from '../api/types';

export interface Board {
  /** Called or being served, newest call first. */
  current: LiveTicket[];
  /** Last called, newest first, at most five. */
  recent: LiveTicket[];
  waiting_count: number;
  seq: number;
}

const RECENT = 5;

export const EMPTY_BOARD: Board = { current: [], recent: [], waiting_count: 0, seq: 0 };

/** The board after one event. Events the board already contains change nothing. */
export function applyEvent(board: Board, event: LiveEvent): Board {
  if (event.type === 'Snapshot') return { ...event.data, seq: event.seq };
  if (event.seq <= board.seq) return board;
  const seq = event.seq;
  if (event.type === 'DayStarted') return { ...EMPTY_BOARD, seq };
  if (event.type === 'SiteUpdated') return { ...board, seq };

  const { ticket, waiting_count } = event.data;
  const active = ticket.status === 'dipanggil' || ticket.status === 'sedang_dilayani';
  const others = board.current.filter((one) => one.id !== ticket.id);
  const current = active ? [ticket, ...others].sort(newestCallFirst) : others;
  const called = event.type === 'QueueCalled' || event.type === 'QueueRecalled';
  const recent = called
    ? [ticket, ...board.recent.filter((one) => one.id !== ticket.id)].slice(0, RECENT)
    : board.recent.map((one) => (one.id === ticket.id ? ticket : one));
  return { current, recent, waiting_count, seq };
}

/** Several polis on one board, as if they were one place. */
export function mergeDisplays(displays: Display[]): Board {
  return {
    current: displays.flatMap((one) => one.current).sort(newestCallFirst),
    recent: displays
      .flatMap((one) => one.recent)
      .sort(newestCallFirst)
      .slice(0, RECENT),
    waiting_count: displays.reduce((sum, one) => sum + one.waiting_count, 0),
    // The oldest of them: an event that one of them lacks must not be taken as known.
    seq: displays.length ? Math.min(...displays.map((one) => one.seq)) : 0,
  };
}

export function newestCallFirst(a: LiveTicket, b: LiveTicket): number {
  return Date.parse(b.called_at ?? b.created_at) - Date.parse(a.called_at ?? a.created_at);
}
