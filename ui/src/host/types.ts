// What a screen may ask of the machine it runs on. Screens ask for abilities, never for platform names.

/** What this machine can do; a screen hides what is missing. */
export interface Abilities {
  /** Can read a sentence aloud in Indonesian. */
  speak: boolean;
  /** Can print a ticket on paper. */
  print: boolean;
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

export interface Host {
  readonly can: Abilities;
  /** Address of the hub as a visitor's phone would type it, without a slash at the end. */
  readonly origin: string;
  readonly remember: { tab: Memory; machine: Memory };

  /** The one way to the hub's HTTP routes. Rejects when the hub cannot be reached. */
  request(request: Request): Promise<Response>;
  /** The one way to the hub's live feed. */
  live(handlers: LiveHandlers): LiveSocket;

  /** Plays the two-tone chime; false when the machine does not allow sound yet. */
  chime(): Promise<boolean>;
  /** Whether sound may be played; `changed` is called whenever that changes. Returns a stop function. */
  watchSound(changed: (allowed: boolean) => void): () => void;
  /** Asks to be allowed to play sound; works only during a touch or key press. */
  allowSound(): void;

  speak(sentence: string, language: 'id' | 'en'): void;
  hush(): void;
  vibrate(pattern: number[]): void;
  /** Keeps the display on while the screen is shown. */
  stayAwake(): void;
  /** Fills the display, where a browser allows it (only during a touch). */
  fillScreen(): void;
  /** Calls back when the machine gets its network back or the page is looked at again. */
  watchReturn(returned: () => void): () => void;
}
