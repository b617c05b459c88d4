// Reads MDN's tables: was something there already in the oldest Chromium that Lobi is built for?
import type { CompatData } from '@mdn/browser-compat-data';
import { createRequire } from 'node:module';
import { OLDEST_CHROMIUM } from './oldest.ts';

/** Entries by name, as far as they are read here. */
export type Entries = Record<string, { __compat?: Compat }>;

/** MDN's tables: large, so read only where something is judged. */
export const tables = createRequire(import.meta.url)('@mdn/browser-compat-data') as CompatData;

interface Support {
  version_added: string | boolean | null;
  version_removed?: string | boolean | null;
  prefix?: string;
  alternative_name?: string;
  flags?: unknown;
}

/** The part of a `__compat` entry that is read here. */
export interface Compat {
  support: { chrome?: Support | Support[] };
}

/** True when Chromium 68 has it, under its own name and without a switch. */
export function ripe(compat: Compat): boolean {
  const said = compat.support.chrome;
  const ways = Array.isArray(said) ? said : said ? [said] : [];
  return ways.some(
    ({ version_added: since, version_removed: until, prefix, alternative_name: other, flags }) => {
      if (prefix || other || flags || until) return false;
      return (
        since === true || (typeof since === 'string' && parseFloat(since.replace('≤', '')) <= OLDEST_CHROMIUM)
      );
    },
  );
}
