// What a new colleague, service and counter begin with.
import { expect, test } from 'vitest';
import { freeNumber } from './counters/counter.svelte';
import { freeLetter } from './services/service.svelte';
import { ColleagueForm, usernameOf } from './staff/colleague.svelte';

test.each([
  ['Sari Amelia', 'sari'],
  ['drg. Mira Tanjung', 'mira'],
  ['dr. H. Yusuf', 'yusuf'],
  ['I Made Sudarma', 'i'],
  ['Ännchen', 'annchen'],
  ['  ', ''],
])('%s signs in as "%s"', (name, username) => expect(usernameOf(name)).toBe(username));

test('the suggested name follows until somebody types another', () => {
  const one = new ColleagueForm(null);
  one.name('Sari');
  one.name('Sari Amelia');
  expect(one.form.draft.username).toBe('sari');
  one.form.draft.username = 'sari.a';
  one.name('Sari A');
  expect(one.form.draft.username).toBe('sari.a');
});

test('own services mean nothing to whoever serves the whole house', () => {
  const one = new ColleagueForm(null);
  expect(one.bound).toBe(true);
  one.form.draft.roles = ['petugas', 'penerima_tamu'];
  expect(one.bound).toBe(false);
});

test('the first free letter and number are offered', () => {
  expect(freeLetter(['A', 'C'])).toBe('B');
  expect(freeLetter([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'])).toBe('');
  expect(freeNumber([1, 2, 4])).toBe(3);
});
