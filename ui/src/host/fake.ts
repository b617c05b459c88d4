// A machine made of memory, so that screens and states can be tested without a browser's devices.
import {
  DeviceFault,
  type CameraHandlers,
  type Clip,
  type Host,
  type LiveHandlers,
  type Machine,
  type Memory,
  type Playing,
  type Printout,
  type Sound,
  type Tabs,
} from './types';

export interface FakeSocket {
  sent: unknown[];
  handlers: LiveHandlers;
  closed: boolean;
}

/** Something heard: a sentence, or clips by their seconds. `stopped` when it was cut off. */
export interface Heard {
  by: 'clips' | 'voice';
  what: string;
  language?: 'id' | 'en';
  volume: number;
  stopped: boolean;
}

export interface FakeHost extends Host {
  tabs: Tabs;
  /** Answers for `METHOD /path`; a thrown error plays a dead network. */
  answer: (method: string, path: string, body: unknown, request: Request) => unknown;
  requests: { method: string; path: string; body: unknown; key: string | null }[];
  sockets: FakeSocket[];
  chimes: number;
  /** How long the chime takes, in milliseconds. */
  chimeMs: number;
  spoken: string[];
  vibrations: number[][];
  soundAllowed: boolean;
  /** What `machine()` answers; change it at will. */
  me: Machine;
  /** Everything `play` and `say` began, in order. */
  heard: Heard[];
  /** A fault of the voice: a code rejects at once, `silence` never answers at all. */
  voiceFault: string | null;
  /** A fault of the clips' player. */
  clipFault: string | null;
  /** How long a sentence takes when the voice reads it. */
  sayMs: number;
  printed: Printout[];
  printerFault: string | null;
  printerWarning: string | null;
  /** How long a print takes. */
  printMs: number;
  /** The open camera, through which a test shows codes and faults; null while closed. */
  seeing: CameraHandlers | null;
  cameraSource: string | null;
  cameras: { id: string; name: string }[];
  /** What the microphone hears, and a file that is decoded. */
  sound: Sound;
  /** A fault of the microphone or of a file. */
  soundFault: string | null;
  /** Tells the page's meter, or that the microphone was pulled out, while it listens. */
  listening: { level(level: number): void; ended(): void } | null;
  /** Passwords given at the two guarded doors. */
  doors: { door: 'settings' | 'leave'; username: string; password: string }[];
}

/** A refusal as the hub words it, for use inside `answer`. */
export function refusal(
  status: number,
  code: string,
  message = code,
  fields: Record<string, string> = {},
): Response {
  return Response.json({ success: false, error: { code, message, fields } }, { status });
}

/** A clip of so many seconds, for `play`. */
export function fakeClip(duration: number): Clip {
  return { duration };
}

export function fakeHost(changes: Partial<FakeHost> = {}): FakeHost {
  const fake: FakeHost = {
    can: { speak: false, print: false, scan: false, settings: false },
    origin: 'http://lobi.local',
    remember: { tab: memory(), machine: memory() },
    tabs: { tell: () => undefined, hear: () => () => undefined },
    answer: () => ({}),
    requests: [],
    sockets: [],
    chimes: 0,
    chimeMs: 0,
    spoken: [],
    vibrations: [],
    soundAllowed: true,
    me: {
      id: 'mesin-1',
      name: '',
      zone: 'utama',
      speaker: { on: true, volume: 80, quiet_from: '', quiet_until: '' },
    },
    heard: [],
    voiceFault: 'no_engine',
    clipFault: null,
    sayMs: 2_000,
    printed: [],
    printerFault: null,
    printerWarning: null,
    printMs: 0,
    seeing: null,
    cameraSource: null,
    cameras: [{ id: 'depan', name: 'Kamera depan' }],
    doors: [],

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
      if (!fake.soundAllowed) return false;
      fake.chimes += 1;
      if (fake.chimeMs) await after(fake.chimeMs);
      return true;
    },
    watchSound(changed) {
      changed(fake.soundAllowed);
      return () => undefined;
    },
    allowSound: () => (fake.soundAllowed = true),
    clip: async (recording) => fakeClip(recording.byteLength / 1000),
    play: (clips, volume) => {
      const seconds = clips.reduce((sum, clip) => sum + clip.duration, 0);
      const what = clips.map((clip) => clip.duration).join(' ');
      return sounds({ by: 'clips', what, volume, stopped: false }, seconds * 1000, fake.clipFault);
    },
    speak: (sentence) => fake.spoken.push(sentence),
    say: (what, language, volume) =>
      sounds({ by: 'voice', what, language, volume, stopped: false }, fake.sayMs, fake.voiceFault),
    hush: () => undefined,
    machine: () => fake.me,
    rename: (change) => (fake.me = { ...fake.me, ...change }),
    printer: {
      async print(printout) {
        if (fake.printMs) await after(fake.printMs);
        if (fake.printerFault) throw new DeviceFault(fake.printerFault);
        fake.printed.push(printout);
        return { warning: fake.printerWarning };
      },
      status: async () => ({ fault: fake.printerFault, warning: fake.printerWarning }),
    },
    camera: {
      list: async () => fake.cameras,
      open: async (source, handlers) => {
        fake.cameraSource = source;
        fake.seeing = handlers;
      },
      close: () => (fake.seeing = null),
    },
    sound: { samples: new Float32Array(0), rate: 22_050 },
    soundFault: null,
    listening: null,
    microphone: {
      async listen(level, ended) {
        if (fake.soundFault) throw new DeviceFault(fake.soundFault);
        fake.listening = { level, ended };
        return {
          end: async () => {
            fake.listening = null;
            return fake.sound;
          },
          cancel: () => (fake.listening = null),
        };
      },
    },
    decode: async () => {
      if (fake.soundFault) throw new DeviceFault(fake.soundFault);
      return fake.sound;
    },
    settings: null,
    openSettings: async (username, password) =>
      void fake.doors.push({ door: 'settings', username, password }),
    leave: async (username, password) => void fake.doors.push({ door: 'leave', username, password }),
    vibrate: (pattern) => fake.vibrations.push(pattern),
    stayAwake: () => undefined,
    fillScreen: () => undefined,
    copy: async () => true,
    watchReturn: () => () => undefined,
    ...changes,
  };

  function sounds(heard: Heard, millis: number, fault: string | null): Playing {
    if (fault !== null && fault !== 'silence') {
      return { done: Promise.reject(new DeviceFault(fault)), stop: () => undefined };
    }
    fake.heard.push(heard);
    let stop: () => void = () => undefined;
    const done = new Promise<void>((resolve) => {
      stop = () => {
        heard.stopped = true;
        resolve();
      };
      if (fault === null) setTimeout(resolve, millis);
    });
    return { done, stop: () => stop() };
  }

  return fake;
}

function after(millis: number): Promise<void> {
  return new Promise((go) => setTimeout(go, millis));
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
