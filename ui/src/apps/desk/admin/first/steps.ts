// What a facility needs before its first day, and how far it is: read from what the hub knows, never ticked by hand.
import type { ManagedCounter, ManagedService } from '../../../../api/manage';
import type { SiteSettings } from '../../../../api/site-settings';
import type { Machine } from '../../../../api/types';
import { t, tAny } from '../../../../words/language.svelte';
import type { PlainKey } from '../../../../words/texts';

export interface Known {
  settings: SiteSettings;
  services: readonly ManagedService[];
  counters: readonly ManagedCounter[];
  /** How many may sign in. */
  staff: number;
  machines: readonly Machine[];
  /** Where other machines reach the hub. */
  address: string;
}

export interface Step {
  id: 'site' | 'services' | 'counters' | 'staff' | 'printer' | 'kiosk' | 'tv';
  title: PlainKey;
  done: boolean;
  words: string;
  /** A screen of the desk, or an address for another machine. */
  href: string;
  elsewhere: boolean;
}

export function stepsOf(known: Known): Step[] {
  const { settings, staff } = known;
  return [
    step('site', true, `${[settings.nama, settings.kota].filter(Boolean).join(', ')}`, '/settings'),
    servicesStep(known),
    countersStep(known),
    step(
      'staff',
      staff > 1,
      staff > 1 ? t('first.staff_done', { n: staff }) : t('first.staff_todo'),
      staff > 1 ? '/settings/staff' : '/settings/staff/baru',
    ),
    printerStep(known),
    machineStep(known, 'kiosk'),
    machineStep(known, 'tv'),
  ];
}

function servicesStep({ services }: Known): Step {
  const open = services.filter((one) => one.open && !one.retired);
  const words = open.length
    ? t('first.services_done', { layanan: open.map((one) => one.nama).join(', ') })
    : t('first.services_todo');
  return step('services', open.length > 0, words, '/settings/services');
}

/** Every open service is called at some counter. */
function countersStep({ services, counters }: Known): Step {
  const served = new Set(counters.flatMap((one) => one.services.map((poli) => poli.slug)));
  const left = services.filter((one) => one.open && !one.retired && !served.has(one.slug));
  const done = counters.length > 0 && left.length === 0;
  const words = done
    ? t('first.counters_done', { n: counters.length })
    : t('first.counters_todo', { layanan: left.map((one) => one.nama).join(', ') });
  return step('counters', done, words, '/settings/counters');
}

function printerStep({ settings, machines }: Known): Step {
  const own = machines.find(
    (one) => one.here && one.devices.some((device) => device.kind === 'printer' && device.state !== 'fault'),
  );
  const name = own?.nama ?? settings.printer?.connection;
  const words = name ? t('first.printer_done', { nama: name }) : t('first.printer_todo');
  return step('printer', name !== undefined, words, '/settings#printer');
}

function machineStep({ machines, address }: Known, mode: 'kiosk' | 'tv'): Step {
  const here = machines.filter((one) => one.mode === mode && one.here);
  const heard = here.find((one) => one.devices.every((device) => device.state !== 'fault'));
  const href = `${address}/${mode}`;
  const first = heard ?? here[0];
  if (!first)
    return { ...step(mode, false, tAny(`first.${mode}_todo`, { alamat: href }), href), elsewhere: true };
  const done = mode === 'kiosk' || heard !== undefined;
  const words = tAny(done ? `first.${mode}_done` : 'first.tv_mute', { nama: first.nama });
  return { ...step(mode, done, words, href), elsewhere: true };
}

/** Whether an address leads nowhere from another machine. */
export function onlyHere(address: string): boolean {
  try {
    return /^(127\.|localhost$|\[::1\]$)/.test(new URL(address).hostname);
  } catch {
    return false;
  }
}

function step(id: Step['id'], done: boolean, words: string, href: string): Step {
  return { id, title: `first.${id}`, done, words, href, elsewhere: false };
}
