// The chime in a browser, which stays mute until somebody has touched the page once.
import chimeAddress from '../../../assets/sounds/chime.wav';

export function browserSound() {
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
    async chime(): Promise<boolean> {
      const on = audio();
      if (on?.state !== 'running') return false;
      try {
        const source = on.createBufferSource();
        source.buffer = await load(on);
        source.connect(on.destination);
        source.start();
        return true;
      } catch {
        return false;
      }
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
