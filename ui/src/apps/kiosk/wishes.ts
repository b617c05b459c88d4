// What visitors have asked for and got no answer to yet. It outlives the page: a kiosk that is loaded again asks with the
// same key, so that one touch stays one number.
import { newKey } from '../../api/client';
import type { Memory } from '../../host';
import { LANGUAGES, type Language } from '../../words/texts';
import type { Identity } from './identity';

/** A wish keeps its key and what was asked, so that sending it again is the same wish. */
export interface Wish {
  slug: string;
  /** The priority class that the visitor said. */
  kelas: string | null;
  /** Who they said they are: never written down, so such a wish ends with its page. */
  who: Identity | null;
  key: string;
  at: number;
  cetak: boolean;
  language: Language;
}

const NAME = 'kiosk.wishes';
/** A wish whose answer was lost keeps its key this long, so that trying again cannot make a second number. */
export const KEEP_KEY_MS = 10 * 60_000;
/** Whoever asked this long ago at most still stands there when the page is loaded again. */
export const STILL_THERE_MS = 60_000;

export class Wishes {
  #memory: Memory;
  #now: () => number;
  #open: Map<string, Wish>;

  constructor(memory: Memory, now: () => number = Date.now) {
    this.#memory = memory;
    this.#now = now;
    this.#open = new Map(this.#recall().map((wish) => [nameOf(wish), wish]));
  }

  /** The wish for a service, said with or without a class and by whom: the one without an answer, or a new one. */
  for(
    slug: string,
    cetak: boolean,
    language: Language,
    kelas: string | null = null,
    who: Identity | null = null,
  ): Wish {
    const kept = this.#open.get(nameOf({ slug, kelas, who }));
    if (kept && this.#age(kept) < KEEP_KEY_MS) return kept;
    const wish = { slug, kelas, who, key: newKey(), at: this.#now(), cetak, language };
    this.#open.set(nameOf(wish), wish);
    this.#keep();
    return wish;
  }

  isOpen(wish: Wish): boolean {
    return this.#open.get(nameOf(wish))?.key === wish.key;
  }

  /** It has its answer, or was refused. */
  end(wish: Wish): void {
    if (!this.isOpen(wish)) return;
    this.#open.delete(nameOf(wish));
    this.#keep();
  }

  /** The last wish of somebody who may still be waiting for it. */
  get latest(): Wish | undefined {
    return [...this.#open.values()].filter((one) => this.#age(one) < STILL_THERE_MS).pop();
  }

  /** A clock that was set, in either direction, must not hand an old wish to the next visitor. */
  #age(wish: Wish): number {
    return Math.abs(this.#now() - wish.at);
  }

  #keep(): void {
    const wishes = [...this.#open.values()].filter((one) => one.who === null);
    this.#memory.write(NAME, wishes.length ? JSON.stringify(wishes) : null);
  }

  #recall(): Wish[] {
    try {
      const kept = JSON.parse(this.#memory.read(NAME) ?? '[]') as unknown;
      return Array.isArray(kept) ? kept.filter(isWish).filter((one) => this.#age(one) < KEEP_KEY_MS) : [];
    } catch {
      return [];
    }
  }
}

/** What makes two wishes the same. */
function nameOf({ slug, kelas, who }: Pick<Wish, 'slug' | 'kelas' | 'who'>): string {
  return `${slug} ${kelas ?? ''} ${who?.digits ?? ''}`;
}

function isWish(one: unknown): one is Wish {
  const { slug, kelas, who, key, at, cetak, language } = (one ?? {}) as Partial<Wish>;
  return (
    typeof slug === 'string' &&
    (kelas === null || typeof kelas === 'string') &&
    who === null &&
    typeof key === 'string' &&
    typeof at === 'number' &&
    typeof cetak === 'boolean' &&
    LANGUAGES.includes(language as Language)
  );
}
