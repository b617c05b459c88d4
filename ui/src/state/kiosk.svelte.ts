// What happens between a finger on the kiosk and a number on its screen.
import { api, newKey } from '../api/client';
import { asApiError, type ApiError } from '../api/errors';
import { LiveFeed, waitBefore } from '../api/live';
import type { Service, Ticket } from '../api/types';
import { host } from '../host';
import { insist } from './intent';
import { language } from './language.svelte';
import { Paper } from './paper.svelte';
import { site } from './site.svelte';

export type KioskView =
  | { name: 'start' }
  | { name: 'sending'; slug: string; retrying: boolean }
  | { name: 'number'; ticket: Ticket; service: Service | undefined }
  | { name: 'refused'; error: ApiError; slug: string };

/** Nobody has touched the screen for this long: the next visitor finds it fresh. */
export const IDLE_MS = 30_000;
/** How long a number stays on the screen unless touched. */
export const NUMBER_SECONDS = 20;
/** A second tap of the same finger must not press what the new view has put under it. */
export const SETTLE_MS = 700;
const PATIENCE_MS = 40_000;
/** A wish whose answer was lost keeps its key this long, so that trying again cannot make a second number. */
const KEEP_KEY_MS = 10 * 60_000;
const REFRESH_MS = 60_000;

export class Kiosk {
  services = $state<Service[] | null>(null);
  #feedAway = $state(false);
  /** Counts the questions: what an older one brings, good or bad, is no longer news. */
  #asked = 0;
  #listAway = $state(false);
  view = $state<KioskView>({ name: 'start' });
  bigText = $state(false);
  contrast = $state(false);
  secondsLeft = $state(0);
  readonly paper = new Paper();

  /** A wish keeps its key and what was asked, so that sending it again is the same wish. */
  #unanswered = new Map<string, { key: string; at: number; cetak: boolean }>();
  #feed: LiveFeed | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #refreshing: ReturnType<typeof setTimeout> | undefined;
  #regular: ReturnType<typeof setInterval> | undefined;
  #countdown: ReturnType<typeof setInterval> | undefined;
  #viewSince = 0;

  /** The hub cannot be reached; what is shown may be old. */
  get away(): boolean {
    return this.#feedAway || this.#listAway;
  }

  start(): void {
    void this.refresh();
    this.#regular = setInterval(() => void this.refresh(), REFRESH_MS);
    this.#feed = new LiveFeed({
      channels: ['display'],
      state: (state) => (this.#feedAway = state === 'away'),
      event: (event) => {
        if (event.type === 'SiteUpdated') void site.refresh();
        this.#refreshSoon();
      },
    });
    this.paper.failed = () => this.touched();
    this.paper.start();
    this.touched();
  }

  stop(): void {
    this.paper.stop();
    this.#feed?.stop();
    clearInterval(this.#regular);
    clearInterval(this.#countdown);
    clearTimeout(this.#idle);
    clearTimeout(this.#refreshing);
  }

  async refresh(): Promise<void> {
    const mine = ++this.#asked;
    try {
      const { services } = await api.services();
      if (mine !== this.#asked) return;
      this.services = services;
      this.#listAway = false;
    } catch {
      if (mine !== this.#asked) return;
      this.#listAway = true;
      // The first list is needed before anything can be touched, so it is asked for again soon.
      if (!this.services) this.#refreshSoon(waitBefore(2, Math.random));
    }
  }

  /** One touch on a service. While an answer is under way, further touches are the same wish. */
  async take(service: Service): Promise<void> {
    if (this.view.name === 'sending' || !this.#settled()) return;
    const slug = service.slug;
    this.#show({ name: 'sending', slug, retrying: false });
    const { key, cetak } = this.#wishFor(slug);
    // A wish sent twice (back, then touched again) is answered twice: only the first answer is for somebody.
    const open = () => this.#unanswered.get(slug)?.key === key;
    const wanted = () => this.view.name === 'sending' && this.view.slug === slug && open();
    try {
      const { ticket } = await insist(
        (key) => api.register(slug, key, cetak),
        {
          patienceMs: PATIENCE_MS,
          retrying: () => wanted() && (this.view = { name: 'sending', slug, retrying: true }),
          abandoned: () => !wanted(),
        },
        key,
      );
      // A number must not be given to nobody: it is shown even after "back". While the screen belongs to another
      // wish its key is kept, so that the next touch on this service gets it.
      if (open() && (wanted() || this.view.name === 'start')) {
        this.#unanswered.delete(slug);
        this.#showNumber(ticket, service);
        if (cetak) void this.paper.print(ticket);
      }
    } catch (problem) {
      const error = asApiError(problem);
      const told = wanted();
      // The hub said no: that wish is over. Without an answer it may have come true, so its key is kept.
      if (!error.passing && open()) this.#unanswered.delete(slug);
      if (told) {
        this.#show({ name: 'refused', error, slug });
        this.touched();
      }
      void this.refresh();
    }
  }

  /** Back to the services, as from a button; ignored in the first moment of a view. */
  back(): void {
    if (this.#settled()) this.#home();
  }

  /** Any touch anywhere: the visitor is still here. */
  touched(): void {
    clearTimeout(this.#idle);
    // Whoever waits for an answer does not touch the screen, but is there.
    this.#idle = setTimeout(() => (this.view.name === 'sending' ? this.touched() : this.#fresh()), IDLE_MS);
    if (this.view.name === 'number') this.secondsLeft = NUMBER_SECONDS;
  }

  #wishFor(slug: string): { key: string; cetak: boolean } {
    const kept = this.#unanswered.get(slug);
    if (kept && Date.now() - kept.at < KEEP_KEY_MS) return kept;
    const wish = { key: newKey(), at: Date.now(), cetak: this.paper.can };
    this.#unanswered.set(slug, wish);
    return wish;
  }

  #show(view: KioskView): void {
    this.view = view;
    this.#viewSince = Date.now();
  }

  #settled(): boolean {
    return Date.now() - this.#viewSince >= SETTLE_MS;
  }

  #showNumber(ticket: Ticket, service: Service): void {
    this.#show({ name: 'number', ticket, service });
    this.touched();
    clearInterval(this.#countdown);
    this.#countdown = setInterval(() => {
      this.secondsLeft -= 1;
      if (this.secondsLeft <= 0) this.#fresh();
    }, 1000);
    void this.refresh();
  }

  #home(): void {
    clearInterval(this.#countdown);
    host().hush();
    this.#show({ name: 'start' });
  }

  /** As the next visitor should find it. */
  #fresh(): void {
    this.#home();
    language.show('id');
    this.bigText = false;
    this.contrast = false;
  }

  #refreshSoon(wait = 400): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = undefined;
      void this.refresh();
    }, wait);
  }
}
