// One loket at work: its current number, who waits, and the actions of the petugas.
import { api, newKey, type Verb } from '../../../api/client';
import { announcements } from '../../../api/announcements';
import { classes } from '../../../api/classes';
import { journeys, type GiveWay, type Transfer } from '../../../api/journeys';
import { ApiError, asApiError } from '../../../api/errors';
import { isTicketEvent, LiveFeed, type LiveEvent } from '../../../live/live';
import type { Counter, Desk as DeskAnswer, DeskTicket, Ticket } from '../../../api/types';
import type { PlainKey, TextKey } from '../../../words/texts';
import { insist } from '../../../data/intent';
import { site } from '../../../data/site.svelte';
import { DeskLists, standing } from './lists.svelte';

export type Doing = 'next' | 'undo' | 'transfer' | 'class' | 'here' | 'route' | 'over' | Verb;

/** What has a button of its own. */
type Pressed = Exclude<
  Doing,
  'return' | 'cancel' | 'undo' | 'transfer' | 'class' | 'here' | 'route' | 'over'
>;

export interface Notice {
  id: number;
  key: TextKey;
  nomor: string;
  /** Where they go from here; empty: nowhere. */
  poli?: string;
  undo?: () => void;
}

/** Before somebody else is called: whether who stands at the counter came, or is done. */
export interface Question {
  present: DeskTicket;
  /** Who is to be called then; null: whoever is next. */
  wanted: DeskTicket | null;
}
/** `came`: they are here and served now; `gone`: they did not come, or are done, and the other one is called. */
export type Answer = 'came' | 'gone' | 'stay';

/** A second press so soon after a call is one too many. */
const TOO_SOON_MS = 1_500;
const PATIENCE_MS = 25_000;
const GATHER_MS = 120;
const PAGES = 6;
export class Desk extends DeskLists {
  loaded = $state(false);
  away = $state(false);
  /** What is under way, and for which number; further presses are ignored meanwhile. */
  pending = $state.raw<{ doing: Doing; id: number | null; retrying: boolean } | null>(null);
  error = $state.raw<ApiError | null>(null);
  notice = $state.raw<Notice | null>(null);
  question = $state.raw<Question | null>(null);
  /** Who is to be called before their turn: the hub asks why. */
  early = $state.raw<DeskTicket | null>(null);

  #calledAt = -Infinity;
  #counter: Counter;
  #feed: LiveFeed | undefined;
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #asking = false;
  #askAgain = false;
  #stopped = false;
  #notices = 0;
  /** Counts own actions: a list asked for before one is older than what the action has shown. */
  #acts = 0;
  /**
   * The keys of presses whose answer was lost: pressed again they are the same wish, for the first may have come
   * true unseen. Forgotten once the hub answers anything or the screen shows another number at this counter.
   */
  #unanswered = new Map<string, string>();

  /** This counter was changed, or somebody opened or paused it. */
  siteMoved: () => void = () => undefined;

  constructor(counter: Counter) {
    super(counter.number);
    this.#counter = counter;
  }

  start(): void {
    void this.refresh();
    this.#feed = new LiveFeed({
      channels: [
        ...this.#counter.services.map((poli) => `queue.${poli.slug}`),
        `loket.${this.#counter.number}`,
      ],
      state: (state) => {
        this.away = state === 'away';
        if (state === 'open') this.#refreshSoon();
      },
      event: (event) => this.#hear(event),
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#feed?.stop();
    clearTimeout(this.#gathering);
  }

  /** Why an action cannot be done now, as a text key; null when it can. */
  why(doing: Pressed): PlainKey | null {
    if (this.pending) return 'counter.why_pending';
    if (doing === 'next') return this.callable.length ? null : 'counter.why_empty';
    const current = this.current;
    if (!current) return 'counter.why_no_current';
    if (doing === 'serve' && current.status === 'sedang_dilayani') return 'counter.why_serving';
    if (doing === 'skip' && current.status === 'sedang_dilayani') return 'counter.why_serving';
    return null;
  }

  /** Whether it cannot be done now; says why, for whoever pressed a key sees no title. */
  #cannot(doing: Pressed): boolean {
    const why = this.why(doing);
    if (why && !this.pending && performance.now() - this.#calledAt >= TOO_SOON_MS) {
      this.dismiss();
      this.notice = { id: ++this.#notices, key: why, nomor: '' };
    }
    return why !== null;
  }

  /** Takes back what the last news told, where that can be. */
  undoLast(): void {
    this.notice?.undo?.();
  }

  /** "Panggil berikutnya". Nobody who was only called becomes "selesai" by it: that is asked first. */
  async next(): Promise<void> {
    if (this.#cannot('next')) return;
    const present = this.current;
    if (present?.status === 'dipanggil') this.#ask({ present, wanted: null });
    else await this.#callNext(present);
  }

  /** "Panggil … sekarang" for a number in the list. */
  async callNow(wanted: DeskTicket): Promise<void> {
    if (this.pending) return;
    const present = this.current;
    if (present && present.id !== wanted.id) this.#ask({ present, wanted });
    else await this.onTicket('call', wanted);
  }

  /** What becomes of who stands at the counter. */
  async settle(answer: Answer): Promise<void> {
    const question = this.question;
    this.question = null;
    const present = this.current;
    // Somebody else may have settled it meanwhile.
    if (!question || answer === 'stay' || present?.id !== question.present.id) return;
    if (answer === 'came') return this.onCurrent('serve');
    const called = present.status === 'dipanggil';
    if (called && !(await this.#act('skip', present))) return;
    const { wanted } = question;
    if (wanted) await this.onTicket('call', wanted);
    else await this.#callNext(called ? null : present);
    // What went wrong with the call is told before what went well.
    if (called && !this.error)
      this.#tell('counter.toast_skipped', present, () => void this.#undoSkip(present));
  }

  #ask(question: Question): void {
    if (performance.now() - this.#calledAt < TOO_SOON_MS) return;
    this.question = question;
  }

  /** `served`: who was served until now; calling finishes them. */
  async #callNext(served: DeskTicket | null): Promise<void> {
    const done = await this.#do('next', null, (key) => api.callNext(this.#counter.number, key));
    if (done && served) this.#tell(finished(served), served);
  }

  /** An action on the current number. */
  async onCurrent(doing: 'serve' | 'call' | 'skip' | 'finish'): Promise<void> {
    const current = this.current;
    if (this.#cannot(doing) || !current) return;
    const done = await this.#act(doing, current);
    if (!done) return;
    if (doing === 'skip') {
      this.#tell('counter.toast_skipped', current, () => void this.#undoSkip(current));
    } else if (doing === 'finish') {
      this.#tell(finished(current), current, () => void this.#undo(current));
    }
  }

  /** Calls somebody before their turn, with the reason. */
  async callEarly(ticket: DeskTicket, alasan: string): Promise<void> {
    const send = (key: string) => api.act(ticket.id, 'call', this.#counter.number, key, alasan);
    await this.#do('call', ticket.id, send, alasan);
  }

  /** Gives somebody a priority class, or takes it away. */
  async classify(ticket: DeskTicket, kelas: string | null): Promise<void> {
    const give = (key: string) => classes.give(ticket.id, kelas, key);
    if (await this.#do('class', ticket.id, give, kelas ?? ''))
      this.#tell('counter.toast_class', ticket, () => void this.classify(ticket, ticket.kelas?.slug ?? null));
  }

  /** Somebody whose number was given for this day earlier came. */
  async checkIn(ticket: DeskTicket): Promise<void> {
    if (await this.#do('here', ticket.id, () => api.checkIn(ticket.code)))
      this.#tell('counter.toast_here', ticket);
  }

  /** An action on a number in a list. */
  async onTicket(doing: 'call' | 'return' | 'cancel', ticket: DeskTicket): Promise<void> {
    const done = await this.#act(doing, ticket);
    if (!done) return;
    if (doing === 'cancel') this.#tell('counter.toast_cancelled', ticket, () => void this.#undo(ticket));
    if (doing === 'return') this.#tell('counter.toast_returned', ticket);
  }

  /** Sends somebody on to another service; who is served here is done. */
  async transfer(ticket: DeskTicket, to: Transfer, alasan: string): Promise<void> {
    const send = (key: string) => api.transfer(ticket.id, to, alasan, key);
    if (await this.#do('transfer', ticket.id, send, `${to.poli} ${to.loket} ${alasan}`))
      this.#tell('counter.toast_transferred', ticket, () => void this.#undo(ticket));
  }

  /** Says where somebody goes from where they are. */
  async route(ticket: DeskTicket, way: GiveWay): Promise<void> {
    const give = (key: string) => journeys.give(ticket.id, way, key);
    const before = { poli: (ticket.lanjut ?? []).map((one) => one.slug) };
    if (await this.#do('route', ticket.id, give, JSON.stringify(way)))
      this.#tell('counter.toast_route', ticket, () => void this.route(ticket, before));
  }

  /** A colleague's counter takes over who is here. */
  async handOver(ticket: DeskTicket, ke: number): Promise<void> {
    const give = (key: string) => journeys.handOver(this.#counter.number, ke, key);
    if (await this.#do('over', ticket.id, give, String(ke)))
      this.#tell('counter.toast_over', ticket, () => void this.#undo(ticket));
  }

  /** Tells the waiting room something; what went wrong, or null. */
  async announce(words: string): Promise<ApiError | null> {
    const wish = `announce ${words}`;
    const key = this.#unanswered.get(wish) ?? newKey();
    this.#unanswered.set(wish, key);
    try {
      await insist((key) => announcements.announce(words, key), { patienceMs: PATIENCE_MS }, key);
    } catch (problem) {
      const error = asApiError(problem);
      if (!error.passing) this.#unanswered.delete(wish);
      return error;
    }
    this.#unanswered.delete(wish);
    this.notice = { id: ++this.#notices, key: 'counter.toast_announced', nomor: '' };
    return null;
  }

  dismiss(): void {
    this.notice = null;
    this.error = null;
  }

  async refresh(): Promise<void> {
    if (this.#stopped) return;
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    const acts = this.#acts;
    try {
      const first = await api.desk(this.#counter.number);
      const tickets = [...first.tickets];
      let next = first.next;
      for (let page = 2; next !== null && page <= PAGES; page++) {
        const more: DeskAnswer = await api.desk(this.#counter.number, page);
        tickets.push(...more.tickets);
        next = more.next;
      }
      if (acts === this.#acts && !this.pending) {
        this.#showTickets(tickets);
        this.stats = first.stats;
        this.upcoming = first.upcoming;
        this.loaded = true;
      } else this.#askAgain = true;
    } catch (problem) {
      this.#failed(asApiError(problem), false);
    }
    this.#asking = false;
    if (this.#askAgain) {
      this.#askAgain = false;
      this.#refreshSoon();
    }
  }

  async #undoSkip(ticket: DeskTicket): Promise<void> {
    // Another number may have been called since: then the skipped one only goes back to its place.
    await this.onTicket(this.current ? 'return' : 'call', ticket);
  }

  /** Takes the last step of a number back, while nothing newer stands in its way. */
  async #undo(ticket: DeskTicket): Promise<void> {
    await this.#do('undo', ticket.id, (key) => api.undo(ticket.id, key));
  }

  #act(doing: Verb, ticket: DeskTicket): Promise<boolean> {
    return this.#do(doing, ticket.id, (key) => api.act(ticket.id, doing, this.#counter.number, key));
  }

  async #do(
    doing: Doing,
    id: number | null,
    send: (key: string) => Promise<{ ticket: Ticket }>,
    /** What else makes it another wish, and so another key. */
    said = '',
  ): Promise<boolean> {
    if (this.pending) return false;
    this.pending = { doing, id, retrying: false };
    this.dismiss();
    const wish = `${doing} ${id} ${said}`;
    const key = this.#unanswered.get(wish) ?? newKey();
    try {
      const { ticket } = await insist(
        send,
        {
          patienceMs: PATIENCE_MS,
          retrying: () => (this.pending = { doing, id, retrying: true }),
          abandoned: () => this.#stopped,
        },
        key,
      );
      this.#unanswered.clear();
      this.#merge(doing, ticket);
      return true;
    } catch (problem) {
      const error = asApiError(problem);
      if (error.passing) this.#unanswered.set(wish, key);
      else this.#unanswered.clear();
      const early = doing === 'call' && 'alasan' in error.fields;
      if (early) this.early = this.tickets.find((one) => one.id === id) ?? null;
      else this.#failed(error, true);
      return false;
    } finally {
      this.pending = null;
      void this.refresh();
    }
  }

  /** Shows the answer at once; the full list follows. */
  #merge(doing: Doing, ticket: Ticket): void {
    this.#acts += 1;
    const calls = doing === 'next' || doing === 'call';
    if (calls) this.#calledAt = performance.now();
    this.tickets = this.tickets.map((one) => {
      if (one.id === ticket.id) return { ...one, ...ticket };
      const replaced =
        calls &&
        one.loket === this.#counter.number &&
        (one.status === 'dipanggil' || one.status === 'sedang_dilayani');
      return replaced ? { ...one, status: 'selesai' as const } : one;
    });
  }

  #showTickets(tickets: DeskTicket[]): void {
    const before = standing(this.current);
    this.tickets = tickets;
    if (standing(this.current) !== before) this.#unanswered.clear();
  }

  #failed(error: ApiError, told: boolean): void {
    if (told) this.error = error;
    else if (!error.passing) this.error = error;
    else this.#refreshSoon(3000);
  }

  #hear(event: LiveEvent): void {
    if (event.type === 'SiteUpdated') {
      void site.refresh();
      if (event.data.loket === this.#counter.number) this.siteMoved();
    }
    // While an own action is under way its answer tells the state: shown earlier, the next press would still be ignored.
    if (!this.pending && isTicketEvent(event)) {
      const { ticket } = event.data;
      this.#showTickets(this.tickets.map((one) => (one.id === ticket.id ? { ...one, ...ticket } : one)));
    }
    this.#refreshSoon();
  }

  #refreshSoon(wait = GATHER_MS): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      void this.refresh();
    }, wait);
  }

  #tell(key: TextKey, ticket: DeskTicket, undo?: () => void): void {
    const poli = ticket.lanjut?.[0]?.nama ?? '';
    this.notice = { id: ++this.#notices, key, nomor: ticket.nomor_antrean, poli, ...(undo ? { undo } : {}) };
  }
}

/** Whether their visit is over, or they go on. */
function finished(current: DeskTicket): TextKey {
  return current.lanjut?.length ? 'counter.toast_onward' : 'counter.toast_finished';
}
