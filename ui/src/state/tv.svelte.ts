// The TV: a board, and an announcer that is fed by the live feed and picks up where this tab left off.
import { api } from '../api/client';
import { LiveFeed, waitBefore, type LiveEvent } from '../api/live';
import type { LiveTicket } from '../api/types';
import { host } from '../host';
import { Announcer, type Call } from './announcer.svelte';
import { applyEvent, EMPTY_BOARD, mergeDisplays, newestCallFirst, type Board } from './board';
import { site } from './site.svelte';

/** How many earlier calls stand beside the big one. */
const BESIDE = 4;

export class Tv {
  ready = $state(false);
  away = $state(false);
  sound = $state(false);
  board = $state.raw<Board>(EMPTY_BOARD);
  /** Calls already announced, newest first, the one on the screen included. */
  shown = $state.raw<LiveTicket[]>([]);
  announcer: Announcer;

  #polis: string[];
  #memory: string;
  #since: number | undefined;
  #newestCall = 0;
  #feed: LiveFeed | undefined;
  #stopSound: (() => void) | undefined;
  #stopped = false;

  /** `polis` limits this TV to some services; empty means all. */
  constructor(polis: string[]) {
    this.#polis = polis;
    this.#memory = `tv.heard.${[...polis].sort().join(',')}`;
    const kept = host().remember.tab.read(this.#memory);
    this.#since = kept === null ? undefined : Number(kept);
    this.announcer = new Announcer({
      ...(this.#since === undefined ? {} : { since: this.#since }),
      heard: (seq) => host().remember.tab.write(this.#memory, String(seq)),
      announce: (call) => this.#announce(call),
    });
  }

  get beside(): LiveTicket[] {
    const big = this.announcer.call?.ticket.id;
    return this.shown.filter((one) => one.id !== big).slice(0, BESIDE);
  }

  start(): void {
    host().stayAwake();
    this.#stopSound = host().watchSound((allowed) => (this.sound = allowed));
    void this.#load();
  }

  stop(): void {
    this.#stopped = true;
    this.#stopSound?.();
    this.#feed?.stop();
    this.announcer.clear();
  }

  async #load(): Promise<void> {
    for (let attempt = 0; !this.#stopped; attempt++) {
      try {
        const displays = this.#polis.length
          ? await Promise.all(this.#polis.map((slug) => api.display(slug).catch(skipUnknown)))
          : [await api.display()];
        this.board = mergeDisplays(displays.filter((one) => one !== null));
        break;
      } catch {
        this.away = true;
        await new Promise((go) => setTimeout(go, waitBefore(attempt, Math.random)));
      }
    }
    if (this.#stopped) return;
    this.away = false;
    this.ready = true;
    // Without a memory nothing was missed: what is on the board was called before this TV was on.
    const since = this.#since ?? this.board.seq;
    this.#remember(this.board.recent);
    const newest = this.board.recent[0] ?? this.board.current[0];
    if (newest) this.announcer.show(newest, since);
    this.announcer.pass(since);
    this.#feed = new LiveFeed({
      channels: this.#polis.length ? this.#polis.map((slug) => `queue.${slug}`) : ['display'],
      since,
      state: (state) => (this.away = state === 'away'),
      event: (event) => this.#take(event),
    });
  }

  #take(event: LiveEvent): void {
    if (event.type === 'Snapshot') return this.#takeSnapshot(event);
    this.board = applyEvent(this.board, event);
    if (event.type === 'DayStarted') {
      this.announcer.clear();
      this.shown = [];
      this.announcer.pass(event.seq);
      void site.refresh();
    } else if (event.type === 'SiteUpdated') {
      this.announcer.pass(event.seq);
      void site.refresh();
    } else if (event.type === 'QueueCalled' || event.type === 'QueueRecalled') {
      this.#call(event.seq, event.data.ticket, event.type === 'QueueRecalled');
    } else {
      this.#refresh(event.data.ticket);
      this.announcer.pass(event.seq);
    }
  }

  /** So much was missed that the hub sends only where things stand: what was called meanwhile is still announced. */
  #takeSnapshot(event: Extract<LiveEvent, { type: 'Snapshot' }>): void {
    this.announcer.rewind(event.seq);
    if (this.#polis.length === 0) this.board = applyEvent(this.board, event);
    const known = this.#newestCall;
    const missed = event.data.recent.filter((one) => callTime(one) > known).sort(newestCallFirst);
    for (const ticket of missed.reverse()) {
      this.#newestCall = Math.max(this.#newestCall, callTime(ticket));
      this.announcer.addMissed(ticket, event.seq);
    }
    for (const ticket of event.data.recent) this.#refresh(ticket);
    this.announcer.pass(event.seq);
  }

  #call(seq: number, ticket: LiveTicket, again: boolean): void {
    this.#newestCall = Math.max(this.#newestCall, callTime(ticket));
    this.announcer.add({ seq, ticket, again });
  }

  #announce(call: Call): void {
    void host().chime();
    this.#remember([call.ticket]);
  }

  #remember(tickets: LiveTicket[]): void {
    for (const one of tickets) this.#newestCall = Math.max(this.#newestCall, callTime(one));
    const ids = new Set(tickets.map((one) => one.id));
    this.shown = [...tickets, ...this.shown.filter((one) => !ids.has(one.id))].slice(0, BESIDE + 4);
  }

  #refresh(ticket: LiveTicket): void {
    this.announcer.update(ticket);
    this.shown = this.shown.map((one) => (one.id === ticket.id ? ticket : one));
  }
}

function callTime(ticket: LiveTicket): number {
  return ticket.called_at ? Date.parse(ticket.called_at) : 0;
}

/** A poli that no longer exists must not keep the others off the screen. */
function skipUnknown(problem: unknown): null {
  if ((problem as { status?: number }).status === 404) return null;
  throw problem;
}
