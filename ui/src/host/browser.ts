// The host for a plain browser on the clinic's network: a PC, a phone, a smart TV.
import { browserCamera } from './browser-camera';
import { browserMachine } from './browser-machine';
import { indonesianVoice, speech } from './browser-speech';
import { pageAbilities } from './page';
import type { Host, LiveHandlers, LiveSocket } from './types';

export function browserHost(): Host {
  const page = pageAbilities();
  const camera = browserCamera();

  return {
    ...page,
    ...browserMachine(page.remember.machine),
    can: {
      get speak() {
        return indonesianVoice() !== undefined;
      },
      print: false,
      scan: camera !== null,
      settings: false,
    },
    origin: location.origin,

    request: (request) => fetch(request),
    live,

    speak: speech.speak,
    say: speech.say,
    hush: speech.hush,

    printer: null,
    camera,
    settings: null,
    openSettings: unsupported,
    leave: unsupported,
  };
}

function unsupported(): Promise<never> {
  return Promise.reject({ code: 'unsupported', message: '' });
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
