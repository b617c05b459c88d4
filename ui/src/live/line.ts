// The one connection of a page to the live feed: every feed of the page listens on it, and it comes back by itself.
import { badge } from '../api/badge';
import { host, type Host, type LiveSocket } from '../host';

export type LiveState = 'connecting' | 'open' | 'away';

/** A message as it comes over the line. */
export interface Message {
  type?: string;
  seq?: number;
  channel?: string;
  data?: unknown;
}

/** Somebody who listens. */
export interface Listener {
  readonly channels: readonly string[];
  /** The last event it has dealt with; undefined: it wants to know where its channels stand. */
  readonly since: number | undefined;
  /** One of very many, such as the phones of a full waiting room: they must not all come back in the same second. */
  readonly oneOfMany: boolean;
  state(state: LiveState): void;
  hear(message: Message): void;
  /** What it asked for with its channels is on its way; other things may come before it. */
  wait(): void;
  /** It has come. */
  ready(): void;
}

const SHORTEST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
/** The few machines of a site come back sooner: somebody stands before them. */
const LONGEST_OF_FEW_MS = 2_000;
const PING_EVERY_MS = 15_000;
/** A connection that has not opened by now never will: the hub is on the same network. */
const OPEN_WITHIN_MS = 8_000;

/** How long to stay away before try number `attempt` (0 = first): full jitter, so that a room of screens does not return at once. */
export function waitBefore(attempt: number, random: () => number, longest = LONGEST_WAIT_MS): number {
  const most = Math.min(longest, SHORTEST_WAIT_MS * 2 ** (attempt + 1));
  return SHORTEST_WAIT_MS + random() * (most - SHORTEST_WAIT_MS);
}

const lines = new WeakMap<Host, Line>();

/** The line of this page. */
export function line(): Line {
  const known = lines.get(host());
  if (known) return known;
  const made = new Line();
  lines.set(host(), made);
  return made;
}

export class Line {
  random: () => number = Math.random;
  #listeners = new Set<Listener>();
  /** Who waits for the answer to its channels, in the order asked. */
  #joining: Listener[][] = [];
  #socket: LiveSocket | undefined;
  #state: LiveState = 'connecting';
  #token: string | null = null;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #opening: ReturnType<typeof setTimeout> | undefined;
  #ping: ReturnType<typeof setInterval> | undefined;
  #heard = false;
  #stopWatching: (() => void) | undefined;

  /** Listens from now on. */
  join(listener: Listener): void {
    this.#listeners.add(listener);
    if (!this.#socket && this.#timer === undefined) {
      this.#stopWatching ??= host().watchReturn(() => this.retryNow());
      this.#tell('connecting');
      this.#open();
      return;
    }
    listener.state(this.#state);
    if (this.#state === 'open') this.#subscribe([listener]);
  }

  /** Listens no longer; the last one hangs up. */
  leave(listener: Listener): void {
    if (!this.#listeners.delete(listener)) return;
    if (!this.#listeners.size) return this.#hangUp();
    const wanted = new Set([...this.#listeners].flatMap((one) => one.channels));
    const unwanted = listener.channels.filter((channel) => !wanted.has(channel));
    if (unwanted.length && this.#state === 'open') this.#say({ unsubscribe: unwanted });
  }

  /** Asks anew where the channels of a listener stand. */
  again(listener: Listener): void {
    if (this.#state === 'open') this.#subscribe([listener]);
  }

  /** Tries at once instead of waiting out the back-off; does nothing while connected. */
  retryNow(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#open();
  }

  /** Somebody else is signed in: the channels are asked for under the new name. */
  renew(): void {
    if (!this.#listeners.size || badge().token() === this.#token) return;
    if (this.#state === 'open') this.#subscribe([...this.#listeners]);
  }

  #hangUp(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#opening);
    clearInterval(this.#ping);
    this.#timer = undefined;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    this.#joining = [];
    socket?.close();
  }

  #open(): void {
    const socket: LiveSocket = host().live({
      opened: () => {
        clearTimeout(this.#opening);
        this.#token = null;
        this.#joining = [];
        this.#state = 'open';
        this.#subscribe([...this.#listeners]);
        this.#watchSilence(socket);
        this.#tell('open');
      },
      message: (text) => this.#receive(text),
      closed: () => {
        if (this.#socket === socket) this.#closed();
      },
    });
    this.#socket = socket;
    // The address of a hub that is switched off may swallow a connection for minutes.
    this.#opening = setTimeout(() => socket.close(), OPEN_WITHIN_MS);
  }

  /** One wish for all who have heard the same so far. */
  #subscribe(listeners: Listener[]): void {
    const bySince = new Map<number | undefined, Listener[]>();
    for (const one of listeners) bySince.set(one.since, [...(bySince.get(one.since) ?? []), one]);
    for (const [since, group] of bySince) {
      const wish: Record<string, unknown> = { subscribe: [...new Set(group.flatMap((one) => one.channels))] };
      const token = badge().token();
      if (token !== null && token !== this.#token) wish.token = token;
      this.#token = token;
      if (since !== undefined) wish.since = since;
      this.#say(wish);
      if (this.#listeners.size === group.length) continue;
      // The answer to a ping follows what the wish brought: from then on the group is where the line is.
      group.forEach((one) => one.wait());
      this.#joining.push(group);
      this.#say({ ping: true });
    }
  }

  #say(words: Record<string, unknown>): void {
    this.#socket?.send(JSON.stringify(words));
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
    this.#tell('away');
    clearTimeout(this.#timer);
    const many = [...this.#listeners].some((one) => one.oneOfMany);
    const longest = many ? LONGEST_WAIT_MS : LONGEST_OF_FEW_MS;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#open();
      },
      waitBefore(this.#attempt++, this.random, longest),
    );
  }

  #receive(text: string): void {
    this.#heard = true;
    let message: (Message & { error?: { code?: string } }) | null;
    try {
      message = JSON.parse(text);
    } catch {
      return;
    }
    if (typeof message !== 'object' || message === null) return;
    if (message.type === 'Error') {
      if (message.error?.code === 'UNAUTHENTICATED' && this.#token !== null)
        void badge().refused(this.#token);
      return;
    }
    // Only a feed that really delivers or answers resets the back-off: a hub that dies right after accepting is not
    // back yet, one that is merely quiet is.
    this.#attempt = 0;
    if (message.type === 'Pong') {
      this.#joining.shift()?.forEach((one) => one.ready());
      return;
    }
    for (const one of [...this.#listeners]) one.hear(message);
  }

  #tell(state: LiveState): void {
    this.#state = state;
    for (const one of [...this.#listeners]) one.state(state);
  }
}
