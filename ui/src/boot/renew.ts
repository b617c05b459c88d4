// The hub was updated while this page stayed open: the page is loaded anew, at a moment that disturbs nobody.
import { host } from '../host';
import { reloadWhenHubAnswers } from './reload';

declare const __LOBI_VERSION__: string;

/** The version of Lobi that this page was built with. */
export const PAGE_VERSION = __LOBI_VERSION__;
const LOOK_EVERY_MS = 2_000;
/** Whoever touched something this recently is still at it. */
const HANDS_OFF_MS = 20_000;

export class Renewal {
  #busy = new Set<() => boolean>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #touched = -Infinity;
  #reload: () => void;

  constructor(reload: () => void = () => void reloadWhenHubAnswers()) {
    this.#reload = reload;
  }

  /** Notes every touch and key of this page. */
  watchHands(): void {
    const touched = () => (this.#touched = performance.now());
    for (const kind of ['pointerdown', 'keydown', 'touchstart'])
      window.addEventListener(kind, touched, { capture: true, passive: true });
  }

  /** A part of the page says when it must not be interrupted. Returns a way to take that back. */
  notWhile(busy: () => boolean): () => void {
    this.#busy.add(busy);
    return () => void this.#busy.delete(busy);
  }

  /** What the hub says it is. */
  hubIs(version: string): void {
    if (version === PAGE_VERSION) return this.#rest();
    // Where loading anew does not help (the desktop program brings its own pages), once is enough.
    if (this.#timer !== undefined || host().remember.tab.read('renewed') === version) return;
    this.#timer = setInterval(() => {
      if (!this.quiet) return;
      this.#rest();
      host().remember.tab.write('renewed', version);
      this.#reload();
    }, LOOK_EVERY_MS);
  }

  /** Nobody would notice if the page were loaded anew now. */
  get quiet(): boolean {
    return performance.now() - this.#touched >= HANDS_OFF_MS && ![...this.#busy].some((busy) => busy());
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

export const renewal = new Renewal();
