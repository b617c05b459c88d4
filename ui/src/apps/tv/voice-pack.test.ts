// Words that are recorded while a TV is on: heard from the next call on, and never at the price of the others.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Spoken } from '../../api/types';
import { useHost } from '../../host';
import { fakeHost, type FakeHost } from '../../host/fake';
import { VoicePack } from './voice-pack';

/** The hub's clips: the file of each name, and its length in bytes. */
let files: Record<string, [file: string, bytes: number]>;
let away: boolean;
let host: FakeHost;

beforeEach(() => {
  vi.useFakeTimers();
  files = { 'nomor-antrean': ['nomor-antrean.flac', 1000] };
  away = false;
  host = fakeHost({
    answer: (_, path) => {
      if (away) throw new TypeError('network');
      const file = /^\/api\/voices\/id\/(.+)$/.exec(path)?.[1];
      if (!file)
        return { clips: Object.fromEntries(Object.entries(files).map(([name, [one]]) => [name, one])) };
      const bytes = Object.values(files).find(([one]) => one === file)?.[1];
      return bytes === undefined ? new Response(null, { status: 404 }) : new Response(new Uint8Array(bytes));
    },
  });
  useHost(host);
});
afterEach(() => vi.useRealTimers());

const CALL: Spoken = { language: 'id', sentence: '', clips: ['nomor-antrean', 'layanan-umum?'] };
const heard = async (pack: VoicePack) => (await pack.clips(CALL))?.map((clip) => clip.duration);

test('a word that was recorded is heard in the call right behind it', async () => {
  const pack = new VoicePack();
  expect(await heard(pack)).toEqual([1]);
  files['layanan-umum'] = ['layanan-umum.7.wav', 800];
  pack.renew('id');
  expect(await heard(pack)).toEqual([1, 0.8]);
});

test('a word that was recorded anew is not the old one', async () => {
  files['layanan-umum'] = ['layanan-umum.7.wav', 800];
  const pack = new VoicePack();
  await pack.preload('id');
  expect(await heard(pack)).toEqual([1, 0.8]);
  files['layanan-umum'] = ['layanan-umum.9.wav', 500];
  pack.renew('id');
  expect(await heard(pack)).toEqual([1, 0.5]);
});

test('a word that was thrown away is left out', async () => {
  files['layanan-umum'] = ['layanan-umum.7.wav', 800];
  const pack = new VoicePack();
  expect(await heard(pack)).toEqual([1, 0.8]);
  delete files['layanan-umum'];
  pack.renew();
  expect(await heard(pack)).toEqual([1]);
});

test('a hub that is away just then silences nobody, and is asked again', async () => {
  const pack = new VoicePack();
  await pack.preload('id');
  files['layanan-umum'] = ['layanan-umum.7.wav', 800];
  away = true;
  pack.renew('id');
  expect(await heard(pack)).toEqual([1]);
  away = false;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await heard(pack)).toEqual([1, 0.8]);
});

test('clips that stayed the same are not fetched again', async () => {
  const pack = new VoicePack();
  await pack.preload('id');
  pack.renew('id');
  await heard(pack);
  const fetched = host.requests.filter(({ path }) => path.endsWith('.flac'));
  expect(fetched).toHaveLength(1);
});

test('a language that nobody asked for is not fetched', async () => {
  const pack = new VoicePack();
  pack.renew('en');
  await vi.advanceTimersByTimeAsync(0);
  expect(host.requests).toEqual([]);
});
