// A code that is held to a camera is in many pictures and means one thing.

/** How long a code must be out of the picture before it counts as shown again. */
const GONE_MS = 1_200;

export class Seen {
  #last: string | null = null;
  #at = 0;

  /** What a picture showed at `now` (milliseconds); true when it came into view just now. */
  isNew(text: string | null, now: number): boolean {
    if (this.#last !== null && now - this.#at > GONE_MS) this.#last = null;
    if (text === null) return false;
    this.#at = now;
    if (text === this.#last) return false;
    this.#last = text;
    return true;
  }
}
