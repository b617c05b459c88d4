// The door to the machine: every screen gets its host here and does not know which one it is.
import { browserHost } from './browser';
import type { Host } from './types';

let current: Host | undefined;

/** The machine this screen runs on. */
export function host(): Host {
  return (current ??= browserHost());
}

/** Puts another machine behind the door. */
export function useHost(other: Host): void {
  current = other;
}

/** Finds out which machine this is; before the first screen is shown. */
export async function findHost(): Promise<void> {
  if (!('__TAURI_INTERNALS__' in window)) return;
  const { tauriHost } = await import('./tauri');
  useHost(await tauriHost());
}

export * from './types';
