// The desktop program as the page sees it: its commands, answered inside the page, with devices that a test can break.
// It proves the host's side of the conversation; the program's own side is proved in real windows.
import type { Browser, Page } from '@playwright/test';
import type { Hub } from './hub';

export interface Shell {
  /** `lobi.toml` as the program begins; a null mode is a first start. */
  settings: Record<string, unknown>;
  /** What the printer says; null: prints. `paper_near_end` prints and warns. */
  printer: string | null;
  /** What the voice says; null: speaks. */
  voice: string | null;
  /** What the camera says; null: delivers pictures. */
  camera: string | null;
  /** How long a paper takes. */
  printMs: number;
  hubs: { id: string; name: string; version: string; addresses: string[] }[];
  printers: { connection: string; name: string }[];
  cameras: { id: string; name: string }[];
  monitors: { name: string; width: number; height: number }[];
  /** By command: what it is refused with. */
  refusals: Record<string, { code: string; message: string }>;
}

/** What the page asked of the program. */
export interface Asked {
  printed: unknown[];
  said: string[];
  /** The guarded doors that opened. */
  doors: string[];
  /** Settings, oldest first. */
  written: Record<string, unknown>[];
  started: boolean;
  /** Holds a code to the camera. */
  show(text: string): void;
}

declare global {
  interface Window {
    shell: Shell & Asked;
  }
}

type Mode = 'kiosk' | 'counter' | 'tv' | 'receptionist';

export const NEW_MACHINE = {
  id: 'mesin-1',
  name: '',
  mode: null,
  zone: 'utama',
  hub: { here: true, data: '', listen: '0.0.0.0:4040', url: '', id: '' },
  printer: null,
  speaker: { on: true, volume: 80, quiet_from: '', quiet_until: '' },
  camera: { source: '' },
  window: { monitor: '', autostart: true },
};

const NAMES: Record<Mode, string> = {
  kiosk: 'Kiosk pintu utama',
  counter: 'Loket 3',
  tv: 'TV ruang tunggu',
  receptionist: 'Meja depan',
};

const WELL: Shell = {
  settings: NEW_MACHINE,
  printer: null,
  voice: null,
  camera: null,
  printMs: 0,
  hubs: [],
  printers: [],
  cameras: [],
  monitors: [{ name: 'HDMI-1', width: 1920, height: 1080 }],
  refusals: {},
};

/** Puts the program around a page that is not opened yet. The page's own origin is the hub. */
export async function asProgram(page: Page, changes: Partial<Shell> = {}): Promise<void> {
  await page.addInitScript(program, { ...WELL, ...changes });
}

/** Opens a page as the program's window of a mode does. */
export async function openInShell(
  browser: Browser,
  hub: Hub,
  { mode, ...changes }: Partial<Shell> & { mode: Mode },
  viewport = { width: 1080, height: 1920 },
): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'id-ID', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const prints = mode === 'kiosk' || mode === 'receptionist';
  const printer = prints
    ? { connection: 'tcp://192.168.1.50:9100', width: '58', code_page: 'pc437', qr: 'native', cutter: true }
    : null;
  const settings = { ...NEW_MACHINE, id: `mesin-${mode}`, name: NAMES[mode], mode, printer };
  await asProgram(page, { settings, ...changes });
  await page.goto(`${hub.address}/${mode}`);
  return page;
}

/** Runs inside the page, before anything else. */
function program(begin: Shell): void {
  const shell: Shell & Asked = {
    ...begin,
    printed: [],
    said: [],
    doors: [],
    written: [],
    started: false,
    show: (text) => tellCamera?.({ kind: 'hit', text }),
  };
  window.shell = shell;
  const callbacks = new Map<number, (message: unknown) => void>();
  const sockets = new Map<number, WebSocket>();
  let next = 1;
  type Tell = (message: unknown) => void;
  interface Args {
    request: { method: string; path: string; headers: [string, string][]; body: string | null };
    channel: { id: number };
    id: number;
    text: string;
    sentence: string;
    printout: unknown;
    password: string;
    url: string;
    settings: Record<string, unknown>;
  }

  function teller({ channel }: Args): Tell {
    let index = 0;
    return (message) => callbacks.get(channel.id)?.({ index: index++, message });
  }

  // ---- the hub, through the program ----

  async function carry({ request: { method, path, headers, body } }: Args) {
    const answer = await fetch(path, { method, headers, body });
    const head = new TextEncoder().encode(
      JSON.stringify({ status: answer.status, headers: [...answer.headers] }),
    );
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const framed = new Uint8Array(4 + head.length + bytes.length);
    new DataView(framed.buffer).setUint32(0, head.length, true);
    framed.set(head, 4);
    framed.set(bytes, 4 + head.length);
    return framed.buffer;
  }

  function listen(args: Args) {
    const tell = teller(args);
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws`);
    socket.onopen = () => tell({ kind: 'opened' });
    socket.onmessage = ({ data }) => tell({ kind: 'message', text: data });
    socket.onclose = () => tell({ kind: 'closed' });
    sockets.set(next, socket);
    return next++;
  }

  // ---- the camera: a desk, and a paper on it that moves a little with every picture ----

  const PICTURE_MS = 100;
  const BLIND = ['not_found', 'busy', 'unplugged', 'denied', 'unreadable'];
  let tellCamera: Tell | undefined;
  let cameraTimer: ReturnType<typeof setInterval> | undefined;

  function openCamera(args: Args): void {
    clearInterval(cameraTimer);
    const tell = (tellCamera = teller(args));
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
    let told: string | null = null;
    let count = 0;
    cameraTimer = setInterval(() => {
      if (shell.camera !== told) tell({ kind: 'health', fault: (told = shell.camera) });
      if (told !== null && BLIND.includes(told)) return;
      if (told !== 'frozen') count += 1;
      const pen = canvas.getContext('2d')!;
      pen.fillStyle = told === 'black' ? '#000' : '#7d6a55';
      pen.fillRect(0, 0, 640, 480);
      if (told !== 'black') {
        pen.fillStyle = '#f4f1e8';
        pen.fillRect(210 + (count % 8), 90, 220, 300);
      }
      canvas.toBlob((jpeg) => void jpeg?.arrayBuffer().then((bytes) => tell(bytes)), 'image/jpeg');
    }, PICTURE_MS);
  }

  function closeCamera(): void {
    clearInterval(cameraTimer);
    tellCamera = undefined;
  }

  // ---- everything by name ----

  const fault = () => (shell.printer === 'paper_near_end' ? null : shell.printer);
  const warning = () => (shell.printer === 'paper_near_end' ? shell.printer : null);
  const guarded = (door: string, { password }: Args) => {
    if (password !== 'lobi-demo') throw { code: 'refused', message: 'Nama pengguna atau kata sandi salah.' };
    shell.doors.push(door);
  };

  const commands: Record<string, (args: Args) => unknown> = {
    machine: () => ({
      ...shell.settings,
      hub: { url: location.origin, id: '' },
      has_printer: shell.settings.printer !== null,
      has_camera: shell.settings.mode === 'receptionist',
      version: '0.0.0',
    }),
    hub_request: carry,
    hub_live: listen,
    hub_send: ({ id, text }) => sockets.get(id)?.send(text),
    hub_close: ({ id }) => sockets.get(id)?.close(),

    async print_paper({ printout }) {
      await new Promise((go) => setTimeout(go, shell.printMs));
      if (fault()) throw { code: fault(), message: '' };
      shell.printed.push(printout);
      return { warning: warning(), bytes: 400 };
    },
    printer_status: () => ({ fault: fault(), warning: warning() }),
    async say({ sentence }) {
      if (shell.voice) throw { code: shell.voice, message: '' };
      shell.said.push(sentence);
      await new Promise((go) => setTimeout(go, 1_000));
    },
    hush: () => undefined,
    camera_list: () => shell.cameras,
    camera_open: openCamera,
    camera_close: closeCamera,
    leave: (args) => guarded('leave', args),
    open_settings: (args) => guarded('settings', args),

    // The program leaves a printer out where there is none.
    settings_read: () =>
      JSON.parse(JSON.stringify({ ...shell.settings, printer: shell.settings.printer ?? undefined })),
    async settings_write({ settings }) {
      shell.settings = settings;
      shell.written.push(settings);
      const state = (await (await fetch('/api/setup')).json()) as { needed: boolean };
      return { site_needs_setup: state.needed };
    },
    settings_start: () => void (shell.started = true),
    find_hubs(args) {
      const tell = teller(args);
      setTimeout(() => tell(shell.hubs), 50);
    },
    try_hub: ({ url }) => ({ id: 'situs-2', name: 'Klinik Sehat', version: '0.1.0', url }),
    list_printers: () => shell.printers,
    list_monitors: () => shell.monitors,
    test_print: () => ({ warning: null }),
    test_voice: () => undefined,
  };

  Object.assign(window, {
    __TAURI_INTERNALS__: {
      transformCallback(callback: (message: unknown) => void) {
        callbacks.set(next, callback);
        return next++;
      },
      unregisterCallback: (id: number) => callbacks.delete(id),
      invoke: async (command: string, args: Args) => {
        if (shell.refusals[command]) throw shell.refusals[command];
        if (!commands[command]) throw { code: 'not_allowed', message: command };
        return commands[command](args);
      },
    },
  });
}
