// The desktop program as the page sees it: its commands, answered inside the page, with devices that a test can break.
// It proves the host's side of the conversation; the program's own side is proved in real windows.
import type { Browser, Page } from '@playwright/test';
import type { Hub } from './hub';

export interface ShellDevices {
  mode: 'kiosk' | 'counter' | 'tv' | 'receptionist';
  /** What the printer says; null: prints. `paper_near_end` prints and warns. */
  printer: string | null;
  /** What the voice says; null: speaks. */
  voice: string | null;
  /** How long a paper takes. */
  printMs: number;
}

declare global {
  interface Window {
    shell: ShellDevices & { printed: unknown[]; said: string[]; doors: string[] };
  }
}

/** Opens a page as the window of the desktop program does. */
export async function openInShell(
  browser: Browser,
  hub: Hub,
  devices: Partial<ShellDevices> & Pick<ShellDevices, 'mode'>,
  viewport = { width: 1080, height: 1920 },
): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'id-ID', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.addInitScript(program, { printer: null, voice: null, printMs: 0, ...devices });
  await page.goto(`${hub.address}/${devices.mode}`);
  return page;
}

/** Runs inside the page, before anything else. */
function program(devices: ShellDevices): void {
  const shell = { ...devices, printed: [] as unknown[], said: [] as string[], doors: [] as string[] };
  window.shell = shell;
  const callbacks = new Map<number, (message: unknown) => void>();
  const sockets = new Map<number, WebSocket>();
  let next = 1;
  type Args = Record<string, never> & {
    request: { method: string; path: string; headers: [string, string][]; body: string | null };
    channel: { id: number };
    id: number;
    text: string;
    sentence: string;
    printout: unknown;
    password: string;
  };

  const fault = () => (shell.printer === 'paper_near_end' ? null : shell.printer);
  const warning = () => (shell.printer === 'paper_near_end' ? shell.printer : null);
  const guarded = (door: string, { password }: Args) => {
    if (password !== 'lobi-demo') throw { code: 'refused', message: 'Nama pengguna atau kata sandi salah.' };
    shell.doors.push(door);
  };

  const commands: Record<string, (args: Args) => unknown> = {
    machine: () => ({
      id: 'mesin-e2e',
      name: 'Kiosk pintu utama',
      mode: shell.mode,
      zone: '',
      speaker: { on: true, volume: 90, quiet_from: '', quiet_until: '' },
      has_printer: shell.mode === 'kiosk' || shell.mode === 'receptionist',
      has_camera: false,
      hub: { url: location.origin, id: '' },
      version: '0.0.0',
    }),
    async hub_request({ request }) {
      const { method, path, headers, body } = request;
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
    },
    hub_live({ channel }) {
      const id = next++;
      let index = 0;
      const tell = (message: unknown) => callbacks.get(channel.id)?.({ index: index++, message });
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws`);
      socket.onopen = () => tell({ kind: 'opened' });
      socket.onmessage = ({ data }) => tell({ kind: 'message', text: data });
      socket.onclose = () => tell({ kind: 'closed' });
      sockets.set(id, socket);
      return id;
    },
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
    leave: (args) => guarded('leave', args),
    open_settings: (args) => guarded('settings', args),
  };

  Object.assign(window, {
    __TAURI_INTERNALS__: {
      transformCallback(callback: (message: unknown) => void) {
        callbacks.set(next, callback);
        return next++;
      },
      unregisterCallback: (id: number) => callbacks.delete(id),
      invoke: async (command: string, args: Args) => {
        if (!commands[command]) throw { code: 'not_allowed', message: command };
        return commands[command](args);
      },
    },
  });
}
