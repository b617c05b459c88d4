// What happens between a finger on the kiosk and a number on its screen.
import { api } from '../../api/client';
import { asApiError, type ApiError } from '../../api/errors';
import { LiveFeed, waitBefore } from '../../live/live';
import type { Kelas } from '../../api/classes';
import type { Service, Ticket } from '../../api/types';
import { host } from '../../host';
import { insist } from '../../data/intent';
import { language } from '../../words/language.svelte';
import { MachineReporter } from '../../parts/machine-report';
import { Bell } from './bell.svelte';
import type { Identity } from './identity';
import { Paper } from './paper.svelte';
import { site } from '../../data/site.svelte';
import { Wishes, type Wish } from './wishes';

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
const REFRESH_MS = 60_000;

export class Kiosk {
  services = $state<Service[] | null>(null);
  /** The priority classes that a visitor may say of themselves, and which one they said. */
  classes = $state.raw<Kelas[]>([]);
  kelas = $state<string | null>(null);
  /** Who the visitor said they are, by a card or a telephone. */
  who = $state.raw<Identity | null>(null);
  /** The keypad for it is open. */
  asking = $state(false);
  #feedAway = $state(false);
  /** Counts the questions: what an older one brings, good or bad, is no longer news. */
  #asked = 0;
  #listAway = $state(false);
  view = $state<KioskView>({ name: 'start' });
  bigText = $state(false);
  contrast = $state(false);
  secondsLeft = $state(0);
  readonly #reporter = new MachineReporter('kiosk');
  readonly paper = new Paper(this.#reporter);
  readonly bell = new Bell(this.#reporter);

  #wishes = new Wishes(host().remember.machine);
  #feed: LiveFeed | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #refreshing: ReturnType<typeof setTimeout> | undefined;
  #regular: ReturnType<typeof setInterval> | undefined;
  #countdown: ReturnType<typeof setInterval> | undefined;
  /** Touches count: the view has stood for a moment. */
  settled = $state(true);
  #settling: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

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
    this.#reporter.start();
    this.paper.failed = () => this.touched();
    this.paper.start();
    this.touched();
    this.#resume();
  }

  stop(): void {
    this.#stopped = true;
    this.paper.stop();
    this.bell.hush();
    this.#reporter.stop();
    this.#feed?.stop();
    clearInterval(this.#regular);
    clearInterval(this.#countdown);
    clearTimeout(this.#idle);
    clearTimeout(this.#refreshing);
    clearTimeout(this.#settling);
  }

  async refresh(): Promise<void> {
    const mine = ++this.#asked;
    try {
      const { services, kelas } = await api.services();
      if (mine !== this.#asked) return;
      this.services = services;
      this.classes = kelas;
      if (!kelas.some((one) => one.slug === this.kelas)) this.kelas = null;
      this.#listAway = false;
    } catch {
      if (mine !== this.#asked) return;
      this.#listAway = true;
      // The first list is needed before anything can be touched, so it is asked for again soon.
      if (!this.services) this.#refreshSoon(waitBefore(1, Math.random));
    }
  }

  /** One touch on a service. While an answer is under way, further touches are the same wish. */
  async take(service: Service): Promise<void> {
    if (this.view.name === 'sending' || !this.settled) return;
    await this.#send(this.#wish(service.slug), service);
  }

  /** Somebody shows the code of their number: they are here, and see where they stand. */
  async checkIn(code: string): Promise<void> {
    if (this.view.name !== 'start') return;
    const wanted = () => !this.#stopped && this.view.name === 'start';
    try {
      const wish = { patienceMs: PATIENCE_MS, abandoned: () => !wanted() };
      const { ticket } = await insist(() => api.checkIn(code), wish);
      if (wanted())
        this.#showNumber(
          ticket,
          this.services?.find((one) => one.slug === ticket.poli.slug),
        );
    } catch (problem) {
      if (!wanted()) return;
      this.#show({ name: 'refused', error: asApiError(problem), slug: '' });
      this.touched();
    }
  }

  /** The page was loaded again while somebody waited for a number: asked with the same key, it is the same number. */
  #resume(): void {
    const wish = this.#wishes.latest;
    if (!wish) return;
    language.show(wish.language);
    void this.#send(wish);
  }

  async #send(wish: Wish, service?: Service): Promise<void> {
    const { slug, kelas, who, key, cetak } = wish;
    this.#show({ name: 'sending', slug, retrying: false });
    // A wish sent twice (back, then touched again) is answered twice: only the first answer is for somebody.
    const open = () => this.#wishes.isOpen(wish);
    const wanted = () => this.view.name === 'sending' && this.view.slug === slug && open();
    try {
      const { ticket } = await insist(
        (key) => api.register(slug, key, cetak, kelas, who ? { [who.field]: who.digits } : {}),
        {
          patienceMs: PATIENCE_MS,
          retrying: () => wanted() && (this.view = { name: 'sending', slug, retrying: true }),
          abandoned: () => this.#stopped || !wanted(),
        },
        key,
      );
      // A number must not be given to nobody: it is shown even after "back". While the screen belongs to another
      // wish its key is kept, so that the next touch on this service gets it.
      if (!this.#stopped && open() && (wanted() || this.view.name === 'start')) {
        this.#wishes.end(wish);
        this.#showNumber(ticket, service ?? this.services?.find((one) => one.slug === slug));
        if (cetak) void this.paper.print(ticket);
      }
    } catch (problem) {
      const error = asApiError(problem);
      const told = wanted();
      // The hub said no: that wish is over. Without an answer it may have come true, so its key is kept.
      if (!error.passing) this.#wishes.end(wish);
      if (told) {
        this.#show({ name: 'refused', error, slug });
        this.touched();
      }
      void this.refresh();
    }
  }

  /** The visitor wants the same service once more: the same wish, so never a second number. */
  again(): void {
    if (this.view.name !== 'refused' || !this.settled) return;
    const { slug } = this.view;
    if (!slug) return this.#home();
    void this.#send(this.#wish(slug));
  }

  #wish(slug: string): Wish {
    const who = this.identifies ? this.who : null;
    return this.#wishes.for(slug, this.paper.can, language.current, this.kelas, who);
  }

  /** Back to the services, as from a button; ignored in the first moment of a view. */
  back(): void {
    if (!this.settled) return;
    const refusal = this.view.name === 'refused' && !this.view.error.passing ? this.view.error : null;
    if (refusal && this.who) {
      // What was typed wrongly is typed again; after any other refusal the next touch may be somebody else's. Without an
      // answer both stay: touched again, it must be the same wish.
      this.asking = this.who.field in refusal.fields;
      if (!this.asking) this.who = null;
    }
    this.#home();
  }

  /** Whether visitors may say who they are. */
  get identifies(): boolean {
    return site.info?.kiosk_kenal === true;
  }

  /** Somebody showed or typed who they are; null: they took it back. */
  say(who: Identity | null): void {
    if (!this.identifies || this.view.name !== 'start') return;
    this.who = who;
    this.asking = false;
    this.touched();
  }

  /** Any touch anywhere: the visitor is still here. */
  touched(): void {
    clearTimeout(this.#idle);
    // Whoever waits for an answer does not touch the screen, but is there.
    this.#idle = setTimeout(() => (this.view.name === 'sending' ? this.touched() : this.#fresh()), IDLE_MS);
    if (this.view.name === 'number') this.secondsLeft = NUMBER_SECONDS;
  }

  #show(view: KioskView): void {
    this.view = view;
    this.#settle();
  }

  #settle(): void {
    this.settled = false;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => (this.settled = true), SETTLE_MS);
  }

  #showNumber(ticket: Ticket, service: Service | undefined): void {
    this.#show({ name: 'number', ticket, service });
    // The next number on this screen is somebody else's.
    this.kelas = null;
    this.who = null;
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
    this.kelas = null;
    this.who = null;
    this.asking = false;
  }

  #refreshSoon(wait = 400): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = undefined;
      void this.refresh();
    }, wait);
  }
}
