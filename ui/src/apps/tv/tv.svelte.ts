// The TV: the last calls, and an announcer that is fed by the live feed and picks up where this tab left off.
import { api } from '../../api/client';
import { isTicketEvent, LiveFeed, waitBefore, type LiveEvent } from '../../live/live';
import type { LiveTicket, RoomRules, Spoken } from '../../api/types';
import { host, type Machine } from '../../host';
import { Announcer, type Call, type Item } from './announcer.svelte';
import {
  atCounter,
  mergeCalls,
  mergeDisplays,
  rowsBeside,
  unknownCalls,
  worthKeeping,
  type Board,
} from './board';
import { MachineReporter } from '../../parts/machine-report';
import { isQuiet, quietNow } from './quiet';
import { site } from '../../data/site.svelte';
import { Speaker } from './speaker';

/** So many tickets are remembered as announced: far more than any snapshot brings, far less than a busy day has. */
const REMEMBERED = 120;
/** After this long without the hub the room is told, large, to listen to staff. */
export const LONG_AWAY_MS = 60_000;
/** How long the snapshots of all followed polis may take to arrive after the first. */
const GATHER_MS = 500;

/** What this tab remembers across a reload. */
interface Memory {
  /** The last event dealt with. */
  seq: number;
  /** Per ticket the call that was announced last. */
  heard: [id: number, call: string][];
}
type Snapshot = Extract<LiveEvent, { type: 'Snapshot' }>;

export class Tv {
  ready = $state(false);
  away = $state(false);
  /** The hub has been away for so long that what is shown must not be trusted. */
  late = $state(false);
  sound = $state(false);
  /** Calls already announced, newest first, the one on the screen included. */
  shown = $state.raw<LiveTicket[]>([]);
  announcer: Announcer;
  /** Who this TV is; changed in its small settings. */
  machine = $state.raw<Machine>(host().machine());

  #reporter = new MachineReporter('tv');
  #speaker = new Speaker({
    allowed: () => this.sound && this.machine.speaker.on && !this.quiet,
    choice: () => this.machine.speaker,
    health: (state, fault) => void this.#reporter.set('speaker', state, fault),
  });
  #polis: string[];
  #memory: string;
  #since: number | undefined;
  /** Per ticket the last call that this TV took in, and the last one it announced. */
  #taken: Map<number, string>;
  #heard: Map<number, string>;
  #snapshots = new Map<string, Snapshot>();
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #growingLate: ReturnType<typeof setTimeout> | undefined;
  #feed: LiveFeed | undefined;
  #stopSound: (() => void) | undefined;
  #stopped = false;

  /** `polis` limits this TV to some services; empty means all. */
  constructor(polis: string[]) {
    this.#polis = polis;
    this.#memory = `tv.heard.${[...polis].sort().join(',')}`;
    const kept = recall(this.#memory);
    this.#since = kept?.seq;
    this.#heard = new Map(kept?.heard);
    this.#taken = new Map(this.#heard);
    this.announcer = new Announcer({
      ...(kept ? { since: kept.seq } : {}),
      heard: (seq) => this.#keep(seq),
      announce: (item, stop) => this.#announce(item, stop),
    });
  }

  /** What all TVs keep to. */
  rules = $state.raw<RoomRules>({ tenang: [], teks: [] });

  /** The room's time of quiet that it is now. */
  get quietTime(): RoomRules['tenang'][number] | null {
    return quietNow(this.rules.tenang, site.now, site.offset);
  }

  /** In its own quiet hours and those of the room a TV shows calls without a sound. */
  get quiet(): boolean {
    return this.quietTime !== null || isQuiet(this.machine.speaker, site.now, site.offset);
  }

  get beside(): LiveTicket[] {
    return rowsBeside(this.shown, this.announcer.call?.ticket.id);
  }

  start(): void {
    host().stayAwake();
    this.#stopSound = host().watchSound((allowed) => this.#soundIs(allowed));
    this.#reporter.start();
    this.#speaker.prepare();
    void this.#load();
  }

  stop(): void {
    this.#stopped = true;
    this.#stopSound?.();
    this.#reporter.stop();
    this.#feed?.stop();
    clearTimeout(this.#gathering);
    clearTimeout(this.#growingLate);
    this.announcer.clear();
  }

  /** Changes what this TV remembers of itself; only in a browser. */
  rename(changes: Partial<Pick<Machine, 'name' | 'zone' | 'speaker'>>): void {
    host().rename(changes);
    this.machine = host().machine();
  }

  /** Lets somebody hear how loud this TV is; the fault when nothing can be heard. */
  test(spoken: Spoken, stop: AbortSignal): Promise<string | null> {
    return this.#speaker.test(spoken, stop);
  }

  #soundIs(allowed: boolean): void {
    this.sound = allowed;
    void this.#reporter.set('speaker', allowed ? 'ok' : 'fault', allowed ? null : 'mute');
  }

  #awayIs(away: boolean): void {
    if (away === this.away) return;
    this.away = away;
    clearTimeout(this.#growingLate);
    if (away) this.#growingLate = setTimeout(() => (this.late = true), LONG_AWAY_MS);
    else this.late = false;
  }

  async #load(): Promise<void> {
    const board = await this.#firstBoard();
    if (!board || this.#stopped) return;
    this.#awayIs(false);
    this.ready = true;
    // Without a memory nothing was missed: what is on the board was called before this TV was on.
    if (this.#since === undefined) {
      for (const one of board.known) this.#heard.set(one.id, callOf(one));
      this.#taken = new Map(this.#heard);
    }
    const since = (this.#since ??= board.seq);
    const recent = new Set(board.recent.map((one) => one.id));
    this.#remember(mergeCalls([board.recent, board.current.filter((one) => !recent.has(one.id))]));
    const newest = board.recent[0] ?? board.current[0];
    if (newest) this.announcer.show(newest, since);
    this.#reporter.show(newest?.nomor_antrean ?? null);
    this.announcer.pass(since);
    this.#feed = new LiveFeed({
      channels: this.#polis.length ? this.#polis.map((slug) => `queue.${slug}`) : ['display'],
      since,
      state: (state) => this.#awayIs(state === 'away'),
      event: (event) => this.#take(event),
    });
  }

  /** Asks until the hub answers; null when the TV is switched off meanwhile. */
  async #firstBoard(): Promise<Board | null> {
    for (let attempt = 0; !this.#stopped; attempt++) {
      try {
        const displays = this.#polis.length
          ? await Promise.all(this.#polis.map((slug) => api.display(slug).catch(skipUnknown)))
          : [await api.display()];
        return mergeDisplays(displays.filter((one) => one !== null));
      } catch {
        this.#awayIs(true);
        await new Promise((go) => setTimeout(go, waitBefore(attempt, Math.random)));
      }
    }
    return null;
  }

  #take(event: LiveEvent): void {
    if (event.type === 'Snapshot') return this.#takeSnapshot(event);
    this.#announceMissed();
    if (event.type === 'DayStarted') {
      if (event.data.kept === 0) this.#forgetDay();
      // In the middle of a night clinic: who is at a counter stays on the screen, and the call under way is heard.
      else this.shown = this.shown.filter(atCounter);
      this.announcer.pass(event.seq);
      void site.refresh();
    } else if (event.type === 'SiteUpdated') {
      this.announcer.pass(event.seq);
      void site.refresh();
    } else if (event.type === 'QueueCalled' || event.type === 'QueueRecalled') {
      this.#call(event.seq, event.data.ticket, event.type === 'QueueRecalled', event.data.speech);
    } else if (event.type === 'Announcement') {
      const { teks, speech } = event.data;
      this.announcer.add({ kind: 'message', seq: event.seq, text: teks, speech });
    } else if (event.type === 'VoiceUpdated') {
      this.#speaker.renew(event.data.bahasa);
      this.announcer.pass(event.seq);
    } else {
      if (isTicketEvent(event)) this.#refresh(event.data.ticket);
      this.announcer.pass(event.seq);
    }
  }

  #forgetDay(): void {
    this.announcer.clear();
    this.#reporter.show(null);
    this.shown = [];
    this.#taken.clear();
    this.#heard.clear();
  }

  /** So much was missed that the hub sends only where things stand, once for each channel. */
  #takeSnapshot(event: Snapshot): void {
    this.#snapshots.set(event.channel, event);
    if (this.#snapshots.size >= Math.max(1, this.#polis.length)) this.#announceMissed();
    else this.#gathering ??= setTimeout(() => this.#announceMissed(), GATHER_MS);
  }

  /** What was called meanwhile is still announced, over all polis the oldest first. */
  #announceMissed(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    const snapshots = [...this.#snapshots.values()];
    this.#snapshots.clear();
    if (!snapshots.length) return;
    this.#speaker.renew();
    const seq = Math.max(...snapshots.map((one) => one.seq));
    const lists = snapshots.map((one) => one.data.recent);
    this.announcer.rewind(seq);
    for (const ticket of lists.flatMap((list) => list)) this.#refresh(ticket);
    const missed = mergeCalls(
      lists.map((list) =>
        unknownCalls(
          list,
          (one) => this.#isNew(one),
          (id) => this.#taken.has(id),
        ),
      ),
    );
    for (const one of missed) remember(this.#taken, one);
    this.announcer.addMissed(missed.reverse(), seq);
    this.announcer.pass(seq);
  }

  #call(seq: number, ticket: LiveTicket, again: boolean, speech?: Spoken[]): void {
    // Already announced from a snapshot, before a reload asked for the events themselves.
    if (!this.#isNew(ticket)) return this.announcer.pass(seq);
    remember(this.#taken, ticket);
    this.announcer.add({ kind: 'call', seq, ticket, again, ...(speech ? { speech } : {}) });
  }

  #isNew(ticket: LiveTicket): boolean {
    return this.#taken.get(ticket.id) !== callOf(ticket);
  }

  #announce(item: Item, stop: AbortSignal): Promise<void> {
    if (item.kind === 'call') this.#note(item);
    return this.#speaker.announce(item, stop);
  }

  #note(call: Call): void {
    remember(this.#heard, call.ticket);
    this.#reporter.show(call.ticket.nomor_antrean);
    this.#keep(this.#since);
    this.#remember([call.ticket]);
  }

  #keep(seq: number | undefined): void {
    this.#since = seq;
    if (seq === undefined) return;
    const memory: Memory = { seq, heard: [...this.#heard] };
    host().remember.tab.write(this.#memory, JSON.stringify(memory));
  }

  #remember(tickets: LiveTicket[]): void {
    const ids = new Set(tickets.map((one) => one.id));
    this.shown = worthKeeping([...tickets, ...this.shown.filter((one) => !ids.has(one.id))]);
  }

  #refresh(ticket: LiveTicket): void {
    this.announcer.update(ticket);
    const shown = this.shown.map((one) => (one.id === ticket.id ? ticket : one));
    // Back in a line, here or elsewhere: nobody looks for that number at a counter any more.
    this.shown = shown.filter((one) => one.status !== 'menunggu');
  }
}

/** Tells one call of a ticket from its other calls; the time alone is whole seconds, and a recall keeps it. */
function callOf(ticket: LiveTicket): string {
  return `${ticket.called_at} ${ticket.recalls}`;
}

/** The newest stand last; the oldest make room. */
function remember(calls: Map<number, string>, ticket: LiveTicket): void {
  calls.delete(ticket.id);
  calls.set(ticket.id, callOf(ticket));
  for (const id of calls.keys()) {
    if (calls.size <= REMEMBERED) return;
    calls.delete(id);
  }
}

function recall(name: string): Memory | null {
  try {
    return JSON.parse(host().remember.tab.read(name) ?? 'null') as Memory | null;
  } catch {
    return null;
  }
}

/** A poli that no longer exists must not keep the others off the screen. */
function skipUnknown(problem: unknown): null {
  if ((problem as { status?: number }).status === 404) return null;
  throw problem;
}
