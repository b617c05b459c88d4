// The words for what is wrong with a device: what it is, and what to do about it.
import type { DeviceKind } from '../api/types';
import { t, tFound } from './language.svelte';

export interface Words {
  problem: string;
  todo: string;
}

/** What is wrong with the printer, whenever that was noticed: before a ticket or while it was printed. */
export function causeOf(code: string): string {
  return code.replace(/_midway$/, '');
}

/** Words for a fault's or a warning's code; one that is not known is at least named. */
export function deviceWords(kind: DeviceKind, code: string): Words {
  const key = `devices.${kind}_${causeOf(code)}`;
  const [problem, todo] = [tFound(key), tFound(`${key}_do`)];
  if (problem && todo) return { problem, todo };
  return { problem: t('devices.unknown', { kode: code }), todo: t('devices.unknown_do') };
}
