// The hidden gesture that leads staff out of a locked screen: a long hold or five quick taps in the top left corner.

export const CORNER_PX = 120;
export const HOLD_MS = 5_000;
export const TAPS = 5;
export const TAPS_WITHIN_MS = 3_000;

export class HiddenDoor {
  #open: () => void;
  #holding: ReturnType<typeof setTimeout> | undefined;
  #taps: number[] = [];

  constructor(open: () => void) {
    this.#open = open;
  }

  /** A finger came down. */
  down(x: number, y: number, now = performance.now()): void {
    this.up();
    if (x > CORNER_PX || y > CORNER_PX) {
      this.#taps = [];
      return;
    }
    this.#taps = [...this.#taps.filter((at) => now - at < TAPS_WITHIN_MS), now];
    if (this.#taps.length >= TAPS) this.#found();
    else this.#holding = setTimeout(() => this.#found(), HOLD_MS);
  }

  /** The finger left or moved away. */
  up(): void {
    clearTimeout(this.#holding);
  }

  #found(): void {
    this.up();
    this.#taps = [];
    this.#open();
  }
}
