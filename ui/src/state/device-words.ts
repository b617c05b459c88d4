// The words for what is wrong with a device: what it is, and what to do about it.
import type { DeviceKind } from '../api/types';
import { fill, type TextKey } from '../texts';
import id from '../../../assets/texts/id.json';
import { t } from './language.svelte';

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
  const key = `${kind}_${causeOf(code)}`;
  if (key in id.devices && `${key}_do` in id.devices) {
    return { problem: t(`devices.${key}` as TextKey), todo: t(`devices.${key}_do` as TextKey) };
  }
  return { problem: fill(t('devices.unknown'), { kode: code }), todo: t('devices.unknown_do') };
}
