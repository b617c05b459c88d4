// The site's settings in an admin's hands.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SiteSettings } from '../api/site-settings';
import { useHost } from '../host';
import { fakeHost, type FakeHost } from '../host/fake';
import { SiteForm } from './site-settings.svelte';

const settings: SiteSettings = {
  nama: 'Puskesmas Antang',
  kota: 'Makassar',
  zona: 'WITA',
  info_id: '',
  info_en: '',
  logo: null,
  public_address: '',
  speech: { numbers: 'words', english: false },
  printer: null,
};
let host: FakeHost;
let form: SiteForm;
let save: (body: unknown) => unknown;

beforeEach(async () => {
  vi.useFakeTimers();
  save = (body) => ({ ...settings, ...(body as object) });
  host = fakeHost({ answer: (method, _, body) => (method === 'POST' ? save(body) : settings) });
  useHost(host);
  form = new SiteForm('token', () => undefined);
  await form.load();
});
afterEach(() => {
  form.stop();
  vi.useRealTimers();
});

test('what is typed while it saves stays, and is still to be saved', async () => {
  let answer = (): void => undefined;
  save = (body) => new Promise((done) => (answer = () => done({ ...settings, ...(body as object) })));
  form.draft!.nama = 'Puskesmas Bontoala';
  const saving = form.save();
  await vi.advanceTimersByTimeAsync(0);
  form.draft!.kota = 'Gowa';
  answer();
  expect(await saving).toBe(true);
  expect(form.draft).toMatchObject({ nama: 'Puskesmas Bontoala', kota: 'Gowa' });
  expect(form.dirty).toBe(true);
});

test('saved as it stands, nothing is left to save', async () => {
  form.draft!.kota = '  Gowa ';
  await form.save();
  expect(form.draft?.kota).toBe('Gowa');
  expect([form.dirty, form.saved]).toEqual([false, true]);
});
