// A machine made of memory, so that screens and states can be tested without a browser's devices.
import type { Host, LiveHandlers, Memory } from './types';

export interface FakeSocket {
  sent: unknown[];
  handlers: LiveHandlers;
  closed: boolean;
}

export interface FakeHost extends Host {
  /** Answers for `METHOD /path`; a thrown error plays a dead network. */
  answer: (method: string, path: string, body: unknown, request: Request) => unknown;
  requests: { method: string; path: string; body: unknown; key: string | null }[];
  sockets: FakeSocket[];
  chimes: number;
  spoken: string[];
  vibrations: number[][];
  soundAllowed: boolean;
}

/** A refusal as the hub words it, for use inside `answer`. */
export function refusal(status: number, code: string, message = code): Response {
  return Response.json({ success: false, error: { code, message } }, { status });
}

export function fakeHost(changes: Partial<FakeHost> = {}): FakeHost {
  const fake: FakeHost = {
    can: { speak: false, print: false },
    origin: 'http://lobi.local',
    remember: { tab: memory(), machine: memory() },
    answer: () => ({}),
    requests: [],
    sockets: [],
    chimes: 0,
    spoken: [],
    vibrations: [],
    soundAllowed: true,

    async request(request) {
      const text = await request.text();
      const body: unknown = text ? JSON.parse(text) : undefined;
      const path = request.url.replace(/^https?:\/\/[^/]+/, '');
      fake.requests.push({ method: request.method, path, body, key: request.headers.get('Idempotency-Key') });
      const answer = await fake.answer(request.method, path, body, request);
      return answer instanceof Response ? answer : Response.json(answer);
    },
    live(handlers) {
      const socket: FakeSocket = { sent: [], handlers, closed: false };
      fake.sockets.push(socket);
      return {
        send: (text) => socket.sent.push(JSON.parse(text)),
        close: () => {
          if (socket.closed) return;
          socket.closed = true;
          handlers.closed();
        },
      };
    },
    async chime() {
      if (fake.soundAllowed) fake.chimes += 1;
      return fake.soundAllowed;
    },
    watchSound(changed) {
      changed(fake.soundAllowed);
      return () => undefined;
    },
    allowSound: () => (fake.soundAllowed = true),
    speak: (sentence) => fake.spoken.push(sentence),
    hush: () => undefined,
    vibrate: (pattern) => fake.vibrations.push(pattern),
    stayAwake: () => undefined,
    fillScreen: () => undefined,
    watchReturn: () => () => undefined,
    ...changes,
  };
  return fake;
}

function memory(): Memory {
  const values = new Map<string, string>();
  return {
    read: (name) => values.get(name) ?? null,
    write: (name, value) => {
      if (value === null) values.delete(name);
      else values.set(name, value);
    },
  };
}
