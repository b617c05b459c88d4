// The only way to words: a typed lookup over assets/texts, so that no screen carries text of its own.
import en from '../../assets/texts/en.json' with { type: 'json' };
import id from '../../assets/texts/id.json' with { type: 'json' };

export type Language = 'id' | 'en';
export const LANGUAGES: readonly Language[] = ['id', 'en'];

type Keys<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : Keys<T[K], `${Prefix}${K}.`>;
}[keyof T & string];

/** Every key that exists, dotted: `kiosk.title`. */
export type TextKey = Keys<typeof id>;
export type Params = Record<string, string | number>;

const ALL: Record<Language, unknown> = { id, en };

/** The words behind a key, with `{placeholders}` filled in. */
export function text(language: Language, key: TextKey, params: Params = {}): string {
  return fill(lookup(language, key) ?? lookup('id', key) ?? key, params);
}

/** Puts values into `{placeholders}`; one without a value stays visible, so that a test can find it. */
export function fill(words: string, params: Params): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

function lookup(language: Language, key: string): string | undefined {
  let here: unknown = ALL[language];
  for (const part of key.split('.')) here = (here as Record<string, unknown> | undefined)?.[part];
  return typeof here === 'string' ? here : undefined;
}
