// Words of calls in an admin's hands: recorded or taken from a file, listened to, kept, thrown away and brought back.
import { api } from '../../../api/client';
import { asApiError, errorSentence } from '../../../api/errors';
import { recordings, type Word } from '../../../api/recordings';
import { DeviceFault, host, type Clip, type Listening, type Playing, type Sound } from '../../../host';
import type { PlainKey } from '../../../words/texts';
import { insist } from '../../../data/intent';
import { language, t } from '../../../words/language.svelte';
import { base64Of, clipFrom, wavOf } from './recording';
import { VoicePack } from '../../tv/voice-pack';

const PATIENCE_MS = 20_000;
/** Longer than any word may be, with time to begin. */
const LONGEST_MS = 8_000;
/** A word is heard where it will be heard: in a call. */
const BEFORE = ['nomor-antrean', 'huruf-a', 'angka-12'];
const AFTER = ['silakan-ke-loket', 'angka-3'];

/** What happens with one word right now; only one is at work at a time. */
export type Work =
  | { name: 'rest' }
  | { name: 'asking' | 'recording' | 'busy'; key: string }
  | { name: 'new'; key: string; sound: Sound };

/** What can be taken back: the word as it was before. */
interface Undo {
  key: string;
  /** Base64 of what was there; null for nothing. */
  before: string | null;
  words: PlainKey;
}

export function keyOf({ bahasa, poli }: Word): string {
  return `${bahasa}/${poli}`;
}

export class ServiceWords {
  words = $state.raw<Word[]>([]);
  work = $state.raw<Work>({ name: 'rest' });
  /** How loud the microphone is, 0–1. */
  level = $state(0);
  /** Of which word something is heard. */
  playing = $state<string | null>(null);
  undo = $state.raw<Undo | null>(null);
  /** What went wrong, and with which word. */
  problem = $state.raw<{ key: string; words: string } | null>(null);

  #listening: Listening | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;
  #sounding: Playing | undefined;
  #stopped = false;
  /** Rises with everything that is begun: what was given up meanwhile must not come back. */
  #turn = 0;

  constructor() {}

  get microphone(): boolean {
    return host().microphone !== null;
  }

  async load(): Promise<void> {
    // The page itself says when the hub is away or the session over.
    await recordings.words().then(
      ({ words }) => (this.words = words),
      () => undefined,
    );
  }

  stop(): void {
    this.#stopped = true;
    this.drop();
    this.quiet();
  }

  /** Begins to record. */
  async record(word: Word): Promise<void> {
    const turn = this.#begin();
    const key = keyOf(word);
    this.work = { name: 'asking', key };
    this.level = 0;
    try {
      const listening = await host().microphone!.listen(
        (level) => (this.level = level),
        () => void this.done(word),
      );
      if (turn !== this.#turn) return listening.cancel();
      this.#listening = listening;
      this.work = { name: 'recording', key };
      this.#late = setTimeout(() => void this.done(word), LONGEST_MS);
    } catch (problem) {
      if (turn === this.#turn) this.#failed(key, problem);
    }
  }

  /** Ends the recording; what was heard waits to be kept. */
  async done(word: Word): Promise<void> {
    const listening = this.#listening;
    if (this.work.name !== 'recording' || !listening) return;
    clearTimeout(this.#late);
    this.#listening = undefined;
    await this.#take(keyOf(word), () => listening.end());
  }

  /** A file in place of a recording. */
  async choose(word: Word, file: Blob): Promise<void> {
    this.#begin();
    await this.#take(keyOf(word), () => host().decode(file));
  }

  /** Gives up what is being recorded, or what was and is not kept. */
  drop(): void {
    this.#begin();
    this.work = { name: 'rest' };
  }

  /** Plays the word inside a call: the new one, or the one that is kept. */
  async listen(word: Word): Promise<void> {
    const key = keyOf(word);
    this.quiet();
    this.problem = null;
    host().allowSound();
    this.playing = key;
    try {
      const clip = await host().clip(await this.#sound(word));
      if (this.playing !== key) return;
      const pack = new VoicePack();
      const part = (clips: string[]): Promise<Clip[]> =>
        pack.clips({ language: word.bahasa, sentence: '', clips }).then((found) => found ?? []);
      const [before, after] = await Promise.all([part(BEFORE), part(AFTER)]);
      if (this.playing !== key) return;
      this.#sounding = host().play([...before, clip, ...after], 0.8);
      await this.#sounding.done;
    } catch (problem) {
      if (this.playing === key) this.#tell(key, problem instanceof DeviceFault ? null : problem);
    }
    if (this.playing === key) this.playing = null;
  }

  /** Ends what is heard. */
  quiet(): void {
    this.playing = null;
    this.#sounding?.stop();
    this.#sounding = undefined;
  }

  /** Every TV says it from now on. */
  async keep(word: Word): Promise<void> {
    if (this.work.name !== 'new') return;
    const { sound } = this.work;
    await this.#change(word, base64Of(wavOf(sound)), 'settings.voice_kept', this.work);
  }

  async remove(word: Word): Promise<void> {
    await this.#change(word, null, 'settings.voice_removed', { name: 'rest' });
  }

  /** Brings back what was there before the last change. */
  async takeBack(word: Word): Promise<void> {
    const undo = this.undo;
    if (!undo || undo.key !== keyOf(word)) return;
    await this.#change(word, undo.before, null, { name: 'rest' });
  }

  #begin(): number {
    clearTimeout(this.#late);
    this.#listening?.cancel();
    this.#listening = undefined;
    this.problem = null;
    this.undo = null;
    return ++this.#turn;
  }

  async #take(key: string, sound: () => Promise<Sound>): Promise<void> {
    const turn = this.#turn;
    this.work = { name: 'busy', key };
    try {
      const clip = clipFrom(await sound());
      if (turn !== this.#turn) return;
      if (typeof clip === 'string') throw new DeviceFault(clip);
      this.work = { name: 'new', key, sound: clip };
    } catch (problem) {
      if (turn === this.#turn) this.#failed(key, problem);
    }
  }

  /** Keeps or removes; afterwards what was there before can be brought back. On failure `back` is where it goes on. */
  async #change(word: Word, wav: string | null, done: PlainKey | null, back: Work): Promise<void> {
    if (this.work.name === 'busy') return;
    const key = keyOf(word);
    this.work = { name: 'busy', key };
    this.problem = null;
    try {
      const before = done && word.rekaman ? base64Of(await this.#kept(word)) : null;
      const change = (key: string) =>
        wav === null ? recordings.remove(word, key) : recordings.keep(word, wav, key);
      const now = await insist(change, { patienceMs: PATIENCE_MS, abandoned: () => this.#stopped });
      this.words = this.words.map((one) => (keyOf(one) === key ? now : one));
      this.work = { name: 'rest' };
      this.undo = done && { key, before, words: done };
    } catch (problem) {
      const error = asApiError(problem);
      this.work = back;
      this.#tell(key, error);
    }
  }

  async #sound(word: Word): Promise<ArrayBuffer> {
    const { work } = this;
    return work.name === 'new' && work.key === keyOf(word) ? wavOf(work.sound) : this.#kept(word);
  }

  #kept(word: Word): Promise<ArrayBuffer> {
    return api.clip(word.bahasa, word.rekaman!.berkas);
  }

  #failed(key: string, problem: unknown): void {
    this.work = { name: 'rest' };
    const code = problem instanceof DeviceFault ? problem.code : 'died';
    this.problem = { key, words: t(FAULTS[code] ?? 'settings.voice_died') };
  }

  /** Null: nothing can be heard here. */
  #tell(key: string, problem: unknown): void {
    const words =
      problem === null ? t('settings.voice_unheard') : errorSentence(language.current, asApiError(problem));
    this.problem = { key, words };
  }
}

const FAULTS: Record<string, PlainKey> = {
  not_allowed: 'settings.voice_not_allowed',
  not_found: 'settings.voice_not_found',
  busy: 'settings.voice_busy',
  silent: 'settings.voice_silent',
  short: 'settings.voice_short',
  long: 'settings.voice_long',
  unreadable: 'settings.voice_unreadable',
};
