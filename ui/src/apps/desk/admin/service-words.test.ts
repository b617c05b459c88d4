// Recording the words of calls: what is new waits to be kept, what is thrown away can be brought back, faults say what to do.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Word } from '../../../api/recordings';
import { useHost } from '../../../host';
import { fakeHost, refusal, type FakeHost } from '../../../host/fake';
import { ServiceWords } from './service-words.svelte';

const RATE = 22_050;
const TONE = Float32Array.from({ length: RATE }, (_, at) => 0.3 * Math.sin(at / 10));

let host: FakeHost;
let kept: Map<string, string>;
let service: ServiceWords;
let down: Response | null;

const word = (poli: string, bahasa: 'id' | 'en' = 'id'): Word => ({
  bahasa,
  poli,
  nama: poli,
  ucapan: poli,
  rekaman: kept.has(`${bahasa}/${poli}`) ? { berkas: `layanan-${poli}.7.wav`, millis: 900 } : null,
});

beforeEach(() => {
  vi.useFakeTimers();
  kept = new Map();
  down = null;
  host = fakeHost({
    sound: { samples: TONE, rate: RATE },
    answer: (method, path, body) => {
      if (method === 'POST' && down) return down.clone();
      if (path === '/api/recordings') return { words: [word('umum'), word('umum', 'en'), word('gigi')] };
      const change = /^\/api\/recordings\/(id|en)\/(\w+)(\/remove)?$/.exec(path);
      if (change) {
        const key = `${change[1]}/${change[2]}`;
        if (change[3]) kept.delete(key);
        else kept.set(key, (body as { wav: string }).wav);
        return word(change[2]!, change[1] as 'id');
      }
      if (path.endsWith('.7.wav')) return new Response(Buffer.from(kept.get('id/umum') ?? '', 'base64'));
      if (/^\/api\/voices\/(id|en)$/.test(path)) return { clips: {} };
      throw new TypeError(path);
    },
  });
  useHost(host);
  service = new ServiceWords();
});
afterEach(() => vi.useRealTimers());

async function recorded(): Promise<Word> {
  await service.load();
  const umum = service.words[0]!;
  await service.record(umum);
  await service.done(umum);
  return umum;
}

describe('a word of a call', () => {
  test('is recorded, waits, and is kept only when somebody says so', async () => {
    const umum = await recorded();
    expect([service.work.name, kept.size]).toEqual(['new', 0]);
    await service.keep(umum);
    expect(Buffer.from(kept.get('id/umum')!, 'base64').subarray(0, 4).toString()).toBe('RIFF');
    expect(service.words[0]!.rekaman).not.toBeNull();
    expect([service.work.name, service.undo?.before]).toEqual(['rest', null]);
  });

  test('that was kept is taken back: there was none before', async () => {
    const umum = await recorded();
    await service.keep(umum);
    await service.takeBack(service.words[0]!);
    expect([kept.size, service.words[0]!.rekaman, service.undo]).toEqual([0, null, null]);
  });

  test('that was thrown away, or replaced, comes back as it was', async () => {
    kept.set('id/umum', Buffer.from('RIFF lama').toString('base64'));
    await service.load();
    await service.remove(service.words[0]!);
    expect([kept.size, service.undo?.words]).toEqual([0, 'settings.voice_removed']);
    await service.takeBack(service.words[0]!);
    expect(Buffer.from(kept.get('id/umum')!, 'base64').toString()).toBe('RIFF lama');

    await service.record(service.words[0]!);
    await service.done(service.words[0]!);
    await service.keep(service.words[0]!);
    expect(Buffer.from(kept.get('id/umum')!, 'base64').toString()).not.toBe('RIFF lama');
    await service.takeBack(service.words[0]!);
    expect(Buffer.from(kept.get('id/umum')!, 'base64').toString()).toBe('RIFF lama');
  });

  test('is taken from a file', async () => {
    await service.load();
    await service.choose(service.words[2]!, new File(['suara'], 'gigi.m4a'));
    await service.keep(service.words[2]!);
    expect([...kept.keys()]).toEqual(['id/gigi']);
  });

  test.each([
    ['not_allowed', 'gembok'],
    ['not_found', 'Mikrofon tidak ditemukan'],
    ['busy', 'program lain'],
    ['apa-apa', 'berhenti sendiri'],
  ])('without a microphone (%s) says what to do', async (fault, words) => {
    host.soundFault = fault;
    await service.load();
    await service.record(service.words[0]!);
    expect(service.problem).toMatchObject({ key: 'id/umum', words: expect.stringContaining(words) });
    expect(service.work.name).toBe('rest');
  });

  test.each([
    [new Float32Array(RATE), 'Tidak terdengar'],
    [TONE.slice(0, 1_500), 'Terlalu pendek'],
    [Float32Array.from({ length: RATE * 7 }, (_, at) => Math.sin(at / 10)), 'Lebih dari 5 detik'],
  ])('that is none is not offered', async (samples, words) => {
    host.sound = { samples, rate: RATE };
    await recorded();
    expect([service.work.name, service.problem?.words]).toEqual(['rest', expect.stringContaining(words)]);
  });

  test('ends by itself, and when the microphone is pulled out', async () => {
    await service.load();
    await service.record(service.words[0]!);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(service.work.name).toBe('new');
    await service.record(service.words[0]!);
    host.listening!.ended();
    await vi.advanceTimersByTimeAsync(0);
    expect(service.work.name).toBe('new');
  });

  test('leaves the microphone when it is given up or the page is left', async () => {
    await service.load();
    await service.record(service.words[0]!);
    expect(host.listening).not.toBeNull();
    service.drop();
    expect([host.listening, service.work.name]).toEqual([null, 'rest']);
    await service.record(service.words[0]!);
    service.stop();
    expect(host.listening).toBeNull();
  });

  test('that the hub does not take stays there to be kept again', async () => {
    const umum = await recorded();
    down = refusal(403, 'FORBIDDEN', 'Tidak boleh.');
    await service.keep(umum);
    expect([service.work.name, service.problem?.key]).toEqual(['new', 'id/umum']);
    down = null;
    await service.keep(umum);
    expect(kept.size).toBe(1);
  });

  test('is not lost to a session that ended', async () => {
    const umum = await recorded();
    down = refusal(401, 'UNAUTHENTICATED');
    await service.keep(umum);
    expect(service.work.name).toBe('new');
  });

  test('is heard before it is kept, and stops when asked', async () => {
    const umum = await recorded();
    void service.listen(umum);
    await vi.advanceTimersByTimeAsync(1);
    expect([service.playing, host.heard.length, host.heard[0]!.by]).toEqual(['id/umum', 1, 'clips']);
    service.quiet();
    expect([service.playing, host.heard[0]!.stopped]).toEqual([null, true]);
  });

  test('that cannot be heard here says so', async () => {
    host.clipFault = 'mute';
    const umum = await recorded();
    await service.listen(umum);
    expect(service.problem?.words).toContain('pengeras suara');
  });
});
