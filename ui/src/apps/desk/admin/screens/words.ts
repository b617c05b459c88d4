// A TV in words: how it divides its glass, how it looks, and how it is.
import type { Screen } from '../../../../api/screens';
import type { ScreenPlan } from '../../../../api/types';
import { site } from '../../../../data/site.svelte';
import { deviceWords } from '../../../../words/device-words';
import { t } from '../../../../words/language.svelte';

export const LAYOUTS = ['panggilan', 'tabel', 'satu', 'dua'] as const satisfies ScreenPlan['layout'][];
export const THEMES = ['malam', 'terang', 'kontras'] as const satisfies ScreenPlan['tema'][];

export function layoutWords(layout: ScreenPlan['layout']): string {
  return t(`screens.layout_${layout}`);
}

/** "Menampilkan A012 · suara hidup". */
export function stateWords({ keadaan }: Screen): string {
  if (!keadaan) return t('screens.never');
  if (!keadaan.here) return t('screens.gone', { kapan: site.moment(keadaan.seen_at) });
  const shows = keadaan.tampil ? t('screens.shows', { nomor: keadaan.tampil }) : t('screens.shows_nothing');
  const speaker = keadaan.devices.find((device) => device.kind === 'speaker');
  if (!speaker) return shows;
  const sound =
    speaker.state === 'ok' || speaker.fault === null
      ? t('screens.heard')
      : deviceWords('speaker', speaker.fault).problem;
  return `${shows} · ${sound}`;
}

/** Whether somebody should look after it. */
export function isWell({ keadaan }: Screen): boolean {
  return Boolean(keadaan?.here) && keadaan!.devices.every((device) => device.state === 'ok');
}
