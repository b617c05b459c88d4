// A USB scanner types like a very fast person and ends with Enter: here it is told from people, and its text is read.

/** What a scanned or typed text means. */
export type Reading =
  /** The code on a ticket, ten characters. */
  | { kind: 'code'; code: string }
  /** A queue number: A012. */
  | { kind: 'number'; nomor: string }
  /** Anything else: a name, a piece of a number. */
  | { kind: 'words'; words: string };

/** No person keeps up one key every 60 ms for a whole code; slow scanners need about 30. */
const LONGEST_GAP_MS = 60;
/** Fewer keys than this may be a person's two fingers at once. */
const FEWEST_KEYS = 4;
const ENDS = ['Enter', 'Tab'];

/** Watches every key of a page and notices when a scanner typed. Time is passed in. */
export class Scanner {
  #text = '';
  #last = -Infinity;

  /** One key, as `KeyboardEvent.key`, at a time in milliseconds. The scanned text when this key ended one, else null. */
  press(key: string, at: number): string | null {
    const gap = at - this.#last;
    if (ENDS.includes(key)) {
      const text = this.#text;
      this.#text = '';
      return gap <= LONGEST_GAP_MS && text.length >= FEWEST_KEYS ? text : null;
    }
    // Shift and its like stand between the letters of a scan.
    if ([...key].length !== 1) return null;
    this.#text = gap <= LONGEST_GAP_MS ? this.#text + key : key;
    this.#last = at;
    return null;
  }

  /** How long a single key must be held back to know that it is not the first of a scan. */
  static readonly HOLD_MS = LONGEST_GAP_MS + 10;

  /** Whether keys are arriving too fast for a person. */
  get running(): boolean {
    return [...this.#text].length > 1;
  }
}

/** Crockford's letters, with those that people read into them. */
const CODE = '[0-9A-Z]{5}[- ]?[0-9A-Z]{5}';
/** Keyboards of other countries turn `/t/` into `&t&`. */
const IN_ADDRESS = new RegExp(`[^0-9A-Z]T[^0-9A-Z](${CODE})[^0-9A-Z]*$`);
const ALONE = new RegExp(`^(${CODE})$`);
const NUMBER = /^([A-Z])[ -]?(\d{1,4})$/;

/** Reads a ticket's address, a code with or without its dash, or a number. */
export function readScan(text: string): Reading {
  const plain = text.trim().toUpperCase();
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
