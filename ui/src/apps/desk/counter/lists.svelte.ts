// Who stands at one loket, as lists: waiting, expected, skipped, done, and who is there now.
import type { DeskTicket, Stats, Upcoming } from '../../../api/types';

/** So many of the finished are listed. */
const MOST_DONE = 20;

export class DeskLists {
  tickets = $state.raw<DeskTicket[]>([]);
  stats = $state.raw<Stats | null>(null);
  upcoming = $state.raw<Upcoming | null>(null);
  readonly #loket: number;

  constructor(loket: number) {
    this.#loket = loket;
  }

  /** Who waits, the next one first. */
  get waiting(): DeskTicket[] {
    const waiting = this.tickets.filter((one) => one.status === 'menunggu' && one.hadir);
    const next = waiting.find((one) => one.id === this.upcoming?.id);
    return next ? [next, ...waiting.filter((one) => one !== next)] : waiting;
  }

  /** Of those, whom this loket calls: not who waits for another one alone. */
  get callable(): DeskTicket[] {
    return this.waiting.filter((one) => (one.untuk_loket ?? this.#loket) === this.#loket);
  }

  /** Whose number was given for this day earlier, and who have not come yet. */
  get expected(): DeskTicket[] {
    return this.tickets.filter((one) => one.status === 'menunggu' && !one.hadir);
  }

  get skipped(): DeskTicket[] {
    return this.tickets.filter((one) => one.status === 'dilewati');
  }

  /** Who was finished at this loket, the last one first: one press too many is mended here, all day. */
  get done(): DeskTicket[] {
    const here = this.tickets.filter((one) => one.status === 'selesai' && one.loket === this.#loket);
    return here.slice(0, MOST_DONE);
  }

  /** The number called to or served at this loket. */
  get current(): DeskTicket | null {
    return (
      this.tickets.find(
        (one) =>
          one.loket === this.#loket && (one.status === 'dipanggil' || one.status === 'sedang_dilayani'),
      ) ?? null
    );
  }
}

/** What an action on the counter's current number would change. */
export function standing(current: DeskTicket | null): string {
  return current ? [current.id, current.status, current.called_at, current.recalls].join(' ') : '';
}
