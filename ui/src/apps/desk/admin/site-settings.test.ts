// The site's settings in an admin's hands.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SiteSettings } from '../../../api/site-settings';
import { useHost } from '../../../host';
import { fakeHost, refusal, type FakeHost } from '../../../host/fake';
import { SiteForm } from './site-settings.svelte';

const settings: SiteSettings = {
  nama: 'Puskesmas Antang',
  kota: 'Makassar',
  zona: 'WITA',
  hari_mulai: '03:00',
  info_id: '',
  info_en: '',
  logo: null,
  public_address: '',
  speech: { numbers: 'words', english: false },
  printer: null,
  terlambat: { otomatis: false, panggil_ulang: 2, jeda_detik: 60, kembali: 'tempat', setelah: 3 },
  daftar: { hari_ke_depan: 7, wajib_hadir: true, per_hp: 5 },
  panggil_otomatis: 0,
  kiosk_kenal: false,
};
let host: FakeHost;
let form: SiteForm;
let save: (body: unknown, request: Request) => unknown;
let present: () => unknown;

beforeEach(async () => {
  vi.useFakeTimers();
  present = () => settings;
  save = (body) => ({ ...settings, ...(body as object) });
  host = fakeHost({
    answer: (method, _, body, request) => (method === 'POST' ? save(body, request) : present()),
  });
  useHost(host);
  form = new SiteForm();
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

describe('two admins', () => {
  const versioned = (version: number, changes: Partial<SiteSettings> = {}) =>
    Response.json({ ...settings, ...changes }, { headers: { ETag: `"${version}"` } });
  let seen: (string | null)[];

  beforeEach(async () => {
    seen = [];
    present = () => versioned(4);
    await form.load();
  });

  /** The hub as it is once somebody else saved these changes as version 5. */
  function theirs(changes: Partial<SiteSettings>) {
    present = () => versioned(5, changes);
    save = (body, request) => {
      seen.push(request.headers.get('If-Match'));
      if (seen.at(-1) !== '"5"') return refusal(412, 'CHANGED_MEANWHILE', 'Baru saja diubah orang lain.');
      return versioned(6, { ...changes, ...(body as Partial<SiteSettings>) });
    };
  }

  test('saving names the version that was looked at, then the one that was saved', async () => {
    let version = 4;
    save = (body, request) => {
      seen.push(request.headers.get('If-Match'));
      return versioned(++version, body as Partial<SiteSettings>);
    };
    form.draft!.kota = 'Gowa';
    await form.save();
    form.draft!.kota = 'Maros';
    await form.save();
    expect(seen).toEqual(['"4"', '"5"']);
  });

  test('what the other one saved is shown, what was typed here stays and can be saved', async () => {
    theirs({
      nama: 'Puskesmas Bontoala',
      info_id: 'Buka sampai 12.00',
      speech: { numbers: 'digits', english: false },
    });
    form.draft!.info_id = 'Libur besok';
    form.draft!.speech.english = true;
    form.printer.connection = '192.168.1.50';
    expect(await form.save()).toBe(false);
    expect(form.problem).toMatchObject({
      code: 'CHANGED_MEANWHILE',
      message: 'Baru saja diubah orang lain.',
    });
    expect(form.draft).toMatchObject({
      nama: 'Puskesmas Bontoala',
      info_id: 'Libur besok',
      speech: { numbers: 'digits', english: true },
    });
    expect([form.printer.connection, form.dirty, form.saved]).toEqual(['192.168.1.50', true, false]);

    expect(await form.save()).toBe(true);
    expect(seen).toEqual(['"4"', '"5"']);
    expect(form.draft).toMatchObject({ nama: 'Puskesmas Bontoala', info_id: 'Libur besok' });
    expect([form.problem, form.dirty]).toEqual([null, false]);
  });

  test('the same wish of both leaves nothing to save', async () => {
    theirs({ kota: 'Gowa' });
    form.draft!.kota = 'Gowa';
    await form.save();
    expect([form.draft?.kota, form.dirty]).toEqual(['Gowa', false]);
  });

  test('without an answer to the question what there is now, all that was typed stays', async () => {
    theirs({ nama: 'Puskesmas Bontoala' });
    present = () => {
      throw new TypeError('no network');
    };
    form.draft!.kota = 'Gowa';
    await form.save();
    expect(form.draft).toMatchObject({ nama: 'Puskesmas Antang', kota: 'Gowa' });
    expect([form.problem?.code, form.dirty, form.busy]).toEqual(['CHANGED_MEANWHILE', true, false]);
  });
});

test('a hub that gives no version is asked without one', async () => {
  let asked: string | null = 'nothing';
  save = (body, request) => {
    asked = request.headers.get('If-Match');
    return { ...settings, ...(body as object) };
  };
  form.draft!.kota = 'Gowa';
  await form.save();
  expect(asked).toBeNull();
});
