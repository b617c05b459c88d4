// Both languages are complete, and say the same with the same placeholders.
import { describe, expect, test } from 'vitest';
import en from '../../assets/texts/en.json';
import id from '../../assets/texts/id.json';
import { fill, text } from './texts';

function flat(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  );
}
const indonesian = new Map(flat(id));
const english = new Map(flat(en));
const holes = (words: string) => [...new Set(words.match(/\{\w+\}/g) ?? [])].sort();

describe('texts', () => {
  test('every key exists in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...indonesian.keys()].sort());
  });

  test('no text is empty', () => {
    for (const [key, words] of [...indonesian, ...english]) expect(words.trim(), key).not.toBe('');
  });

  test('placeholders are the same in both languages', () => {
    for (const [key, words] of indonesian) expect(holes(english.get(key) ?? ''), key).toEqual(holes(words));
  });

  test('placeholders are filled and unknown ones stay visible', () => {
    expect(fill('{nomor} ke {loket}', { nomor: 'A012' })).toBe('A012 ke {loket}');
    expect(text('id', 'common.counter_n', { n: 3 })).toBe('Loket 3');
    expect(text('en', 'common.counter_n', { n: 3 })).toBe('Counter 3');
  });
});
