// The host for a plain browser on the clinic's network: a PC, a phone, a smart TV.
import { browserSound } from './browser-sound';
import { indonesianVoice, speech } from './browser-speech';
import type { Host, LiveHandlers, LiveSocket, Memory } from './types';

export function browserHost(): Host {
  const sound = browserSound();
  let awake: Promise<unknown> | undefined;

  return {
    can: {
      get speak() {
        return indonesianVoice() !== undefined;
      },
      print: false,
    },
    origin: location.origin,
    remember: { tab: memory(() => sessionStorage), machine: memory(() => localStorage) },

    request: (request) => fetch(request),
    live,

    chime: sound.chime,
    watchSound: sound.watch,
    allowSound: sound.allow,

    speak: speech.speak,
    hush: speech.hush,

    vibrate(pattern) {
      navigator.vibrate?.(pattern);
    },
    stayAwake() {
      const lock = () => {
        if (document.visibilityState === 'visible')
          awake = navigator.wakeLock?.request('screen').catch(() => undefined);
      };
      if (awake) return;
      lock();
      // Browsers drop the lock whenever the page is hidden.
      document.addEventListener('visibilitychange', lock);
    },
    fillScreen() {
      if (!document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => undefined);
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

function live(handlers: LiveHandlers): LiveSocket {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ws`);
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    handlers.closed();
  };
  socket.onopen = () => handlers.opened();
  socket.onmessage = (message) => handlers.message(String(message.data));
  socket.onclose = end;
  socket.onerror = () => socket.close();
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => {
      socket.close();
      // A dead network can take a minute to confirm a close; the screen must not wait for it.
      end();
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
