// A feed of live events: what one part of a page hears, each event once, and never with a gap.
import type { HubEvent, KeptEvent } from './live-events';
import { KINDS } from './live-events';
import type { Display } from '../api/types';
import { line, type Line, type Listener, type LiveState, type Message } from './line';

export { waitBefore, type LiveState } from './line';

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
  'QueueTransferred',
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

export interface LiveSettings {
  channels: string[];
  /** The last event already dealt with; without it the hub starts with a Snapshot. */
  since?: number | undefined;
  event(event: LiveEvent): void;
  /** What is true only now and has no number: how the site's machines are. */
  passing?(channel: string, data: unknown): void;
  state?(state: LiveState): void;
  /** See `Listener`. */
  oneOfMany?: boolean;
  /** Replaceable for tests. */
  random?(): number;
}

/** Channels of what is true only now; nothing on them is kept, so nothing of it is replayed. */
const PASSING: readonly (string | undefined)[] = ['devices', 'presence-dashboard'];
/** How often a listener that stumbles is told anew where things stand. */
const MENDED_EVERY_MS = 10_000;

export class LiveFeed implements Listener {
  readonly channels: readonly string[];
  readonly oneOfMany: boolean;
  #settings: LiveSettings;
  #since: number | undefined;
  /** What came while the answer to its own channels was still under way. */
  #early: Message[] | null = null;
  readonly #line: Line = line();
  #mended = -Infinity;

  constructor(settings: LiveSettings) {
    this.#settings = settings;
    this.#since = settings.since;
    this.channels = settings.channels;
    this.oneOfMany = settings.oneOfMany ?? false;
    if (settings.random) this.#line.random = settings.random;
    this.#line.join(this);
  }

  /** The last event dealt with. */
  get since(): number | undefined {
    return this.#since;
  }

  stop(): void {
    this.#line.leave(this);
  }

  /** Of the line. */
  state(state: LiveState): void {
    if (state !== 'open') this.#early = null;
    this.#tell(() => this.#settings.state?.(state));
  }

  /** Of the line. */
  wait(): void {
    this.#early = [];
  }

  /** Of the line. */
  ready(): void {
    const early = this.#early ?? [];
    this.#early = null;
    early.sort((one, other) => (one.seq ?? 0) - (other.seq ?? 0)).forEach((one) => this.hear(one));
  }

  /** Of the line: everything that comes on it, also what others on this page asked for. */
  hear(message: Message): void {
    const { type, seq, channel, data } = message;
    const own = channel !== undefined && this.channels.includes(channel);
    if (PASSING.includes(channel)) {
      if (own && isKnown(type)) this.#tell(() => this.#settings.passing?.(channel!, data));
      return;
    }
    if (typeof seq !== 'number' || !(own || this.#concerns(message))) return;
    if (type === 'Snapshot') {
      // One Snapshot per channel, all with the same number; it may even be lower after a restored backup.
      this.#since = seq;
    } else {
      // What others on this page follow already may be newer than what is on its way here.
      if (this.#early) return void this.#early.push(message);
      if (this.#since !== undefined && seq <= this.#since) return;
      this.#since = seq;
      // A newer hub may tell what this page knows nothing of.
      if (!isKnown(type)) return;
    }
    if (this.#tell(() => this.#settings.event(message as LiveEvent)) || type === 'Snapshot') return;
    this.#mend();
  }

  /** An event comes once over the line, under one of its channels: it may be this feed's under another. */
  #concerns({ type, data }: Message): boolean {
    if (type === 'Snapshot') return false;
    if (!type || !isTicketEvent({ type })) return true;
    const told = data as {
      ticket?: { poli?: { slug?: string }; loket?: number | null };
      /** Where a number waited that was sent on. */
      dari?: { slug?: string };
    } | null;
    const names = [
      'display',
      `queue.${told?.ticket?.poli?.slug}`,
      `queue.${told?.dari?.slug}`,
      `loket.${told?.ticket?.loket ?? ''}`,
    ];
    return this.channels.some((one) => names.includes(one));
  }

  /** What it stumbled over is not told again, or it would stumble for ever; where things stand now is. */
  #mend(): void {
    const now = performance.now();
    if (now - this.#mended < MENDED_EVERY_MS) return;
    this.#mended = now;
    const since = this.#since;
    this.#since = undefined;
    this.#line.again(this);
    this.#since = since;
  }

  /** A screen that stumbles over one event must still hear the next. */
  #tell(listener: () => void): boolean {
    try {
      listener();
      return true;
    } catch (problem) {
      console.error(problem);
      return false;
    }
  }
}
