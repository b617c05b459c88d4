// Which clinic this is and what time it is there; every screen carries both.
import { api } from '../api/client';
import { waitBefore } from '../live/live';
import type { Site } from '../api/types';
import { host } from '../host';
import { language, t, tn } from '../words/language.svelte';
import { comingText, dateText, hourText, momentText, offsetMinutes } from '../words/time';

/** Clocks of cheap PCs drift by minutes a week; a TV runs for months. */
const REFRESH_MS = 10 * 60_000;
/** A clock that moves this far between two ticks was set. */
const JUMP_MS = 2_000;
/** A wait is told no more exactly than this. */
const STEP_MINUTES = 5;

class SiteState {
  /** Null until the hub has answered once. */
  info = $state<Site | null>(null);
  /** The hub's time in milliseconds, ticking; the device's own clock is not trusted at all. */
  now = $state(Date.now());
  /** Told with every answer. */
  heard: (site: Site) => void = () => undefined;
  #ticked = performance.now();
  /** How far the device's clock stood from the one that nobody sets. */
  #set = Date.now() - performance.now();
  #ticking: ReturnType<typeof setInterval> | undefined;
  #asking = false;
  /** Something changed while an answer was under way. */
  #again = false;

  /** Asks until the hub answers, and ticks from then on. */
  start(): void {
    if (this.#ticking !== undefined) return;
    this.#ticking = setInterval(() => this.#tick(), 1000);
    setInterval(() => void this.refresh(), REFRESH_MS);
    void this.refresh();
  }

  async refresh(): Promise<void> {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    for (let attempt = 0; ; attempt++) {
      try {
        this.#again = false;
        this.take(await api.site());
        if (!this.#again) break;
      } catch {
        await new Promise((go) => setTimeout(go, waitBefore(attempt, Math.random)));
      }
    }
    this.#asking = false;
  }

  take(site: Site): void {
    this.info = site;
    this.now = Date.parse(site.now);
    this.#ticked = performance.now();
    this.heard(site);
  }

  #tick(): void {
    const ticked = performance.now();
    this.now += ticked - this.#ticked;
    this.#ticked = ticked;
    // The device slept, or somebody set its clock: only the hub knows what time it is now.
    const set = Date.now() - ticked;
    if (Math.abs(set - this.#set) > JUMP_MS) void this.refresh();
    this.#set = set;
  }

  /** Where a visitor's phone reaches the hub, without a slash at the end. */
  get address(): string {
    return this.info?.address || host().origin;
  }

  get offset(): string {
    return this.info?.utc_offset ?? '+07:00';
  }

  hour(at: number = this.now): string {
    return hourText(at, this.offset, language.current);
  }

  /** When something happened: "hari ini 07.20", "kemarin 14.10", "3 Feb 2026 14.10". */
  moment(at: string): string {
    return momentText(Date.parse(at), this.now, this.offset, language.current, {
      today: t('common.today'),
      yesterday: t('common.yesterday'),
    });
  }

  /** When something will happen: "hari ini 13.00", "besok 07.30", "Senin 07.30", "28 Des 07.30". */
  coming(at: string): string {
    return comingText(Date.parse(at), this.now, this.offset, language.current, {
      today: t('common.today'),
      tomorrow: t('common.tomorrow'),
    });
  }

  /** Today's date, as the hub writes dates: 2026-11-20. */
  day(): string {
    return new Date(this.now + offsetMinutes(this.offset) * 60_000).toISOString().slice(0, 10);
  }

  /** How long a wait may last: "sekitar 50 menit", and beyond an hour "kira-kira pukul 11.30". Never said more exactly than
   * in steps of five minutes, for that would be a promise. */
  waitText(minutes: number): string {
    const rounded = Math.ceil(minutes / STEP_MINUTES) * STEP_MINUTES;
    if (rounded <= 60) return tn('common.minutes', rounded);
    const step = STEP_MINUTES * 60_000;
    return t('common.wait_until', { jam: this.hour(Math.ceil((this.now + minutes * 60_000) / step) * step) });
  }

  date(year = true): string {
    return dateText(this.now, this.offset, language.current, year);
  }
}

export const site = new SiteState();
