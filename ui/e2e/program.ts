// A stand-in for the desktop program around a page in a plain browser: the commands of its setup window.
import type { Page } from '@playwright/test';

export interface ProgramSetup {
  /** `lobi.toml` as the program begins; a null mode is a first start. */
  settings: Record<string, unknown>;
  hubs: { id: string; name: string; version: string; addresses: string[] }[];
  printers: { connection: string; name: string }[];
  cameras: { id: string; name: string }[];
  monitors: { name: string; width: number; height: number }[];
  /** By command: what it is refused with. */
  refusals: Record<string, { code: string; message: string }>;
}

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

/** Must be called before the page is opened. The page's own origin is the hub. */
export async function asProgram(page: Page, changes: Partial<ProgramSetup> = {}): Promise<void> {
  const setup: ProgramSetup = {
    settings: NEW_MACHINE,
    hubs: [],
    printers: [],
    cameras: [],
    monitors: [{ name: 'HDMI-1', width: 1920, height: 1080 }],
    refusals: {},
    ...changes,
  };
  await page.addInitScript(programOf, setup);
}

/** The settings that the page wrote, oldest first, and whether it asked to start. */
export async function asked(page: Page): Promise<{ written: Record<string, unknown>[]; started: boolean }> {
  return page.evaluate(() => (window as unknown as { program: never }).program);
}

/** Runs inside the page. */
function programOf(setup: ProgramSetup): void {
  let settings = setup.settings;
  const program = { written: [] as unknown[], started: false };
  const callbacks = new Map<number, (message: unknown) => void>();
  let last = 0;

  async function hubRequest({
    method,
    path,
    headers,
    body,
  }: {
    method: string;
    path: string;
    headers: [string, string][];
    body: string | null;
  }) {
    const answer = await fetch(path, { method, headers, body });
    const head = new TextEncoder().encode(
      JSON.stringify({ status: answer.status, headers: [...answer.headers] }),
    );
    const data = new Uint8Array(await answer.arrayBuffer());
    const framed = new Uint8Array(4 + head.length + data.length);
    new DataView(framed.buffer).setUint32(0, head.length, true);
    framed.set(head, 4);
    framed.set(data, 4 + head.length);
    return framed.buffer;
  }

  const commands: Record<string, (args: never) => unknown> = {
    machine: () => ({
      ...settings,
      hub: { url: location.origin, id: '' },
      has_printer: false,
      has_camera: false,
      version: '0.1.0',
    }),
    settings_read: () => settings,
    settings_write: async ({ settings: wanted }: { settings: Record<string, unknown> }) => {
      settings = wanted;
      program.written.push(wanted);
      const state = (await (await fetch('/api/setup')).json()) as { needed: boolean };
      return { site_needs_setup: state.needed };
    },
    settings_start: () => void (program.started = true),
    find_hubs: ({ channel }: { channel: { id: number } }) => {
      setTimeout(() => callbacks.get(channel.id)?.({ index: 0, message: setup.hubs }), 50);
    },
    try_hub: ({ url }: { url: string }) => ({ id: 'situs-2', name: 'Klinik Sehat', version: '0.1.0', url }),
    list_printers: () => setup.printers,
    list_monitors: () => setup.monitors,
    camera_list: () => setup.cameras,
    test_print: () => ({ warning: null }),
    test_voice: () => undefined,
    hub_request: ({ request }: { request: never }) => hubRequest(request),
    hub_live: () => new Promise(() => undefined),
  };

  Object.assign(window, {
    program,
    __TAURI_INTERNALS__: {
      transformCallback(callback: (message: unknown) => void) {
        callbacks.set(++last, callback);
        return last;
      },
      unregisterCallback: (id: number) => callbacks.delete(id),
      async invoke(command: string, args: never) {
        const refused = setup.refusals[command];
        if (refused) throw refused;
        const known = commands[command];
        if (!known) throw { code: 'unknown', message: `no command ${command}` };
        return known(args);
      },
    },
  });
}
