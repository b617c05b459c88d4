// The menu as entries: what stands in it for somebody, and what a phone's bar has room for.
import Settings from '@lucide/svelte/icons/settings';
import type { PlainKey } from '../../words/texts';
import { addressOf, type Route } from './routes';

/** One line of the menu. */
export interface Entry {
  address: string;
  title: PlainKey;
  icon: Route['icon'];
  /** Whether its screen, or one below it, is shown. */
  here: boolean;
  /** What stands below it. */
  below: readonly Route[];
}

/** How many entries a phone's bar shows beside "Lainnya"; one more finds room where nothing is left for that. */
const IN_BAR = 4;

/** What somebody may open, as the menu shows it: the settings are one entry. */
export function menuOf(allowed: readonly Route[], here: Route | null): Entry[] {
  const plain = allowed
    .filter((route) => !route.group)
    .map((route) => ({
      address: addressOf(route),
      title: route.title,
      icon: route.icon,
      here: route === here,
      below: [],
    }));
  const settings = allowed.filter((route) => route.group === 'settings');
  if (!settings[0]) return plain;
  const head = { address: addressOf(settings[0]), title: 'desk.settings' as const, icon: Settings };
  return [...plain, { ...head, here: here?.group === 'settings', below: settings }];
}

/** From which entry on a phone shows them behind "Lainnya". */
export function barEnd(entries: readonly Entry[]): number {
  return entries.length > IN_BAR + 1 ? IN_BAR : entries.length;
}
