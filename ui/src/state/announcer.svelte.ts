// Who is being called right now: one call at a time, each shown long enough to be read, none lost, none twice.
import type { LiveTicket } from '../api/types';

export interface Call {
  seq: number;
  ticket: LiveTicket;
  again: boolean;
}

export interface AnnouncerSettings {
  /** Called at the moment a call appears. */
  announce(call: Call): void;
  /** Remembers how far this screen has come, so that a reload neither repeats nor loses a call. */
  heard?(seq: number): void;
  /** The last call announced before, from memory. */
  since?: number;
}

/** A call stays alone on the screen for at least this long. */
export const SHOWN_MS = 4_000;

export class Announcer {
  /** The call on the screen; it stays there after its time until another one comes. */
  call = $state<Call | null>(null);
  /** True while the call has the screen for itself. */
  speaking = $state(false);
  /** How many more calls wait for their turn. */
  pending = $state(0);

  #queue: Call[] = [];
  #newest: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #settings: AnnouncerSettings;

  constructor(settings: AnnouncerSettings) {
    this.#settings = settings;
    this.#newest = settings.since ?? 0;
  }

  /** Takes a call in; one whose number was already taken is ignored. */
  add(call: Call): void {
    if (call.seq <= this.#newest) return;
    this.#newest = call.seq;
    this.#enqueue(call);
  }

  /** Takes in calls whose own numbers were lost with the events of a long absence; the caller knows that they are new. */
  addMissed(tickets: LiveTicket[], seq: number): void {
    if (!tickets.length) return;
    this.#newest = Math.max(this.#newest, seq);
    this.#enqueue(...tickets.map((ticket) => ({ seq, ticket, again: ticket.recalls > 0 })));
  }

  /** An event that is not a call: remembered as dealt with, unless calls before it still wait for their turn. */
  pass(seq: number): void {
    if (seq <= this.#newest) return;
    this.#newest = seq;
    if (this.#queue.length === 0) this.#settings.heard?.(seq);
  }

  /** Puts a call on the screen without announcing it: what was true before this screen was switched on. */
  show(ticket: LiveTicket, seq: number): void {
    if (!this.call) this.call = { seq, ticket, again: false };
  }

  /** Keeps what is shown up to date after its announcement, for example once the person is being served. */
  update(ticket: LiveTicket): void {
    if (this.call?.ticket.id === ticket.id) this.call = { ...this.call, ticket };
    this.#queue = this.#queue.map((one) => (one.ticket.id === ticket.id ? { ...one, ticket } : one));
  }

  /** A new service day: nothing of yesterday is shown or announced. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#queue = [];
    this.pending = 0;
    this.call = null;
    this.speaking = false;
  }

  /** After a restored backup the hub counts from an earlier number. */
  rewind(seq: number): void {
    if (seq < this.#newest) this.#newest = seq;
  }

  #enqueue(...calls: Call[]): void {
    this.#queue.push(...calls);
    this.pending = this.#queue.length;
    if (!this.speaking) this.#next();
  }

  #next(): void {
    const call = this.#queue.shift();
    this.pending = this.#queue.length;
    if (!call) {
      this.speaking = false;
      return;
    }
    this.call = call;
    this.speaking = true;
    // Missed calls share one number: it is dealt with when the last of them appears.
    if (!this.#queue.some((one) => one.seq === call.seq)) this.#settings.heard?.(call.seq);
    this.#settings.announce(call);
    this.#timer = setTimeout(() => this.#next(), SHOWN_MS);
  }
}
