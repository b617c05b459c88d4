// Since when somebody waits where they wait now.
import type { Ticket } from '../api/types';

/** The moment in milliseconds: when they joined that line, be it sent on or after a check-in. */
export function waitsSince({ tahap, created_at }: Pick<Ticket, 'tahap' | 'created_at'>): number {
  return Date.parse(tahap?.at(-1)?.masuk_at ?? created_at);
}
