// Every screen of the desk, once: its address, name, right, place in the menu, and what it needs to be shown.
import Monitor from '@lucide/svelte/icons/monitor';
import ScanQrCode from '@lucide/svelte/icons/scan-qr-code';
import Settings from '@lucide/svelte/icons/settings';
import type { Component } from 'svelte';
import { fit } from '../../boot/router.svelte';
import type { User } from '../../api/types';
import type { PlainKey, Section } from '../../words/texts';
import type { Machines } from './machines.svelte';

/** What every screen of the desk is given. */
export interface ScreenProps {
  user: User;
  machines: Machines;
  /** The parts that the address names. */
  params: Record<string, string>;
}

export interface Route {
  /** `:name` stands for a part, `:name?` for one that may be missing. */
  path: string;
  title: PlainKey;
  icon: typeof Monitor;
  /** Whoever lacks this right neither sees nor opens it. Without one, the screen itself says who may use it. */
  right?: string;
  /** A rail of icons beside work that needs the width; words beside what is read. */
  menu: 'rail' | 'words';
  load: () => Promise<{ default: Component<ScreenProps> }>;
  words: readonly Section[];
}

export const ROUTES: readonly Route[] = [
  {
    path: '/counter/:loket?',
    title: 'desk.counter',
    icon: Monitor,
    right: 'call-queue',
    menu: 'rail',
    load: () => import('./counter/Counter.svelte'),
    words: ['counter'],
  },
  {
    path: '/receptionist',
    title: 'desk.reception',
    icon: ScanQrCode,
    right: 'view-dashboard',
    menu: 'rail',
    load: () => import('./reception/Receptionist.svelte'),
    words: ['reception'],
  },
  {
    path: '/settings',
    title: 'desk.settings',
    icon: Settings,
    right: 'manage-site',
    menu: 'words',
    load: () => import('./admin/Settings.svelte'),
    words: ['settings', 'printer', 'setup'],
  },
];

/** The screen of an address, with the parts that it names. */
export function routeOf(path: string): { route: Route; params: Record<string, string> } | null {
  for (const route of ROUTES) {
    const params = fit(route.path, path);
    if (params) return { route, params };
  }
  return null;
}

/** Where a menu entry leads. */
export function addressOf(route: Route): string {
  return route.path.replace(/\/:.*$/, '');
}

/** What somebody may open. */
export function routesFor(may: (right: string) => boolean): Route[] {
  return ROUTES.filter(({ right }) => !right || may(right));
}
