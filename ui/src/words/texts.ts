// The only way to words: a typed lookup over assets/texts, loaded by section, so that a phone does not carry the desk's.
import clientErrors from '../../../assets/texts/id/client_errors.json';
import common from '../../../assets/texts/id/common.json';
import type { Texts } from './keys';

export type Language = 'id' | 'en';
export const LANGUAGES: readonly Language[] = ['id', 'en'];

export type Section = keyof Texts & string;
/** Every key that exists, dotted: `kiosk.title`. */
export type TextKey = { [S in Section]: `${S}.${keyof Texts[S] & string}` }[Section];
export type Params = Record<string, string | number>;

/** The names of a text's placeholders. */
export type Holes<K> = K extends `${infer S extends Section}.${infer Name}`
  ? Name extends keyof Texts[S]
    ? Texts[S][Name]
    : never
  : never;
/** What has to be given with a key: every placeholder of its text, and nothing where there is none. */
export type Given<K> = [Holes<K>] extends [never]
  ? [params?: Record<string, never>]
  : [params: Record<Holes<K> & string, string | number>];

/** Keys whose texts have no placeholder: what a list of labels is made of. */
export type PlainKey = { [K in TextKey]: [Holes<K>] extends [never] ? K : never }[TextKey];

type Words = Record<string, string>;

/** What is not here yet; the words of every page come with the page. */
const FILES = import.meta.glob<Words>(
  [
    '../../../assets/texts/*/*.json',
    '!../../../assets/texts/*/browser.json',
    '!../../../assets/texts/id/{common,client_errors}.json',
  ],
  { import: 'default' },
);
const LOADED: Record<Language, Record<string, Words | undefined>> = {
  id: { common, client_errors: clientErrors },
  en: {},
};
/** Read on every page. */
const ALWAYS: readonly Section[] = ['common', 'client_errors'];

/** The sections that `language` lacks for a page that reads `sections`. */
export function missing(language: Language, sections: Iterable<Section>): Section[] {
  const wanted = new Set<Section>([...ALWAYS, ...sections]);
  // The hub's refusals are Indonesian sentences; only in another language is their code looked up.
  if (language !== 'id') wanted.add('errors');
  return [...wanted].filter((section) => !LOADED[language][section]);
}

/** Loads a section; rejects when its file does not arrive. */
export async function loadSection(language: Language, section: Section): Promise<void> {
  const file = FILES[`../../../assets/texts/${language}/${section}.json`];
  if (file) put(language, section, await file());
}

/** Puts the words of a section in place. */
export function put(language: Language, section: string, words: Words): void {
  LOADED[language][section] = words;
}

/** The words behind a key, with `{placeholders}` filled in. */
export function text(language: Language, key: TextKey, params: Params = {}): string {
  return fill(find(language, key) ?? find('id', key) ?? key, params);
}

/** The words behind a key that may not exist. */
export function find(language: Language, key: string): string | undefined {
  const dot = key.indexOf('.');
  return LOADED[language][key.slice(0, dot)]?.[key.slice(dot + 1)];
}

/** Puts values into `{placeholders}`; one without a value stays visible, so that a test can find it. */
export function fill(words: string, params: Params): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
