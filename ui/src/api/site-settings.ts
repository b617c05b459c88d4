// What an admin asks of the hub about the site itself.
import { ask, askVersioned, keyed } from './client';
import type { components } from './schema';

export type SiteSettings = components['schemas']['Settings'];
export type ChangeSettings = components['schemas']['ChangeSettings'];

/** The hub waits for a slow printer before it tells what is wrong with it. */
const PRINT_PATIENCE_MS = 30_000;

export const siteSettings = {
  read: () => askVersioned<SiteSettings>((hub, signal) => hub.GET('/api/settings', { signal })),
  /** `seen`: the version that the changes were made from; refused with 412 when it is no longer the present one. */
  change: (changes: ChangeSettings, seen: string | null, key: string) =>
    askVersioned<SiteSettings>((hub, signal) =>
      hub.POST('/api/settings', {
        signal,
        body: changes,
        headers: { ...keyed(key), ...(seen ? { 'If-Match': seen } : {}) },
      }),
    ),
  testPrinter: () =>
    ask<void>((hub, signal) => hub.POST('/api/settings/printer/test', { signal }), PRINT_PATIENCE_MS),
};
