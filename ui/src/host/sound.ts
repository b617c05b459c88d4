// Chime and clips through Web Audio, in a browser and in the shell alike. A browser stays mute until the page was
// touched once.
import chimeAddress from '../../../assets/sounds/chime.wav';
import { join } from './join';
import { DeviceFault, type Clip, type Playing } from './types';

/** A sound that has not begun after this long, or not ended so long after its end, hangs. */
const BEGIN_MS = 2_000;

class Recording implements Clip {
  constructor(readonly buffer: AudioBuffer) {}
  get duration(): number {
    return this.buffer.duration;
  }
}

export function webSound() {
  let context: AudioContext | undefined;
  let chimeSound: Promise<AudioBuffer> | undefined;

  function audio(): AudioContext | undefined {
    try {
      context ??= new AudioContext();
    } catch {
      // No sound card or a very old browser: the screen says that sound is off.
    }
    return context;
  }

  function load(on: AudioContext): Promise<AudioBuffer> {
    chimeSound ??= fetch(chimeAddress)
      .then((answer) => answer.arrayBuffer())
      .then((bytes) => on.decodeAudioData(bytes));
    chimeSound.catch(() => (chimeSound = undefined));
    return chimeSound;
  }

  return {
    async chime(volume: number): Promise<boolean> {
      const on = audio();
      if (on?.state !== 'running') return false;
      try {
        await sounded(on, await load(on), volume).done;
        return true;
      } catch {
        return false;
      }
    },

    async clip(recording: ArrayBuffer): Promise<Clip> {
      const on = audio();
      if (!on) throw new DeviceFault('mute');
      return new Recording(await on.decodeAudioData(recording));
    },

    play(clips: Clip[], volume: number): Playing {
      const on = audio();
      if (on?.state !== 'running') return failed('mute');
      const parts = clips.flatMap((clip) => (clip instanceof Recording ? [clip.buffer] : []));
      return sounded(on, join(on, parts), volume);
    },

    watch(changed: (allowed: boolean) => void): () => void {
      const on = audio();
      if (!on) {
        changed(false);
        return () => undefined;
      }
      load(on).catch(() => undefined);
      const tell = () => changed(on.state === 'running');
      on.addEventListener('statechange', tell);
      tell();
      return () => on.removeEventListener('statechange', tell);
    },

    allow(): void {
      audio()
        ?.resume()
        .catch(() => undefined);
    },
  };
}

/** Plays a buffer and watches that it is really played: a sound card that was pulled out never ends anything. */
function sounded(on: AudioContext, buffer: AudioBuffer, volume: number): Playing {
  const source = on.createBufferSource();
  source.buffer = buffer;
  const gain = on.createGain();
  gain.gain.value = volume;
  source.connect(gain).connect(on.destination);
  const from = on.currentTime;
  let settle: (fault?: string) => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    // The clock of a sound card that does not play stands still.
    const begin = setTimeout(() => on.currentTime <= from && settle('hung'), BEGIN_MS);
    const late = setTimeout(() => settle('hung'), buffer.duration * 1000 + BEGIN_MS);
    const paused = () => on.state !== 'running' && settle('mute');
    settle = (fault) => {
      clearTimeout(begin);
      clearTimeout(late);
      on.removeEventListener('statechange', paused);
      source.onended = null;
      gain.disconnect();
      if (fault === undefined) resolve();
      else reject(new DeviceFault(fault));
    };
    on.addEventListener('statechange', paused);
    source.onended = () => settle();
  });
  source.start();
  return {
    done,
    stop: () => {
      source.stop();
      settle();
    },
  };
}

export function failed(code: string): Playing {
  return { done: Promise.reject(new DeviceFault(code)), stop: () => undefined };
}
