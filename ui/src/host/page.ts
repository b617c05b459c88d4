// What every page brings along, in a browser as in the shell: memory, sound, vibration, waking.
import { browserMicrophone, decoded } from './microphone';
import { webSound } from './sound';
import { openTabs } from './tabs';
import type { Host, Memory } from './types';

type FromPage = Pick<
  Host,
  | 'remember'
  | 'tabs'
  | 'chime'
  | 'watchSound'
  | 'allowSound'
  | 'clip'
  | 'play'
  | 'microphone'
  | 'decode'
  | 'vibrate'
  | 'stayAwake'
  | 'fillScreen'
  | 'copy'
  | 'watchReturn'
>;

export function pageAbilities(): FromPage {
  const sound = webSound();
  let awake = false;

  return {
    remember: { tab: memory(() => sessionStorage), machine: memory(() => localStorage) },
    tabs: openTabs(),
    chime: sound.chime,
    watchSound: sound.watch,
    allowSound: sound.allow,
    clip: sound.clip,
    play: sound.play,
    microphone: browserMicrophone(),
    decode: decoded,

    vibrate(pattern) {
      navigator.vibrate?.(pattern);
    },
    stayAwake() {
      const lock = () => {
        if (document.visibilityState === 'visible')
          navigator.wakeLock?.request('screen').catch(() => undefined);
      };
      if (awake) return;
      awake = true;
      lock();
      // Browsers drop the lock whenever the page is hidden.
      document.addEventListener('visibilitychange', lock);
    },
    fillScreen() {
      if (!document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => undefined);
    },
    async copy(words) {
      // On plain http there is no clipboard, only the old command.
      try {
        await navigator.clipboard.writeText(words);
        return true;
      } catch {
        return copiedByCommand(words);
      }
    },
    watchReturn(returned) {
      const seen = () => {
        if (document.visibilityState === 'visible') returned();
      };
      window.addEventListener('online', returned);
      document.addEventListener('visibilitychange', seen);
      return () => {
        window.removeEventListener('online', returned);
        document.removeEventListener('visibilitychange', seen);
      };
    },
  };
}

/** Storage that may be forbidden (private windows, locked TVs): then it simply forgets. */
function memory(storage: () => Storage): Memory {
  return {
    read(name) {
      try {
        return storage().getItem(`lobi.${name}`);
      } catch {
        return null;
      }
    },
    write(name, value) {
      try {
        if (value === null) storage().removeItem(`lobi.${name}`);
        else storage().setItem(`lobi.${name}`, value);
      } catch {
        // Nothing to do: the screen works on without memory.
      }
    },
  };
}

function copiedByCommand(words: string): boolean {
  const before = document.activeElement as HTMLElement | null;
  const field = document.createElement('textarea');
  field.value = words;
  field.setAttribute('readonly', '');
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  const done = document.execCommand?.('copy') ?? false;
  field.remove();
  before?.focus();
  return done;
}
