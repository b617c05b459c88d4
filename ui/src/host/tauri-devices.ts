// Printer, voice, camera and settings of a desktop machine, as the program offers them.
import { Channel, invoke } from '@tauri-apps/api/core';
import { DeviceFault, type Camera, type CameraHandlers, type Playing } from './types';
import type { FoundHub, MachineSettings, Printer, Settings } from './types';

/** What the program says of a device that did not do its work. */
async function work<T>(
  command: string,
  args: Record<string, unknown> = {},
  unknown = 'unsupported',
): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (problem) {
    const code = (problem as { code?: unknown } | null)?.code;
    throw new DeviceFault(typeof code === 'string' ? code : unknown);
  }
}

export const printer: Printer = {
  async print(printout) {
    const { warning } = await work<{ warning: string | null }>('print_paper', { printout }, 'printer_error');
    return { warning };
  },
  status: () => work('printer_status', {}, 'printer_error'),
};

/** A program that does not answer must not silence the queue: its own watch is shorter than this one. */
const ANSWERED_WITHIN_MS = 10_000;
const SLOWEST_MS_PER_LETTER = 220;

export function say(sentence: string, language: 'id' | 'en', volume: number): Playing {
  let stop: () => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new DeviceFault('hung')),
      ANSWERED_WITHIN_MS + sentence.length * SLOWEST_MS_PER_LETTER,
    );
    stop = () => {
      void invoke('hush').catch(() => undefined);
      resolve();
    };
    work<void>('say', { sentence, language, volume }, 'no_engine')
      .then(resolve, reject)
      .finally(() => clearTimeout(late));
  });
  return { done, stop: () => stop() };
}

type CameraNews = ArrayBuffer | { kind: 'hit'; text: string } | { kind: 'health'; fault: string | null };

export function camera(): Camera {
  let current: CameraHandlers | undefined;
  let drawing = false;

  async function draw(jpeg: ArrayBuffer, handlers: CameraHandlers): Promise<void> {
    // Newest only: while one picture is being unpacked the others are left out.
    if (drawing) return;
    drawing = true;
    try {
      const picture = await createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' }));
      if (current === handlers) handlers.frame(picture, picture.width, picture.height);
      picture.close();
    } catch {
      // A torn picture: the next one comes in a moment.
    } finally {
      drawing = false;
    }
  }

  return {
    list: () => invoke('camera_list'),
    async open(source, handlers) {
      current = handlers;
      const channel = new Channel<CameraNews>((news) => {
        if (current !== handlers) return;
        if (news instanceof ArrayBuffer) void draw(news, handlers);
        else if (news.kind === 'hit') handlers.hit(news.text);
        else handlers.health(news.fault);
      });
      try {
        await work('camera_open', { source, channel }, 'unreadable');
      } catch (problem) {
        if (current === handlers) handlers.health((problem as DeviceFault).code);
      }
    },
    close() {
      current = undefined;
      void invoke('camera_close').catch(() => undefined);
    },
  };
}

export const settings: Settings = {
  // As in lobi.toml, a machine without a printer does not name one.
  read: async () => {
    const settings = await invoke<Omit<MachineSettings, 'printer'> & Partial<MachineSettings>>(
      'settings_read',
    );
    return { ...settings, printer: settings.printer ?? null };
  },
  write: (settings) => invoke('settings_write', { settings }),
  start: () => invoke('settings_start'),
  findHubs(changed) {
    let stopped = false;
    const channel = new Channel<FoundHub[]>((hubs) => {
      if (!stopped) changed(hubs);
    });
    void invoke('find_hubs', { channel }).catch(() => undefined);
    return () => (stopped = true);
  },
  tryHub: (url) => invoke('try_hub', { url }),
  printers: () => invoke('list_printers'),
  monitors: () => invoke('list_monitors'),
  cameras: () => invoke('camera_list'),
  testPrint: (printer) => invoke('test_print', { printer }),
  testVoice: (text, volume) => invoke('test_voice', { text, volume }),
};
