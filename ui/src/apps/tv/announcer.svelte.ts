// What the TV announces right now: one thing at a time, each shown long enough to be read and until it was said, none
// lost, none twice.
import type { LiveTicket, Spoken } from '../../api/types';
import { atCounter } from './board';

export interface Call {
  kind: 'call';
  seq: number;
  ticket: LiveTicket;
  again: boolean;
  /** How it sounds; missing for a call that came out of a snapshot. */
  speech?: Spoken[];
}

/** Something that staff typed for everybody in the room. */
export interface Message {
  kind: 'message';
  seq: number;
  text: string;
  speech: Spoken[];
}

export type Item = Call | Message;

export interface AnnouncerSettings {
  /** Called at the moment an item appears. What it returns ends when it was said; `stop` ends it early. */
  announce(item: Item, stop: AbortSignal): void | Promise<void>;
  /** Remembers how far this screen has come, so that a reload neither repeats nor loses a call. */
  heard?(seq: number): void;
  /** The last call announced before, from memory. */
  since?: number;
}

/** A call stays alone on the screen for at least this long. */
export const SHOWN_MS = 4_000;
/** However long it is spoken or waited for: the next number has a right to be called. */
export const LONGEST_MS = 20_000;
export const MESSAGE_SHOWN_MS = 8_000;
/** Half a minute of speech, and the chime. */
export const MESSAGE_LONGEST_MS = 45_000;

export class Announcer {
  /** The call on the screen; it stays there after its time until another one comes. */
  call = $state<Call | null>(null);
  /** True while the call has the screen for itself. */
  speaking = $state(false);
  /** The message being read, for as long as it is read. */
  message = $state<Message | null>(null);
  /** How many more calls wait for their turn. */
  pending = $state(0);

  #queue: Item[] = [];
  #busy = false;
  #newest: number;
  #now: AbortController | undefined;
  #settings: AnnouncerSettings;

  constructor(settings: AnnouncerSettings) {
    this.#settings = settings;
    this.#newest = settings.since ?? 0;
  }

  /** Takes something in; what was already taken is ignored. A number that is called again while its first call still
   * waits is announced once, in its old place. */
  add(item: Item): void {
    if (item.seq <= this.#newest) return;
    this.#newest = item.seq;
    const waiting = this.#queue.findIndex((one) => sameTicket(one, item));
    if (waiting < 0) return this.#enqueue(item);
    const { seq, again } = this.#queue[waiting] as Call;
    this.#queue[waiting] = { ...(item as Call), seq, again };
  }

  /** Takes in calls whose own numbers were lost with the events of a long absence; the caller knows that they are new. */
  addMissed(tickets: LiveTicket[], seq: number): void {
    if (!tickets.length) return;
    this.#newest = Math.max(this.#newest, seq);
    this.#enqueue(
      ...tickets.map((ticket) => ({ kind: 'call' as const, seq, ticket, again: ticket.recalls > 0 })),
    );
  }

  /** An event that is not announced: remembered as dealt with, unless calls before it still wait for their turn. */
  pass(seq: number): void {
    if (seq <= this.#newest) return;
    this.#newest = seq;
    if (this.#queue.length === 0) this.#settings.heard?.(seq);
  }

  /** Puts a call on the screen without announcing it: what was true before this screen was switched on. */
  show(ticket: LiveTicket, seq: number): void {
    if (!this.call) this.call = { kind: 'call', seq, ticket, again: false };
  }

  /** Keeps what is shown up to date after its announcement, for example once the person is being served. A call that
   * still waits and that nobody needs any more (finished, skipped, cancelled) is not made. */
  update(ticket: LiveTicket): void {
    if (this.call?.ticket.id === ticket.id) this.call = { ...this.call, ticket };
    this.#queue = this.#queue.flatMap((one) => {
      if (one.kind !== 'call' || one.ticket.id !== ticket.id) return [one];
      return atCounter(ticket) ? [{ ...one, ticket }] : [];
    });
    this.#count();
  }

  /** A new service day: nothing of yesterday is shown or announced. */
  clear(): void {
    this.#queue = [];
    this.pending = 0;
    this.call = null;
    this.speaking = false;
    this.message = null;
    this.#busy = false;
    this.#now?.abort();
  }

  /** After a restored backup the hub counts from an earlier number. */
  rewind(seq: number): void {
    if (seq < this.#newest) this.#newest = seq;
  }

  #enqueue(...items: Item[]): void {
    this.#queue.push(...items);
    this.#count();
    if (!this.#busy) this.#next();
  }

  #count(): void {
    this.pending = this.#queue.filter((one) => one.kind === 'call').length;
  }

  #next(): void {
    const item = this.#queue.shift();
    this.#count();
    this.#busy = item !== undefined;
    this.speaking = item?.kind === 'call';
    this.message = item?.kind === 'message' ? item : null;
    if (!item) return;
    if (item.kind === 'call') this.call = item;
    // Missed calls share one number: it is dealt with when the last of them appears.
    if (!this.#queue.some((one) => one.seq === item.seq)) this.#settings.heard?.(item.seq);
    this.#give(item);
  }

  /** The item has the screen: at least for its time, then until it was said, and never for ever. */
  #give(item: Item): void {
    const message = item.kind === 'message';
    const now = new AbortController();
    this.#now = now;
    let [said, seen] = [false, false];
    const end = () => {
      if (now.signal.aborted) return;
      now.abort();
      this.#next();
    };
    const shown = setTimeout(
      () => {
        seen = true;
        if (said) end();
      },
      message ? MESSAGE_SHOWN_MS : SHOWN_MS,
    );
    const longest = setTimeout(end, message ? MESSAGE_LONGEST_MS : LONGEST_MS);
    now.signal.addEventListener('abort', () => {
      clearTimeout(shown);
      clearTimeout(longest);
    });
    const done = () => {
      said = true;
      if (seen) end();
    };
    const saying = this.#settings.announce(item, now.signal);
    if (saying) saying.then(done, done);
    else done();
  }
}

function sameTicket(one: Item, other: Item): boolean {
  return one.kind === 'call' && other.kind === 'call' && one.ticket.id === other.ticket.id;
}
