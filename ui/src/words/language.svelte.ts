// Which language this screen speaks, and the functions every screen gets its words from.
import { host } from '../host';
import {
  find,
  LANGUAGES,
  loadSection,
  missing,
  text,
  type Given,
  type Holes,
  type Language,
  type Params,
  type Section,
  type TextKey,
} from './texts';

class LanguageChoice {
  current = $state<Language>('id');
  /** What the pages opened so far read. */
  #needed = new Set<Section>();
  #wanted: Language = 'id';

  /** Takes `?lang=` from the address, else what this machine chose before, else Indonesian. */
  start(address: URLSearchParams): void {
    const wanted = address.get('lang') ?? host().remember.machine.read('language');
    this.#show(LANGUAGES.find((language) => language === wanted) ?? 'id');
    this.#wanted = this.current;
  }

  /** Loads the words of a page; rejects when they do not arrive. */
  async need(sections: readonly Section[]): Promise<void> {
    sections.forEach((section) => this.#needed.add(section));
    await this.#load(this.current);
  }

  /** Loads them in the other language too, for screens where a visitor may change it while the hub is away. */
  async prepareOther(): Promise<void> {
    await this.#load(this.other).catch(() => undefined);
  }

  /** Changes the language without remembering it: for screens that many people share. */
  show(language: Language): void {
    this.#wanted = language;
    if (!missing(language, this.#needed).length) return this.#show(language);
    this.#load(language).then(
      () => this.#wanted === language && this.#show(language),
      // Without its words a language cannot be shown: the present one stays.
      () => undefined,
    );
  }

  /** Changes the language and remembers it on this machine. */
  choose(language: Language): void {
    this.show(language);
    host().remember.machine.write('language', language);
  }

  get other(): Language {
    return this.current === 'id' ? 'en' : 'id';
  }

  #show(language: Language): void {
    this.current = language;
    document.documentElement.lang = language;
  }

  async #load(language: Language): Promise<void> {
    await Promise.all(missing(language, this.#needed).map((section) => loadSection(language, section)));
  }
}

export const language = new LanguageChoice();

/** The words behind a key, in the language now shown. */
export function t<K extends TextKey>(key: K, ...[params]: Given<K>): string {
  return text(language.current, key, params);
}

/** Like `t`, for a key that is chosen while the page runs: its placeholders are not checked. */
export function tAny(key: TextKey, params?: Params): string {
  return text(language.current, key, params);
}

/** The words behind a key put together from what the hub tells; undefined where there is none. */
export function tFound(key: string): string | undefined {
  return find(language.current, key);
}

type CountedKey = {
  [K in TextKey]: `${K}_one` extends TextKey ? K : never;
}[TextKey];

/** Like `t`, with the singular words where `n` is one. */
export function tn<K extends CountedKey>(
  key: K,
  n: number,
  ...[params]: [Exclude<Holes<K>, 'n'>] extends [never]
    ? []
    : [params: Record<Exclude<Holes<K>, 'n'> & string, string | number>]
): string {
  return tAny(n === 1 ? (`${key}_one` as TextKey) : key, { n, ...(params as Params | undefined) });
}
