// What each page may weigh: the numbers of DESIGN, in one list.
import type { Budget } from './budgets.ts';
import type { Early } from './early.ts';

export const BUDGETS: readonly Budget[] = [
  { name: 'ticket', file: 'apps/ticket/Phone.svelte', words: ['phone', 'code'], most: 60 },
  { name: 'start', file: 'apps/start/Start.svelte', words: ['start', 'code'], most: 60 },
  { name: 'online', file: 'apps/online/Online.svelte', words: ['online', 'kiosk', 'code'], most: 66 },
  { name: 'own', file: 'apps/own/Own.svelte', words: ['portal'], most: 65 },
  {
    name: 'kiosk',
    file: 'apps/kiosk/Kiosk.svelte',
    words: ['kiosk', 'identify', 'guard', 'devices'],
    most: 82,
  },
  { name: 'tv', file: 'apps/tv/Tv.svelte', words: ['tv', 'guard', 'devices'], most: 80 },
  {
    name: 'counter',
    file: ['desk/Desk.svelte', 'desk/counter/Counter.svelte'],
    words: ['desk', 'devices', 'counter', 'announce'],
    most: 143,
  },
  {
    name: 'reception',
    file: 'apps/desk/reception/Receptionist.svelte',
    words: ['reception', 'patients'],
    most: 25,
    after: 'counter',
  },
  {
    name: 'settings',
    file: 'apps/desk/admin/Settings.svelte',
    words: ['settings', 'printer', 'setup'],
    most: 25,
    after: 'counter',
  },
  ...[
    { name: 'first steps', file: 'admin/first/FirstSteps.svelte', words: ['first'] },
    { name: 'services', file: 'admin/services/Services.svelte', words: ['services'] },
    { name: 'classes', file: 'admin/classes/ClassList.svelte', words: ['classes', 'services', 'turns'] },
    { name: 'journeys', file: 'admin/journeys/JourneyList.svelte', words: ['journeys', 'turns'] },
    { name: 'hours', file: 'admin/hours/HoursScreen.svelte', words: ['hours'] },
    { name: 'holidays', file: 'admin/holidays/Holidays.svelte', words: ['holidays'] },
    { name: 'counters', file: 'admin/counters/Counters.svelte', words: ['counters'] },
    { name: 'staff', file: 'admin/staff/Staff.svelte', words: ['staff'] },
    { name: 'keys', file: 'admin/keys/Keys.svelte', words: ['keys'] },
    { name: 'webhooks', file: 'admin/webhooks/Webhooks.svelte', words: ['webhooks'] },
    { name: 'screens', file: 'admin/screens/Screens.svelte', words: ['screens'] },
    { name: 'devices', file: 'admin/Devices.svelte', words: ['settings'] },
    { name: 'hub', file: 'admin/Hub.svelte', words: ['settings', 'hub'] },
    { name: 'supervisor', file: 'supervisor/Supervisor.svelte', words: ['supervisor'] },
    { name: 'patients', file: 'patients/Patients.svelte', words: ['patients'] },
    { name: 'reports', file: 'reports/Reports.svelte', words: ['reports'] },
    { name: 'announcements', file: 'announce/Announcements.svelte', words: ['announce'] },
    { name: 'account', file: 'account/Account.svelte', words: ['account'] },
  ].map((page) => ({ ...page, most: 25, after: 'counter' })),
];

/** The pages whose files are asked for at once. */
export const EARLY: Early = [
  ['/t/', 'ticket'],
  ['/kiosk', 'kiosk'],
  ['/tv', 'tv'],
].map(([path, name]) => ({ path: path!, page: BUDGETS.find((one) => one.name === name)! }));
