// A form keeps what was typed, whatever happens on the way.
import { expect, test } from 'vitest';
import { ApiError } from '../api/errors';
import { Form } from './form.svelte';

const BEFORE = { nama: 'Loket 1', services: ['umum'] };
const refusal = (fields: Record<string, string>) => new ApiError('VALIDATION', 'Periksa isian.', 422, fields);

test('sends what changed, and has nothing left to save', async () => {
  const form = new Form({ ...BEFORE });
  form.draft.nama = 'Loket A';
  expect([form.dirty, form.changes]).toEqual([true, { nama: 'Loket A' }]);
  expect(await form.send(async (_, changes) => changes)).toEqual({ nama: 'Loket A' });
  expect([form.dirty, form.saved]).toEqual([false, true]);
});

test('what is typed while it sends is still to be saved', async () => {
  const form = new Form({ ...BEFORE });
  form.draft.nama = 'Loket A';
  let answer = (): void => undefined;
  const sending = form.send(() => new Promise<boolean>((done) => (answer = () => done(true))));
  await Promise.resolve();
  form.draft.nama = 'Loket AB';
  answer();
  await sending;
  expect([form.dirty, form.changes]).toEqual([true, { nama: 'Loket AB' }]);
});

test('a refused field is wrong until it is changed, the others stay so', async () => {
  const form = new Form({ ...BEFORE });
  form.draft.nama = '';
  const done = await form.send(() => Promise.reject(refusal({ nama: 'Isi nama.', services: 'Pilih satu.' })));
  expect([done, form.wrong]).toEqual([null, { nama: 'Isi nama.', services: 'Pilih satu.' }]);
  form.draft.nama = 'Loket 1';
  expect(form.wrong).toEqual({ services: 'Pilih satu.' });
});

test('somebody else’s change is followed where nothing was typed', () => {
  const form = new Form({ ...BEFORE });
  form.draft.nama = 'Loket A';
  form.follow({ nama: 'Loket Satu', services: ['gigi'] });
  expect(form.now).toEqual({ nama: 'Loket A', services: ['gigi'] });
  expect(form.changes).toEqual({ nama: 'Loket A' });
});

test('the same wish after a lost answer has the same key, another wish another', async () => {
  const form = new Form({ ...BEFORE });
  const keys: string[] = [];
  const lost = (_: unknown, __: unknown, key: string) => {
    keys.push(key);
    // Nobody waits any more, so nothing is tried again.
    form.stop();
    return Promise.reject(new ApiError('OFFLINE', '', 0));
  };
  form.draft.nama = 'Loket A';
  await form.send(lost);
  await form.send(lost);
  form.draft.nama = 'Loket B';
  await form.send(lost);
  expect(keys[0]).toBe(keys[1]);
  expect(keys[2]).not.toBe(keys[1]);
});
