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

function voiceFor(language: 'id' | 'en'): SpeechSynthesisVoice | undefined {
  const wanted = language === 'id' ? /^(id|in)([-_]|$)/i : /^en([-_]|$)/i;
  return synthesis?.getVoices().find((voice) => wanted.test(voice.lang));
}

export function indonesianVoice(): SpeechSynthesisVoice | undefined {
  return voiceFor('id');
}

function utterance(sentence: string, language: 'id' | 'en'): SpeechSynthesisUtterance {
  const words = new SpeechSynthesisUtterance(sentence);
  words.lang = language === 'id' ? 'id-ID' : 'en-GB';
  words.voice = voiceFor(language) ?? null;
  words.rate = 0.95;
  return words;
}

export const speech = {
  speak(sentence: string, language: 'id' | 'en'): void {
    if (!synthesis) return;
    synthesis.cancel();
    synthesis.speak(utterance(sentence, language));
  },

  say(sentence: string, language: 'id' | 'en', volume: number): Playing {
    if (!synthesis || synthesis.getVoices().length === 0) return failed('no_engine');
    if (!voiceFor(language)) return failed('no_voice');
    const words = utterance(sentence, language);
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
        watch = setTimeout(() => end('hung'), BEGIN_MS + sentence.length * SLOWEST_MS_PER_LETTER);
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
  },

  hush(): void {
    synthesis?.cancel();
  },
};
