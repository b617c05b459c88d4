// What a screen may ask of the machine it runs on. Screens ask for abilities, never for platform names.
import type { components } from '../api/schema';

/** What this machine can do; a screen hides what is missing. */
export interface Abilities {
  /** Can read a sentence aloud in Indonesian. */
  speak: boolean;
  /** Has a printer of its own, and a sheet of paper for every ticket. */
  print: boolean;
  /** Has a camera, or can be given one. */
  scan: boolean;
  /** Keeps settings of its own (`lobi.toml`): printer, speaker, camera, window. */
  settings: boolean;
}

/** What a machine is for. */
export type Mode = 'kiosk' | 'counter' | 'tv' | 'receptionist';

/** Who this machine is. */
export interface Machine {
  /** Its own name for itself; stays over restarts. */
  id: string;
  /** Its name for people: "Kiosk pintu utama". Empty until somebody gave it one. */
  name: string;
  /** The room it stands in: TVs of one zone are heard together. */
  zone: string;
  speaker: SpeakerChoice;
}

/** How a machine speaks. */
export interface SpeakerChoice {
  on: boolean;
  /** 0–100. */
  volume: number;
  /** Local time from which it is silent, `20:00`; empty: never. */
  quiet_from: string;
  /** Local time from which it speaks again, `06:00`. */
  quiet_until: string;
}

/** A device that did not do its work: a stable code, whose words are in the texts. */
export class DeviceFault extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** What stands on a paper; the hub composes it, the printer renders it. */
export type Printout = components['schemas']['Printout'];

/** This machine's own printer. */
export interface Printer {
  /** Prints one paper. Rejects with a `DeviceFault`. `warning` is `paper_near_end` or null. */
  print(printout: Printout): Promise<{ warning: string | null }>;
  /** How it is without printing: a fault's or a warning's code, or null. */
  status(): Promise<{ fault: string | null; warning: string | null }>;
}

/** A recorded clip, ready to be played. */
export interface Clip {
  /** Seconds. */
  readonly duration: number;
}

/** Something that plays. */
export interface Playing {
  /** Resolves at the end or when stopped; rejects with a `DeviceFault` (`mute`, `hung`) when nothing can be heard. */
  readonly done: Promise<void>;
  stop(): void;
}

/** Sound as it is: samples between −1 and 1, one channel. */
export interface Sound {
  samples: Float32Array;
  /** Samples a second. */
  rate: number;
}

/** A microphone. */
export interface Microphone {
  /** Begins to listen; `level` hears how loud it is (0–1), `ended` that it was pulled out. Rejects with a `DeviceFault`:
   * `not_allowed`, `not_found`, `busy`, `died`. */
  listen(level: (level: number) => void, ended: () => void): Promise<Listening>;
}

/** A microphone that listens. */
export interface Listening {
  /** Stops, and gives what was heard. */
  end(): Promise<Sound>;
  cancel(): void;
}

/** A camera that looks for QR codes. */
export interface Camera {
  list(): Promise<{ id: string; name: string }[]>;
  /** Begins to look; one at a time, opening again replaces it. */
  open(source: string | null, handlers: CameraHandlers): Promise<void>;
  close(): void;
}

export interface CameraHandlers {
  /** A new picture for the preview. */
  frame(picture: CanvasImageSource, width: number, height: number): void;
  /** A code came into view; said once until it left the picture. */
  hit(text: string): void;
  /** What is wrong with the camera, or null when it is well again. */
  health(fault: string | null): void;
}

/** A hub on this network. */
export interface FoundHub {
  id: string;
  name: string;
  version: string;
  addresses: string[];
}

/** All of `lobi.toml`. */
export interface MachineSettings {
  id: string;
  name: string;
  mode: Mode | null;
  zone: string;
  hub: { here: boolean; data: string; listen: string; url: string; id: string };
  printer: PrinterSettings | null;
  speaker: SpeakerChoice;
  camera: { source: string };
  window: { monitor: string; autostart: boolean };
}

export interface PrinterSettings {
  /** `tcp://192.168.1.50:9100`, `usb://04b8:0e15`, `serial:///dev/ttyUSB0?baud=9600`, `queue://EPSON`, `file:///…`. */
  connection: string;
  /** `58`, `80`, or letters and dots in a row: `42x512`. */
  width: string;
  code_page: string;
  /** `native` or `dots`. */
  qr: string;
  cutter: boolean;
  logo?: string | null;
}

/** The settings of this machine; a browser has none. Every call rejects with `{ code, message }` made for people. */
export interface Settings {
  read(): Promise<MachineSettings>;
  /** Saves and applies: connects to the hub, or starts it here. Tells whether the site itself waits to be set up. */
  write(settings: MachineSettings): Promise<{ site_needs_setup: boolean }>;
  /** Closes the setup window and opens the mode's own. */
  start(): Promise<void>;
  /** Calls back with every change of the list until stopped. */
  findHubs(changed: (hubs: FoundHub[]) => void): () => void;
  tryHub(url: string): Promise<{ id: string; name: string; version: string }>;
  printers(): Promise<{ connection: string; name: string }[]>;
  monitors(): Promise<{ name: string; width: number; height: number }[]>;
  cameras(): Promise<{ id: string; name: string }[]>;
  testPrint(printer: PrinterSettings): Promise<{ warning: string | null }>;
  testVoice(text: string, volume: number): Promise<void>;
}

export interface LiveHandlers {
  opened(): void;
  message(text: string): void;
  /** Called exactly once, also when the connection never opened. */
  closed(): void;
}

/** One connection to the hub's live feed. */
export interface LiveSocket {
  send(text: string): void;
  close(): void;
}

/** A place for small text values. `tab` forgets when the tab closes, `machine` keeps. */
export interface Memory {
  read(name: string): string | null;
  write(name: string, value: string | null): void;
}

/** The other pages of this browser that are open now; silence where a browser lets them know nothing of each other. */
export interface Tabs {
  tell(said: unknown): void;
  hear(listener: (said: unknown) => void): () => void;
}

export interface Host {
  readonly can: Abilities;
  /** Address of the hub as a visitor's phone would type it, without a slash at the end. */
  readonly origin: string;
  readonly remember: { tab: Memory; machine: Memory };
  readonly tabs: Tabs;

  /** The one way to the hub's HTTP routes. Rejects when the hub cannot be reached. */
  request(request: Request): Promise<Response>;
  /** The one way to the hub's live feed. */
  live(handlers: LiveHandlers): LiveSocket;

  /** Plays the two-tone chime at a volume of 0–1 and resolves at its end; false when nothing could be heard. */
  chime(volume: number): Promise<boolean>;
  /** Whether sound may be played; `changed` is called whenever that changes. Returns a stop function. */
  watchSound(changed: (allowed: boolean) => void): () => void;
  /** Asks to be allowed to play sound; works only during a touch or key press. */
  allowSound(): void;

  speak(sentence: string, language: 'id' | 'en'): void;
  hush(): void;

  /** Who this machine is, as far as it remembers. */
  machine(): Machine;
  /** Changes what a browser remembers of itself; a desktop machine changes it in its settings. */
  rename(changes: Partial<Pick<Machine, 'name' | 'zone' | 'speaker'>>): void;
  /** This machine's own printer; only where `can.print`. */
  readonly printer: Printer | null;
  /** Makes a clip of a recording; rejects when it cannot be played here. */
  clip(recording: ArrayBuffer): Promise<Clip>;
  /** Null where a page may not have one: plain http. */
  readonly microphone: Microphone | null;
  /** What a file sounds like; rejects with a `DeviceFault` (`unreadable`). */
  decode(file: Blob): Promise<Sound>;
  /** Plays clips one after the other without a gap, at a volume of 0–1. */
  play(clips: Clip[], volume: number): Playing;
  /** Reads a sentence with this machine's own voice; rejects with a `DeviceFault`: `no_engine`, `no_voice`, `hung`, `died`. */
  say(sentence: string, language: 'id' | 'en', volume: number): Playing;
  /** Only where `can.scan`. */
  readonly camera: Camera | null;
  /** Only where `can.settings`. */
  readonly settings: Settings | null;
  /** Asks the admin's password and opens this machine's settings. Rejects with `{ code, message }`. */
  openSettings(username: string, password: string): Promise<void>;
  /** Leaves a locked kiosk or TV; needs the admin's password. Rejects with `{ code, message }`. */
  leave(username: string, password: string): Promise<void>;
  vibrate(pattern: number[]): void;
  /** Keeps the display on while the screen is shown. */
  stayAwake(): void;
  /** Fills the display, where a browser allows it (only during a touch). */
  fillScreen(): void;
  /** Puts words where "paste" takes them from; false where that is not allowed. */
  copy(words: string): Promise<boolean>;
  /** Calls back when the machine gets its network back or the page is looked at again. */
  watchReturn(returned: () => void): () => void;
}
