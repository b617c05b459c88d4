// Every screen of the desk, once: its address, name, right, place in the menu, and what it needs to be shown.
import Activity from '@lucide/svelte/icons/activity';
import Accessibility from '@lucide/svelte/icons/accessibility';
import Building2 from '@lucide/svelte/icons/building-2';
import CalendarOff from '@lucide/svelte/icons/calendar-off';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import CircleUser from '@lucide/svelte/icons/circle-user';
import Clock from '@lucide/svelte/icons/clock';
import ContactRound from '@lucide/svelte/icons/contact-round';
import Kanban from '@lucide/svelte/icons/square-kanban';
import KeyRound from '@lucide/svelte/icons/key-round';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Forward from '@lucide/svelte/icons/forward';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import Megaphone from '@lucide/svelte/icons/megaphone';
import Monitor from '@lucide/svelte/icons/monitor';
import MonitorCheck from '@lucide/svelte/icons/monitor-check';
import Printer from '@lucide/svelte/icons/printer';
import ScanQrCode from '@lucide/svelte/icons/scan-qr-code';
import TvIcon from '@lucide/svelte/icons/tv';
import Users from '@lucide/svelte/icons/users';
import Webhook from '@lucide/svelte/icons/webhook';
import type { Component } from 'svelte';
import { fit } from '../../boot/router.svelte';
import type { User } from '../../api/types';
import type { PlainKey, Section } from '../../words/texts';
import type { Upkeep } from './admin/upkeep.svelte';
import type { Machines } from './machines.svelte';

/** What every screen of the desk is given. */
export interface ScreenProps {
  user: User;
  machines: Machines;
  upkeep: Upkeep;
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
  /** Shown below its head in the menu, or in the menu of the person. */
  group?: 'settings' | 'person';
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
    words: ['counter', 'announce'],
  },
  {
    path: '/receptionist',
    title: 'desk.reception',
    icon: ScanQrCode,
    right: 'view-dashboard',
    menu: 'rail',
    load: () => import('./reception/Receptionist.svelte'),
    words: ['reception', 'patients'],
  },
  {
    path: '/supervisor',
    title: 'desk.supervisor',
    icon: Kanban,
    right: 'view-dashboard',
    menu: 'rail',
    load: () => import('./supervisor/Supervisor.svelte'),
    words: ['supervisor'],
  },
  {
    path: '/patients/:id?',
    title: 'desk.patients',
    icon: ContactRound,
    right: 'view-patients',
    menu: 'words',
    load: () => import('./patients/Patients.svelte'),
    words: ['patients'],
  },
  {
    path: '/reports',
    title: 'desk.reports',
    icon: ChartColumn,
    right: 'view-reports',
    menu: 'words',
    load: () => import('./reports/Reports.svelte'),
    words: ['reports'],
  },
  {
    path: '/announcements',
    title: 'desk.announcements',
    icon: Megaphone,
    right: 'announce',
    menu: 'words',
    load: () => import('./announce/Announcements.svelte'),
    words: ['announce'],
  },
  {
    path: '/settings',
    title: 'desk.site',
    icon: Building2,
    right: 'manage-site',
    group: 'settings',
    menu: 'words',
    load: () => import('./admin/Settings.svelte'),
    words: ['settings', 'printer', 'setup'],
  },
  {
    path: '/settings/first',
    title: 'desk.first',
    icon: ListChecks,
    right: 'manage-site',
    group: 'settings',
    menu: 'words',
    load: () => import('./admin/first/FirstSteps.svelte'),
    words: ['first'],
  },
  {
    path: '/settings/services/:slug?',
    title: 'desk.services',
    icon: ListOrdered,
    right: 'manage-site',
    group: 'settings',
    menu: 'words',
    load: () => import('./admin/services/Services.svelte'),
    words: ['services'],
  },
  {
    path: '/settings/classes/:slug?',
    title: 'desk.classes',
    icon: Accessibility,
    right: 'manage-site',
    group: 'settings',
    menu: 'words',
    load: () => import('./admin/classes/ClassList.svelte'),
    words: ['classes', 'services', 'turns'],
  },
  {
    path: '/settings/journeys/:slug?',
    title: 'desk.journeys',
    icon: Forward,
    right: 'manage-site',
    group: 'settings',
    menu: 'words',
    load: () => import('./admin/journeys/JourneyList.svelte'),
    words: ['journeys', 'turns'],
  },
  {
    path: '/settings/hours/:slug?',
    title: 'desk.hours',
    icon: Clock,
    right: 'manage-site',
    group: 'settings',
    menu: 'words',
    load: () => import('./admin/hours/HoursScreen.svelte'),
    words: ['hours'],
  },
  {
    path: '/settings/holidays/:date?',
    title: 'desk.holidays',
    icon: CalendarOff,
    right: 'manage-site',
    group: 'settings',
    menu: 'words',
    load: () => import('./admin/holidays/Holidays.svelte'),
    words: ['holidays'],
  },
  {
    path: '/settings/counters/:loket?',
    title: 'desk.counters',
    icon: MonitorCheck,
    right: 'manage-site',
    group: 'settings',
    menu: 'words',
    load: () => import('./admin/counters/Counters.svelte'),
    words: ['counters'],
  },
  {
    path: '/settings/staff/:who?',
    title: 'desk.staff',
    icon: Users,
    right: 'manage-staff',
    group: 'settings',
    menu: 'words',
    load: () => import('./admin/staff/Staff.svelte'),
    words: ['staff'],
  },
  {
    path: '/settings/screens/:machine?',
    title: 'desk.screens',
    icon: TvIcon,
    right: 'manage-site',
    group: 'settings',
    menu: 'words',
    load: () => import('./admin/screens/Screens.svelte'),
    words: ['screens'],
  },
  {
    path: '/settings/devices',
    title: 'desk.devices',
    icon: Printer,
    right: 'manage-site',
    group: 'settings',
    menu: 'words',
    load: () => import('./admin/Devices.svelte'),
    words: ['settings'],
  },
  {
    path: '/settings/keys/:id?',
    title: 'desk.keys',
    icon: KeyRound,
    right: 'manage-keys',
    group: 'settings',
    menu: 'words',
    load: () => import('./admin/keys/Keys.svelte'),
    words: ['keys'],
  },
  {
    path: '/settings/webhooks/:id?',
    title: 'desk.webhooks',
    icon: Webhook,
    right: 'manage-keys',
    group: 'settings',
    menu: 'words',
    load: () => import('./admin/webhooks/Webhooks.svelte'),
    words: ['webhooks'],
  },
  {
    path: '/settings/hub',
    title: 'desk.hub',
    icon: Activity,
    right: 'manage-hub',
    group: 'settings',
    menu: 'words',
    load: () => import('./admin/Hub.svelte'),
    words: ['settings', 'hub'],
  },
  {
    path: '/account',
    title: 'desk.account',
    icon: CircleUser,
    group: 'person',
    menu: 'words',
    load: () => import('./account/Account.svelte'),
    words: ['account'],
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
