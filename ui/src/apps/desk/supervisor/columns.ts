// The board of a supervisor: a column for each service with its counters and who waits, and what needs attention first.
import type { Counter, DeskTicket, Service } from '../../../api/types';
import { waitsSince } from '../../../data/waiting';
import { wholeMinutes } from '../../../words/time';

/** Whoever waits longer is late: the standard of 60 minutes for outpatients (Kepmenkes 129/2008). */
export const LATE_MINUTES = 60;

export interface Column {
  slug: string;
  nama: string;
  waiting: DeskTicket[];
  counters: Counter[];
  /** How long the longest waits, in minutes. */
  longest: number;
}

export interface Seen {
  services: Service[];
  counters: Counter[];
  tickets: DeskTicket[];
}

/** How long somebody has waited, in minutes. */
export function waitOf(ticket: DeskTicket, now: number): number {
  return wholeMinutes(now - waitsSince(ticket));
}

/** A column for each service that somebody may supervise: one of their counters serves it, or somebody waits for it. */
export function columnsOf({ services, counters, tickets }: Seen, now: number): Column[] {
  const own = counters.filter((one) => one.allowed);
  const serves = (counter: Counter, slug: string) => counter.services.some((poli) => poli.slug === slug);
  return services
    .map(({ slug, nama }) => {
      // Whoever is still to come waits for nobody yet.
      const here = tickets.filter((one) => one.poli.slug === slug && one.hadir);
      // In the order in which they are called, which classes change.
      const waiting = here.sort((one, other) => (one.position ?? 0) - (other.position ?? 0));
      return {
        slug,
        nama,
        waiting,
        counters: own.filter((one) => serves(one, slug)),
        longest: Math.max(0, ...waiting.map((one) => waitOf(one, now))),
      };
    })
    .filter((column) => column.counters.length > 0 || column.waiting.length > 0);
}

/** Who waits too long, the longest first, and the counter that would help: one that serves them and that nobody sits at. */
export function needOf(columns: Column[]): { column: Column; help: Counter | null } | null {
  const late = columns.filter((one) => one.longest > LATE_MINUTES);
  const column = late.sort((one, other) => other.longest - one.longest)[0];
  if (!column) return null;
  return { column, help: column.counters.find((one) => one.keadaan !== 'buka') ?? null };
}
