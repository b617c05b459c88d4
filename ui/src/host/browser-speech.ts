// Reading aloud with the page's own voices.
import { failed } from './sound';
import { DeviceFault, type Playing } from './types';

const synthesis = typeof window === 'undefined' ? undefined : window.speechSynthesis;
// Chromium fills its list of voices late; asking once at the start makes it load.
synthesis?.getVoices();

/** An engine that has not begun by then never will. */
const BEGIN_MS = 3_000;
/** The slowest voice: whoever needs longer has died without a word. */
const SLOWEST_MS_PER_LETTER = 220;

/** Voices that broke down, the last with the highest number: they come after the others. */
const broken = new Map<string, number>();
let failures = 0;

/** The voices of a language: those of this machine before those that need the internet, the broken ones last. */
function voicesFor(language: 'id' | 'en'): SpeechSynthesisVoice[] {
  const wanted = language === 'id' ? /^(id|in)([-_]|$)/i : /^en([-_]|$)/i;
  const voices = synthesis?.getVoices().filter((voice) => wanted.test(voice.lang)) ?? [];
  const since = (voice: SpeechSynthesisVoice) => broken.get(voice.voiceURI) ?? 0;
  return voices.sort((a, b) => since(a) - since(b) || Number(b.localService) - Number(a.localService));
}

export function indonesianVoice(): SpeechSynthesisVoice | undefined {
  return voicesFor('id')[0];
}

function utterance(
  sentence: string,
  language: 'id' | 'en',
  voice: SpeechSynthesisVoice | undefined,
): SpeechSynthesisUtterance {
  const words = new SpeechSynthesisUtterance(sentence);
  words.lang = language === 'id' ? 'id-ID' : 'en-GB';
  words.voice = voice ?? null;
  words.rate = 0.95;
  return words;
}

export const speech = {
  speak(sentence: string, language: 'id' | 'en'): void {
    if (!synthesis) return;
    synthesis.cancel();
    synthesis.speak(utterance(sentence, language, voicesFor(language)[0]));
  },

  /** Reads with the first voice that works: one that fails is passed over at once. */
  say(sentence: string, language: 'id' | 'en', volume: number): Playing {
    if (!synthesis || synthesis.getVoices().length === 0) return failed('no_engine');
    const voices = voicesFor(language);
    if (!voices.length) return failed('no_voice');
    let now: Playing | undefined;
    let stopped = false;
    const read = async (): Promise<void> => {
      for (const [index, voice] of voices.entries()) {
        now = sayWith(synthesis, utterance(sentence, language, voice), volume);
        try {
          await now.done;
          broken.delete(voice.voiceURI);
          return;
        } catch (problem) {
          if (stopped) return;
          broken.set(voice.voiceURI, ++failures);
          if (index === voices.length - 1) throw problem;
        }
      }
    };
    return {
      done: read(),
      stop: () => {
        stopped = true;
        now?.stop();
      },
    };
  },

  hush(): void {
    synthesis?.cancel();
  },
};

function sayWith(synthesis: SpeechSynthesis, words: SpeechSynthesisUtterance, volume: number): Playing {
  words.volume = volume;
  synthesis.cancel();
  let stop: () => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    const end = (code?: string) => {
      clearTimeout(watch);
      words.onstart = words.onend = words.onerror = null;
      if (code !== undefined) synthesis.cancel();
      if (code === undefined) resolve();
      else reject(new DeviceFault(code));
    };
    let watch = setTimeout(() => end('hung'), BEGIN_MS);
    words.onstart = () => {
      clearTimeout(watch);
      watch = setTimeout(() => end('hung'), BEGIN_MS + words.text.length * SLOWEST_MS_PER_LETTER);
    };
    words.onend = () => end();
    words.onerror = () => end('died');
    stop = () => {
      end();
      synthesis.cancel();
    };
  });
  synthesis.speak(words);
  return { done, stop: () => stop() };
}
