// Reading aloud with the browser's own voices, offered only where an Indonesian one exists.

const synthesis = typeof window === 'undefined' ? undefined : window.speechSynthesis;
// Chromium fills its list of voices late; asking once at the start makes it load.
synthesis?.getVoices();

export function indonesianVoice(): SpeechSynthesisVoice | undefined {
  return synthesis?.getVoices().find((voice) => /^(id|in)([-_]|$)/i.test(voice.lang));
}

export const speech = {
  speak(sentence: string, language: 'id' | 'en'): void {
    if (!synthesis) return;
    synthesis.cancel();
    const words = new SpeechSynthesisUtterance(sentence);
    words.lang = language === 'id' ? 'id-ID' : 'en-GB';
    if (language === 'id') words.voice = indonesianVoice() ?? null;
    words.rate = 0.95;
    synthesis.speak(words);
  },
  hush(): void {
    synthesis?.cancel();
  },
};
