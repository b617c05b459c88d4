// Which of a browser's voices reads, and what follows when it cannot.
import { beforeEach, expect, test, vi } from 'vitest';

type Way = 'reads' | 'dies' | 'hangs';
let voices: { name: string; voiceURI: string; lang: string; localService: boolean; way: Way }[];
let tried: string[];
let say: (typeof import('./browser-speech'))['speech']['say'];

class Words {
  voice: { name: string; way: Way } | null = null;
  onstart: (() => void) | null = null;
  onend: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly text: string) {}
}

beforeEach(async () => {
  vi.useFakeTimers();
  [voices, tried] = [[], []];
  vi.stubGlobal('SpeechSynthesisUtterance', Words);
  vi.stubGlobal('speechSynthesis', {
    getVoices: () => [...voices],
    cancel: () => undefined,
    speak: (words: Words) => {
      tried.push(words.voice!.name);
      if (words.voice!.way === 'hangs') return;
      queueMicrotask(() => {
        if (words.voice!.way === 'dies') return words.onerror?.();
        words.onstart?.();
        words.onend?.();
      });
    },
  });
  vi.resetModules();
  say = (await import('./browser-speech')).speech.say;
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

const voice = (name: string, localService: boolean, way: Way = 'reads', lang = 'id-ID') =>
  voices.push({ name, voiceURI: name, lang, localService, way });

/** "read", or the code of the fault. */
async function outcome(): Promise<string> {
  const done = say('Nomor antrean A', 'id', 1).done.then(
    () => 'read',
    (problem: { code: string }) => problem.code,
  );
  await vi.advanceTimersByTimeAsync(10_000);
  return done;
}

test('a voice of this machine reads before one from the internet that is listed first', async () => {
  voice('Google Indonesia', false);
  voice('Gadis', true);
  expect([await outcome(), tried]).toEqual(['read', ['Gadis']]);
});

test('of two voices of this machine the first listed reads', async () => {
  voice('Gadis', true);
  voice('Andika', true);
  expect([await outcome(), tried]).toEqual(['read', ['Gadis']]);
});

test.each(['dies', 'hangs'] as const)(
  'a voice that %s is passed over at once, and tried last from then on',
  async (way) => {
    voice('Gadis', true, way);
    voice('Google Indonesia', false);
    expect([await outcome(), tried]).toEqual(['read', ['Gadis', 'Google Indonesia']]);
    expect([await outcome(), tried.slice(2)]).toEqual(['read', ['Google Indonesia']]);
  },
);

test('only when all have failed has the engine', async () => {
  voice('Google Indonesia', false, 'dies');
  voice('Gadis', true, 'dies');
  expect([await outcome(), tried]).toEqual(['died', ['Gadis', 'Google Indonesia']]);
});

test('a voice of another language does not help out', async () => {
  voice('Daniel', true, 'reads', 'en-GB');
  expect([await outcome(), tried]).toEqual(['no_voice', []]);
});

test('who is stopped does not go on with another voice', async () => {
  voice('Gadis', true, 'hangs');
  voice('Andika', true);
  const reading = say('Nomor antrean A', 'id', 1);
  reading.stop();
  await reading.done;
  expect(tried).toEqual(['Gadis']);
});
