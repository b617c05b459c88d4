// A USB scanner types like a very fast person and ends with Enter: here it is told from people, and its text is read.

/** What a scanned or typed text means. */
export type Reading =
  /** The code on a ticket, ten characters. */
  | { kind: 'code'; code: string }
  /** A queue number: A012. */
  | { kind: 'number'; nomor: string }
  /** Anything else: a name, a piece of a number. */
  | { kind: 'words'; words: string };

/** How this machine's scanner was found to type; kept on the machine. */
export interface Pace {
  /** The longest gap between two of its keys, in milliseconds. */
  slowest: number;
  /** What it ends with; null: nothing. */
  suffix: string | null;
}

/** What was read, and how it arrived. */
export interface Scan extends Pace {
  text: string;
  /** The usual gap between two keys. */
  usual: number;
}

/** No person keeps up one key every 60 ms for a whole code. */
const FAST_MS = 60;
/** Nobody's usual gap is as short as this. */
const MACHINE_MS = 25;
/** A longer gap than this ends whatever was being typed; no scanner is slower. */
const LONGEST_GAP_MS = 150;
/** A scanner without a last key is read when nothing has come for this long. */
export const PAUSE_MS = 250;
/** Fewer keys than this may be a person's two fingers at once. */
const FEWEST_KEYS = 4;
/** So many gaps of one length are no person's, and so many keys without an end no accident. */
const EVEN_KEYS = 10;
const FEWEST_WITHOUT_END = 6;
/** How many hiccups a cable or the air may cause within one scan. */
const HICCUPS = 2;
const ENDS = ['Enter', 'Tab'];

/** Watches every key of a page and notices when a scanner typed. Time is passed in. */
export class Scanner {
  #keys: string[] = [];
  /** Before each key but the first. */
  #gaps: number[] = [];
  #last = -Infinity;
  #known: Pace | null;
  #learned: (pace: Pace) => void;

  /** `known`: what `learned` was told on this machine before. */
  constructor(known: Pace | null = null, learned: (pace: Pace) => void = () => undefined) {
    this.#known = known;
    this.#learned = learned;
  }

  /** One key, as `KeyboardEvent.key`, at a time in milliseconds. What was scanned when this key ended it, else null. */
  press(key: string, at: number, repeat = false): Scan | null {
    // A key that is held down comes evenly, too.
    if (repeat) return this.#forget();
    const gap = at - this.#last;
    if (ENDS.includes(key)) return gap > LONGEST_GAP_MS ? this.#forget() : this.#read(key, gap);
    // Shift and its like stand between the letters of a scan.
    if ([...key].length !== 1) return null;
    if (gap > LONGEST_GAP_MS) this.#forget();
    else this.#gaps.push(gap);
    this.#keys.push(key);
    this.#last = at;
    return null;
  }

  /** Nothing has come for [`PAUSE_MS`]: what was scanned by a scanner that ends with nothing. */
  pause(): Scan | null {
    return this.#read(null, 0);
  }

  /** How long a single key must be held back to know that it is not the first of a scan. */
  get holdMs(): number {
    return this.#limit + 10;
  }

  /** Whether keys are arriving too fast for a person. */
  get running(): boolean {
    return this.#gaps.length > 0 && this.#gaps.at(-1)! <= this.#limit;
  }

  /** Gaps up to here are this machine's scanner. */
  get #limit(): number {
    return Math.min(LONGEST_GAP_MS, Math.max(FAST_MS, (this.#known?.slowest ?? 0) * 1.3));
  }

  #read(end: string | null, endGap: number): Scan | null {
    const [keys, gaps] = [this.#keys, this.#gaps];
    this.#forget();
    const scans = keys.flatMap((_, from) => {
      const scan = scanOf(keys.slice(from), gaps.slice(from), end);
      const before = gaps[from - 1];
      // Within an even row there is no place where a scan could begin.
      if (before !== undefined && before <= Math.max(FAST_MS, scan.usual * 1.5)) return [];
      return this.#isScan(scan, gaps.slice(from), endGap) ? [scan] : [];
    });
    // Letters that somebody typed before a code do not belong to it.
    const scan = scans.find((one) => /[A-Z]/i.test(one.text) && isCode(one.text)) ?? scans[0];
    if (!scan) return null;
    this.#known = { slowest: scan.slowest, suffix: scan.suffix };
    this.#learned(this.#known);
    return scan;
  }

  #isScan(scan: Scan, gaps: number[], endGap: number): boolean {
    const { usual, slowest, text } = scan;
    const keys = gaps.length + 1;
    const code = isCode(text);
    const even = slowest <= usual * 1.2 + 5 && Math.min(...gaps) >= usual * 0.8 - 5;
    const hiccups = gaps.filter((gap) => gap > FAST_MS).length;
    const machine = usual <= MACHINE_MS && hiccups <= HICCUPS && keys >= FEWEST_WITHOUT_END;
    // A code is looked up whoever typed it; nobody types one in a single breath.
    if (machine || (code && (usual <= FAST_MS || even))) return true;
    if (even && keys >= EVEN_KEYS) return true;
    if (scan.suffix === null && this.#known?.suffix !== null) return false;
    const fast = slowest <= FAST_MS && endGap <= FAST_MS;
    return keys >= FEWEST_KEYS && (fast || (even && Math.max(slowest, endGap) <= this.#limit));
  }

  #forget(): null {
    this.#keys = [];
    this.#gaps = [];
    this.#last = -Infinity;
    return null;
  }
}

function isCode(text: string): boolean {
  return readScan(text).kind === 'code';
}

function scanOf(keys: string[], gaps: number[], suffix: string | null): Scan {
  const sorted = [...gaps].sort((a, b) => a - b);
  const usual = sorted[Math.floor(sorted.length / 2)] ?? Infinity;
  return { text: keys.join(''), usual, slowest: sorted[sorted.length - 1] ?? Infinity, suffix };
}

/** Crockford's letters, with those that people read into them. */
const CODE = '[0-9A-Z]{5}[- ]?[0-9A-Z]{5}';
/** Keyboards of other countries turn `/t/` into `&t&`. */
const IN_ADDRESS = new RegExp(`[^0-9A-Z]T[^0-9A-Z](${CODE})[^0-9A-Z]*$`);
const ALONE = new RegExp(`^(${CODE})$`);
const NUMBER = /^([A-Z])[ -]?(\d{1,4})$/;

/** Reads a ticket's address, a code with or without its dash, or a number. */
export function readScan(text: string): Reading {
  // The key that leads into the search may come along with what is typed fast after it.
  const plain = text.trim().replace(/^\/+/, '').toUpperCase();
  const code = IN_ADDRESS.exec(plain)?.[1] ?? alone(plain);
  if (code) return { kind: 'code', code: code.replace(/[- ]/g, '') };
  const [, letter, digits] = NUMBER.exec(plain) ?? [];
  if (letter && digits) return { kind: 'number', nomor: letter + digits.padStart(3, '0') };
  return { kind: 'words', words: text.trim() };
}

/** A code on its own must carry a digit or a dash, or "Syamsul Ad" would be taken for one. */
function alone(plain: string): string | undefined {
  const code = ALONE.exec(plain)?.[1];
  return code && /[\d-]/.test(code) ? code : undefined;
}
