// Trying a scanner: what arrived, how fast and with which end, and what to do where it could not be read.
import { readScan, PAUSE_MS, type Scan, type Scanner } from '../../../parts/scanner';
import { scannerHere } from '../../../parts/scanner-pace';

export interface Tried {
  text: string;
  /** Usual milliseconds between two keys; null for a single one. */
  pace: number | null;
  suffix: string | null;
  outcome: 'read' | 'other' | 'person' | 'short';
}

/** What came with so few keys says nothing about a scanner. */
const FEWEST_KEYS = 4;

export class ScannerTrial {
  tried = $state.raw<Tried | null>(null);

  #scanner: Scanner = scannerHere();
  #keys: string[] = [];
  #times: number[] = [];
  #paused: ReturnType<typeof setTimeout> | undefined;

  /** One key in the box; true when it must not reach anything else. */
  press(key: string, at: number, repeat = false): boolean {
    clearTimeout(this.#paused);
    const scan = this.#scanner.press(key, at, repeat);
    const end = key === 'Enter' || key === 'Tab';
    if (scan) this.#tell(scan);
    else if (end) {
      // An end without anything before it is somebody's key: Tab leaves the box, Enter is nobody's.
      if (!this.#keys.length) return key === 'Enter';
      this.#judge(key);
    } else if (!repeat && [...key].length === 1) {
      this.#keys.push(key);
      this.#times.push(at);
    }
    // A person goes on typing after a pause; what is shown then is replaced by what comes.
    if (!end) this.#paused = setTimeout(() => this.#late(), PAUSE_MS);
    return end;
  }

  stop(): void {
    clearTimeout(this.#paused);
  }

  #late(): void {
    const scan = this.#scanner.pause();
    if (scan) this.#tell(scan);
    else if (this.#keys.length) this.#judge(null);
  }

  #tell({ text, usual, suffix }: Scan): void {
    const outcome = readScan(text).kind === 'words' ? 'other' : 'read';
    this.#show({ text, pace: Math.round(usual), suffix, outcome });
  }

  /** It was no scan: because it was slow and uneven, or because there was next to nothing of it. */
  #judge(suffix: string | null): void {
    const gaps = this.#times.slice(1).map((at, index) => at - this.#times[index]!);
    const pace = gaps.length ? Math.round(gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)]!) : null;
    const outcome = this.#keys.length < FEWEST_KEYS ? 'short' : 'person';
    this.#show({ text: this.#keys.join(''), pace, suffix, outcome });
  }

  #show(tried: Tried): void {
    this.tried = tried;
    this.#keys = [];
    this.#times = [];
  }
}
