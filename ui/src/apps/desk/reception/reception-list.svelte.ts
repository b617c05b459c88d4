// "Hari ini": the list of the day with search, kept current by the live feed, a bounded number of rows at a time.
import { asApiError, type ApiError } from '../../../api/errors';
import { LiveFeed, isTicketEvent, type LiveEvent } from '../../../live/live';
import { reception } from '../../../api/reception';
import type { DeskTicket, Stats, Status, Ticket } from '../../../api/types';
import { site } from '../../../data/site.svelte';

const FILTERS = ['all', 'menunggu', 'dilewati', 'selesai'] as const satisfies readonly ('all' | Status)[];
export type Filter = (typeof FILTERS)[number];

/** The filter that an address names; all, where it names none. */
export function filterOf(words: string | null): Filter {
  return FILTERS.find((one) => one === words) ?? 'all';
}

const GATHER_MS = 150;
const TYPING_MS = 180;
const AGAIN_MS = 3_000;
const STEP = 60;
const MOST = 1_000;

export class DayList {
  loaded = $state(false);
  /** The hub cannot be reached; what is shown is the last that was known. */
  away = $state(false);
  tickets = $state.raw<DeskTicket[]>([]);
  total = $state(0);
  stats = $state.raw<Stats | null>(null);
  query = $state('');
  filter = $state<Filter>('all');
  /** The list no longer matches what is typed; an answer is under way. */
  stale = $state(false);
  error = $state.raw<ApiError | null>(null);

  #changed: () => void;
  #feed: LiveFeed | undefined;
  #rows = STEP;
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  #asking = false;
  #askAgain = false;
  #stopped = false;

  /** `changed` is told whenever something happened in the queue, gathered; `filter`: what is shown first. */
  constructor(changed: () => void = () => undefined) {
    this.#changed = changed;
  }

  start(): void {
    void this.refresh();
    this.#feed = new LiveFeed({
      channels: ['display'],
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
    clearTimeout(this.#typing);
  }

  /** Typing in the search box: asked once the fingers rest. */
  search(query: string): void {
    if (query === this.query) return;
    this.query = query;
    this.#rows = STEP;
    this.stale = true;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.refresh(), TYPING_MS);
  }

  show(filter: Filter): void {
    this.filter = filter;
    this.#rows = STEP;
    this.stale = true;
    void this.refresh();
  }

  get canGrow(): boolean {
    return this.tickets.length < Math.min(this.total, MOST);
  }

  grow(): void {
    this.#rows = Math.min(this.#rows + STEP * 2, MOST);
    void this.refresh();
  }

  /** Shows an answer about one ticket at once; the full list follows. */
  merge(ticket: Ticket): void {
    this.tickets = this.tickets.map((one) => (one.id === ticket.id ? { ...one, ...ticket } : one));
    this.#refreshSoon();
  }

  async refresh(): Promise<void> {
    if (this.#stopped) return;
    clearTimeout(this.#typing);
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    const ask = ++this.#asked;
    const cari = this.query.trim();
    const filter = this.filter;
    try {
      const answer = await reception.day({
        per_page: this.#rows,
        cari: cari || undefined,
        status: filter === 'all' ? undefined : filter,
      });
      this.stats = answer.stats;
      // Typed on meanwhile: the counts are true, the rows answer an old question.
      if (cari === this.query.trim() && filter === this.filter && ask === this.#asked) {
        this.tickets = answer.tickets;
        this.total = answer.total;
        this.stale = false;
      } else this.#askAgain = true;
      this.loaded = true;
      this.error = null;
    } catch (problem) {
      this.#failed(asApiError(problem));
    }
    this.#asking = false;
    if (this.#askAgain) {
      this.#askAgain = false;
      void this.refresh();
    }
  }

  #failed(error: ApiError): void {
    if (!error.passing) this.error = error;
    else this.#refreshSoon(AGAIN_MS);
  }

  #hear(event: LiveEvent): void {
    if (event.type === 'SiteUpdated') void site.refresh();
    if (isTicketEvent(event)) {
      const { ticket } = event.data;
      this.tickets = this.tickets.map((one) => (one.id === ticket.id ? { ...one, ...ticket } : one));
    }
    this.#refreshSoon();
  }

  #refreshSoon(wait = GATHER_MS): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      this.#changed();
      void this.refresh();
    }, wait);
  }
}
