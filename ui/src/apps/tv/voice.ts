// Says a sentence with the first engine that can: recorded clips, the machine's own voice, and where both are missing
// the plain call from clips alone. One that breaks down is skipped at once and left alone for a while; the call is shown
// all the same.
import type { Spoken } from '../../api/types';
import { DeviceFault, host, type Playing } from '../../host';
import type { VoicePack } from './voice-pack';

/** An engine that does not begin within this time is skipped. */
export const BEGIN_MS = 3_000;
/** An engine that broke down is tried again after this long. */
export const BROKEN_MS = 60_000;
/** No voice is slower than this; one that takes longer hangs. */
const SLOWEST_MS_PER_LETTER = 220;

export interface Said {
  /** Somebody could hear it. */
  heard: boolean;
  /** What broke down on the way; the sentence may have been heard nevertheless. */
  fault: string | null;
}

type Engine = 'clips' | 'voice';

export class Voice {
  #pack: VoicePack;
  #broken = new Map<Engine, { until: number; fault: string }>();

  constructor(pack: VoicePack) {
    this.#pack = pack;
  }

  /** The fault of an engine that is being left alone now. */
  get fault(): string | null {
    for (const { until, fault } of this.#broken.values()) if (until > performance.now()) return fault;
    return null;
  }

  /** Says one sentence to its end, or until `stop`; `plain` where nobody can. Never rejects, never takes for ever. */
  async say(spoken: Spoken, volume: number, stop: AbortSignal, plain: Spoken | null = null): Promise<Said> {
    let fault: string | null = null;
    const ways: [Engine, Spoken][] = [
      ['clips', spoken],
      ['voice', spoken],
    ];
    if (plain) ways.push(['clips', plain]);
    for (const [engine, words] of ways) {
      if (stop.aborted) return { heard: false, fault };
      if ((this.#broken.get(engine)?.until ?? 0) > performance.now()) {
        fault ??= this.#broken.get(engine)!.fault;
        continue;
      }
      try {
        const said = await this.#with(engine, words, volume, stop);
        if (said) return { heard: true, fault };
      } catch (problem) {
        const code = problem instanceof DeviceFault ? problem.code : 'died';
        fault ??= code;
        // No voice for this language says nothing of the other one.
        if (code === 'no_voice') continue;
        this.#broken.set(engine, { until: performance.now() + BROKEN_MS, fault: code });
      }
    }
    return { heard: false, fault: fault ?? (stop.aborted ? null : 'no_engine') };
  }

  /** False when the engine has no words for this sentence, which is no fault of it. */
  async #with(engine: Engine, spoken: Spoken, volume: number, stop: AbortSignal): Promise<boolean> {
    if (engine === 'voice') {
      const longest = BEGIN_MS * 2 + spoken.sentence.length * SLOWEST_MS_PER_LETTER;
      await watched(host().say(spoken.sentence, spoken.language, volume), longest, stop);
      return true;
    }
    const clips = await within(BEGIN_MS, this.#pack.clips(spoken)).catch(() => null);
    if (!clips) return false;
    if (stop.aborted) return true;
    const seconds = clips.reduce((sum, clip) => sum + clip.duration, 0);
    await watched(host().play(clips, volume), seconds * 1000 + BEGIN_MS, stop);
    return true;
  }
}

/** Waits for the end; what hangs or is no longer wanted is stopped. */
async function watched(playing: Playing, longest: number, stop: AbortSignal): Promise<void> {
  const cut = () => playing.stop();
  stop.addEventListener('abort', cut);
  try {
    if (stop.aborted) cut();
    await within(longest, playing.done);
  } catch (problem) {
    playing.stop();
    throw problem;
  } finally {
    stop.removeEventListener('abort', cut);
  }
}

function within<T>(millis: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new DeviceFault('hung')), millis);
    work.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
