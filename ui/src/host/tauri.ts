// The host for Lobi's own desktop program: devices of this machine, and the hub through the program.
import { invoke } from '@tauri-apps/api/core';
import { FIRST_ZONE } from './browser-machine';
import { indonesianVoice, speech } from './browser-speech';
import { pageAbilities } from './page';
import { camera, printer, say, settings } from './tauri-devices';
import { live, request } from './tauri-hub';
import type { Host, Machine, Mode, SpeakerChoice } from './types';

/** What the program tells of its machine before the page begins. */
interface MachineView {
  id: string;
  name: string;
  mode: Mode | null;
  zone: string;
  speaker: SpeakerChoice;
  has_printer: boolean;
  has_camera: boolean;
  hub: { url: string; id: string };
  version: string;
}

/** Asks the program once who this machine is; from then on every answer is at hand. */
export async function tauriHost(): Promise<Host> {
  const view = await invoke<MachineView>('machine');
  const page = pageAbilities();
  const machine: Machine = {
    id: view.id,
    name: view.name,
    zone: view.zone || FIRST_ZONE,
    speaker: view.speaker,
  };
  // Only the TV's window may use the program's own voice.
  const speaks = view.mode === 'tv';
  // The page was opened by the program, not by a visitor's tab: it may be heard without a touch.
  page.allowSound();

  return {
    ...page,
    // The program fills the display itself.
    fillScreen: () => undefined,
    can: {
      get speak() {
        return speaks || indonesianVoice() !== undefined;
      },
      print: view.has_printer,
      scan: view.has_camera,
      settings: true,
    },
    origin: view.hub.url || location.origin,

    request,
    live,

    speak: speaks
      ? (sentence, language) => void say(sentence, language, 1).done.catch(() => undefined)
      : speech.speak,
    say: speaks ? say : speech.say,
    hush() {
      if (speaks) void invoke('hush').catch(() => undefined);
      speech.hush();
    },

    machine: () => machine,
    rename: () => undefined,
    printer: view.has_printer ? printer : null,
    camera: view.has_camera ? camera() : null,
    settings,
    openSettings: (username, password) => invoke('open_settings', { username, password }),
    leave: (username, password) => invoke('leave', { username, password }),
  };
}
