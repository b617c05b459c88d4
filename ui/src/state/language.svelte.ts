// Which language this screen speaks, and the one function every screen gets its words from.
import { host } from '../host';
import { LANGUAGES, text, type Language, type Params, type TextKey } from '../texts';

class LanguageChoice {
  current = $state<Language>('id');

  /** Takes `?lang=` from the address, else what this machine chose before, else Indonesian. */
  start(address: URLSearchParams): void {
    const wanted = address.get('lang') ?? host().remember.machine.read('language');
    this.show(LANGUAGES.find((language) => language === wanted) ?? 'id');
  }

  /** Changes the language without remembering it: for screens that many people share. */
  show(language: Language): void {
    this.current = language;
    document.documentElement.lang = language;
  }

  /** Changes the language and remembers it on this machine. */
  choose(language: Language): void {
    this.show(language);
    host().remember.machine.write('language', language);
  }

  get other(): Language {
    return this.current === 'id' ? 'en' : 'id';
  }
}

export const language = new LanguageChoice();

/** The words behind a key, in the language now shown. */
export function t(key: TextKey, params?: Params): string {
  return text(language.current, key, params);
}

type CountedKey = {
  [K in TextKey]: `${K}_one` extends TextKey ? K : never;
}[TextKey];

/** Like `t`, with the singular words where `n` is one. */
export function tn(key: CountedKey, n: number, params?: Params): string {
  return t(n === 1 ? (`${key}_one` as TextKey) : key, { n, ...params });
}
