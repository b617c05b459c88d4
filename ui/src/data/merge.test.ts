// Two people change the same thing.
import { expect, test } from 'vitest';
import { changed, merged, same } from './merge';

const before = {
  nama: 'Poli Umum',
  kode: 'A',
  services: ['umum'],
  speech: { numbers: 'words', english: false },
};

test('what nobody touched follows, what was typed stays', () => {
  const typed = { ...before, nama: 'Poli Umum & Lansia' };
  const present = { ...before, kode: 'B', nama: 'Umum' };
  expect(merged(typed, before, present)).toEqual({ ...before, nama: 'Poli Umum & Lansia', kode: 'B' });
});

test('groups are merged field by field, lists as a whole', () => {
  const typed = { ...before, speech: { numbers: 'digits', english: false }, services: ['umum', 'gigi'] };
  const present = { ...before, speech: { numbers: 'words', english: true }, services: ['kia'] };
  expect(merged(typed, before, present)).toMatchObject({
    speech: { numbers: 'digits', english: true },
    services: ['umum', 'gigi'],
  });
});

test('only what changed is sent', () => {
  expect(changed({ ...before, kode: 'C' }, before)).toEqual({ kode: 'C' });
  expect(changed({ ...before }, before)).toEqual({});
  expect(same(['a'], ['a'])).toBe(true);
});
