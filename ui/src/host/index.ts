// The door to the machine: every screen gets its host here and does not know which one it is.
import { browserHost } from './browser';
import type { Host } from './types';

let current: Host | undefined;

/** The machine this screen runs on. */
export function host(): Host {
  return (current ??= browserHost());
}

/** Puts another machine behind the door: a fake in tests, the desktop shell later. */
export function useHost(other: Host): void {
  current = other;
}

export type { Abilities, Host, LiveHandlers, LiveSocket, Memory } from './types';
