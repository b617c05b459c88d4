// One visitor's own number on their phone, kept true while the page is open.
import { api } from '../../api/client';
import { asApiError } from '../../api/errors';
import { isTicketEvent, LiveFeed, waitBefore, type LiveEvent } from '../../live/live';
import type { Ticket } from '../../api/types';
import { host } from '../../host';
import { site } from '../../data/site.svelte';

/** A room full of phones must not all ask at the same moment. */
const SPREAD_MS = 1_500;
const TURN_BUZZ = [300, 150, 300, 150, 600];
const SOON_BUZZ = [200];
/** From so many people ahead on somebody should be near. */
export const SOON = 2;

export class Phone {
  ticket = $state<Ticket | null>(null);
  /** The code is wrong or of an earlier day. */
  unknown = $state(false);
  away = $state(false);
  /** Rises with every call of this number, so that the page can pulse again. */
  calls = $state(0);
  /** The visitor wants to hear their turn; a browser allows sound only after a touch. */
  loud = $state(false);

  #code: string;
  #feed: LiveFeed | undefined;
  #poli: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  /** Counts questions and own events: an answer that something newer has overtaken is old news. */
  #news = 0;
  #random: () => number;

  constructor(code: string, random: () => number = Math.random) {
    this.#code = code;
    this.#random = random;
  }

  start(): void {
    void this.#load();
  }

  stop(): void {
    this.#feed?.stop();
    clearTimeout(this.#timer);
  }

  /** They said that they are here. */
  came(ticket: Ticket): void {
    this.#news += 1;
    this.#take(ticket);
  }

  /** From a touch: sounds once, so that the visitor knows how it will. */
  async makeLoud(loud: boolean): Promise<void> {
    this.loud = loud;
    if (!loud) return;
    host().allowSound();
    host().stayAwake();
    host().vibrate(SOON_BUZZ);
    await host().chime(1);
  }

  /** Felt where the phone can, heard where the visitor asked for it. */
  #ring(buzz: number[]): void {
    host().vibrate(buzz);
    if (this.loud) void host().chime(1);
  }

  async #load(): Promise<void> {
    const mine = ++this.#news;
    try {
      const { ticket } = await api.ticket(this.#code);
      this.#attempt = 0;
      if (mine !== this.#news) return;
      this.#take(ticket);
      this.unknown = false;
      if (ticket.poli.slug !== this.#poli) this.#listen(ticket);
    } catch (problem) {
      const error = asApiError(problem);
      if (error.passing || error.code === 'UNKNOWN') {
        if (!this.#feed) this.away = true;
        this.#loadIn(waitBefore(this.#attempt++, this.#random));
      } else {
        this.unknown = true;
        this.ticket = null;
        this.#feed?.stop();
      }
    }
  }

  /** Its own service's channel; sent on, it is another's. */
  #listen(ticket: Ticket): void {
    const earlier = this.#feed;
    this.#poli = ticket.poli.slug;
    let before = false;
    this.#feed = new LiveFeed({
      channels: [`queue.${ticket.poli.slug}`],
      oneOfMany: true,
      state: (state) => {
        this.away = state === 'away';
        // Connected again: whatever happened meanwhile is asked for, not guessed.
        if (state === 'open' && before) this.#loadIn(this.#random() * SPREAD_MS);
        if (state === 'open') before = true;
      },
      event: (event) => this.#event(event),
    });
    // Only now, or the line would be hung up in between.
    earlier?.stop();
  }

  #event(event: LiveEvent): void {
    if (event.type === 'SiteUpdated') {
      setTimeout(() => void site.refresh(), this.#random() * SPREAD_MS);
    } else if (event.type === 'Snapshot') {
      // Something may have happened between the first answer and this connection.
      const own = [...event.data.current, ...event.data.recent].find((one) => one.id === this.ticket?.id);
      this.#loadIn(own && own.status !== this.ticket?.status ? 0 : this.#random() * SPREAD_MS);
    } else if (isTicketEvent(event) && event.data.ticket.id === this.ticket?.id) {
      // The event itself already says everything that matters; the rest is asked for at once.
      this.#news += 1;
      this.#take({ ...this.ticket, ...event.data.ticket });
      this.#loadIn(0);
    } else {
      this.#loadIn(this.#random() * SPREAD_MS);
    }
  }

  #loadIn(wait: number): void {
    if (wait > 0 && this.#timer !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#load();
    }, wait);
  }

  #take(ticket: Ticket): void {
    const before = this.ticket;
    this.ticket = ticket;
    this.away = false;
    const [soon, wasSoon] = [isSoon(ticket), before === null || isSoon(before)];
    if (soon && !wasSoon) this.#ring(SOON_BUZZ);
    if (ticket.status !== 'dipanggil') return;
    if (before?.status !== 'dipanggil' || ticket.recalls > before.recalls) {
      this.calls += 1;
      this.#ring(TURN_BUZZ);
    }
  }
}

function isSoon({ status, position }: Ticket): boolean {
  return status === 'menunggu' && position !== null && position - 1 <= SOON;
}
