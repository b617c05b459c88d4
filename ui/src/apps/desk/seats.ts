// A counter as a destination: who sits there, or that nobody does.
import type { Counter } from '../../api/types';
import { t } from '../../words/language.svelte';

/** "Rina", "Jeda: Istirahat", "Tidak ada petugas". */
export function seatWords({ petugas, keadaan, alasan }: Counter): string {
  const who = petugas.map((one) => one.name).join(', ') || t('desk.seat_nobody');
  return keadaan === 'jeda' ? `${who} · ${t('desk.seat_paused', { alasan })}` : who;
}
