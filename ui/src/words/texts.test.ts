// Both languages are complete, say the same with the same placeholders, and their types are what the files say.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FOLDER, keysOf, sectionsOf } from '../../scripts/generate-texts.mjs';
import { t, tn } from './language.svelte';
import { fill, missing, text } from './texts';

/** All texts of a language, also those that only the hub reads. */
function flat(language: string): Map<string, string> {
  const hub = Object.entries(sectionsOf(join(language, 'hub')));
  const all = [...Object.entries(sectionsOf(language)), ...hub];
  return new Map(
    all.flatMap(([section, texts]) =>
      Object.entries(texts).map(([key, words]) => [`${section}.${key}`, words]),
    ),
  );
}
const indonesian = flat('id');
const english = flat('en');
const holes = (words: string) => [...new Set(words.match(/\{\w+\}/g) ?? [])].sort();

describe('texts', () => {
  test('every key exists in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...indonesian.keys()].sort());
  });

  test('the languages are cut into the same files', () => {
    const files = (language: string) => readdirSync(join(FOLDER, language), { recursive: true }).sort();
    expect(files('en')).toEqual(files('id'));
  });

  test('no text is empty', () => {
    for (const [key, words] of [...indonesian, ...english]) expect(words.trim(), key).not.toBe('');
  });

  test('placeholders are the same in both languages', () => {
    for (const [key, words] of indonesian) expect(holes(english.get(key) ?? ''), key).toEqual(holes(words));
  });

  test('the types are made from the files', () => {
    expect(readFileSync('src/words/keys.ts', 'utf8')).toBe(keysOf(sectionsOf('id')));
  });

  test('placeholders are filled and unknown ones stay visible', () => {
    expect(fill('{nomor} ke {loket}', { nomor: 'A012' })).toBe('A012 ke {loket}');
    expect(text('id', 'common.counter_n', { n: 3 })).toBe('Loket 3');
    expect(text('en', 'common.counter_n', { n: 3 })).toBe('Counter 3');
  });

  test('a placeholder that is forgotten or invented does not compile', () => {
    // @ts-expect-error `n` is missing.
    t('common.counter_n');
    // @ts-expect-error the text has no `jam`.
    t('common.counter_n', { n: 1, jam: 2 });
    // @ts-expect-error the text has no placeholder at all.
    t('common.loading', { n: 1 });
    // @ts-expect-error there is no such text.
    t('common.nothing');
    expect(tn('common.minutes', 1)).toContain('1');
  });

  test('another language than Indonesian brings the words for refusals along', () => {
    expect(missing('id', ['kiosk'])).not.toContain('errors');
    // All words are at hand in tests; a section that exists nowhere would be asked for.
    expect(missing('en', ['absent' as 'kiosk'])).toEqual(['absent']);
  });
});
