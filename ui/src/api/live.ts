// The live feed: stays connected for as long as the screen lives, and asks for what it missed.
import { host, type LiveHandlers, type LiveSocket } from '../host';
import { KINDS, type HubEvent, type KeptEvent } from './live-events';
import type { Display } from './types';

/** Where a channel stands; comes first, and instead of what was missed when that is too much. */
export interface SnapshotEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'Snapshot';
  data: Display;
}

export type LiveEvent = KeptEvent | SnapshotEvent;

const QUEUE_EVENTS = [
  'NewRegistration',
  'QueueCalled',
  'QueueRecalled',
  'QueueSkipped',
  'QueueFinished',
  'QueueUpdated',
] as const satisfies readonly HubEvent['type'][];

export type QueueEventType = (typeof QUEUE_EVENTS)[number];
export type QueueEvent = Extract<KeptEvent, { type: QueueEventType }>;
/** Tells how a ticket is now: the queue moved, or its paper did. */
export type TicketEvent = QueueEvent | Extract<KeptEvent, { type: 'PaperUpdated' }>;

/** Whether a number was given or moved in the queue. */
export function isQueueEvent(event: { type: string }): event is QueueEvent {
  return (QUEUE_EVENTS as readonly string[]).includes(event.type);
}

/** Whether an event carries a ticket as it is now. */
export function isTicketEvent(event: { type: string }): event is TicketEvent {
  return isQueueEvent(event) || event.type === 'PaperUpdated';
}

function isKnown(type: string | undefined): boolean {
  return type === 'Snapshot' || (KINDS as readonly (string | undefined)[]).includes(type);
}

export type LiveState = 'connecting' | 'open' | 'away';

export interface LiveSettings {
  channels: string[];
  /** The last event already dealt with; without it the hub starts with a Snapshot. */
  since?: number | undefined;
  event(event: LiveEvent): void;
  /** Opens the channels of staff. */
  token?: string;
  /** What is true only now and has no number: how the site's machines are. */
  passing?(channel: string, data: unknown): void;
  state?(state: LiveState): void;
  /** Replaceable for tests. */
  connect?(handlers: LiveHandlers): LiveSocket;
  random?(): number;
}

/** The channel of the site's machines; nothing on it is kept, so nothing of it is replayed. */
const DEVICES = 'devices';
const SHORTEST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
const PING_EVERY_MS = 15_000;
/** A connection that has not opened by now never will: the hub is on the same network. */
const OPEN_WITHIN_MS = 8_000;

/** How long to stay away before try number `attempt` (0 = first): full jitter, so that a room of screens does not return at once. */
export function waitBefore(attempt: number, random: () => number): number {
  const most = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** (attempt + 1));
  return SHORTEST_WAIT_MS + random() * (most - SHORTEST_WAIT_MS);
}

export class LiveFeed {
  #settings: LiveSettings;
  #socket: LiveSocket | undefined;
  #since: number | undefined;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #opening: ReturnType<typeof setTimeout> | undefined;
  #ping: ReturnType<typeof setInterval> | undefined;
  #heard = false;
  #stopped = false;
  #stopWatching: () => void;

  constructor(settings: LiveSettings) {
    this.#settings = settings;
    this.#since = settings.since;
    this.#stopWatching = host().watchReturn(() => this.retryNow());
    this.#tell(() => settings.state?.('connecting'));
    this.#open();
  }

  /** The last event dealt with. */
  get since(): number | undefined {
    return this.#since;
  }

  /** Tries at once instead of waiting out the back-off; does nothing while connected. */
  retryNow(): void {
    if (this.#stopped || this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#open();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#opening);
    clearInterval(this.#ping);
    this.#stopWatching();
    this.#socket?.close();
  }

  #open(): void {
    const connect = this.#settings.connect ?? ((handlers) => host().live(handlers));
    const socket: LiveSocket = connect({
      opened: () => {
        clearTimeout(this.#opening);
        const subscription: Record<string, unknown> = { subscribe: this.#settings.channels };
        if (this.#settings.token) subscription.token = this.#settings.token;
        if (this.#since !== undefined) subscription.since = this.#since;
        socket.send(JSON.stringify(subscription));
        this.#watchSilence(socket);
        this.#tell(() => this.#settings.state?.('open'));
      },
      message: (text) => this.#receive(text),
      closed: () => this.#closed(),
    });
    this.#socket = socket;
    // The address of a hub that is switched off may swallow a connection for minutes.
    this.#opening = setTimeout(() => socket.close(), OPEN_WITHIN_MS);
  }

  /** A dead Wi-Fi gives no close for minutes: an unanswered ping is taken as one. */
  #watchSilence(socket: LiveSocket): void {
    clearInterval(this.#ping);
    this.#heard = true;
    this.#ping = setInterval(() => {
      if (!this.#heard) {
        socket.close();
        return;
      }
      this.#heard = false;
      socket.send('{"ping":true}');
    }, PING_EVERY_MS);
  }

  #closed(): void {
    clearTimeout(this.#opening);
    clearInterval(this.#ping);
    if (this.#stopped) return;
    this.#tell(() => this.#settings.state?.('away'));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#open();
      },
      waitBefore(this.#attempt++, this.#settings.random ?? Math.random),
    );
  }

  #receive(text: string): void {
    this.#heard = true;
    let message: { type?: string; seq?: number; channel?: string; data?: unknown } | null;
    try {
      message = JSON.parse(text);
    } catch {
      return;
    }
    if (typeof message !== 'object' || message === null) return;
    // Only a feed that really delivers or answers resets the back-off: a hub that dies right after accepting is not
    // back yet, one that is merely quiet is.
    if (message.type === 'Pong') this.#attempt = 0;
    if (message.type === 'Pong' || message.type === 'Error') return;
    const { type, seq, data } = message;
    if (message.channel === DEVICES) {
      this.#attempt = 0;
      if (isKnown(type)) this.#tell(() => this.#settings.passing?.(DEVICES, data));
      return;
    }
    if (typeof seq !== 'number') return;
    this.#attempt = 0;
    if (type === 'Snapshot') {
      // One Snapshot per channel, all with the same number; it may even be lower after a restored backup.
      this.#since = seq;
    } else {
      if (this.#since !== undefined && seq <= this.#since) return;
      this.#since = seq;
      // A newer hub may tell what this page knows nothing of.
      if (!isKnown(type)) return;
    }
    this.#tell(() => this.#settings.event(message as LiveEvent));
  }

  /** A screen that stumbles over one event must still hear the next. */
  #tell(listener: () => void): void {
    try {
      listener();
    } catch (problem) {
      console.error(problem);
    }
  }
}
