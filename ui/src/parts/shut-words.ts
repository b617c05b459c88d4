// Why a service gives no number now, and when it does again; for pages that read the kiosk's words.
import type { Service } from '../api/types';
import { site } from '../data/site.svelte';
import { t } from '../words/language.svelte';

/** "Tutup · buka besok 07.30", "Libur: Natal · buka Senin 07.30", "Nomor hari ini habis · …"; nothing where numbers are given. */
export function shutWords({ tutup }: Service): string | null {
  if (!tutup) return null;
  const why =
    tutup.sebab === 'libur'
      ? t('kiosk.shut_holiday', { libur: tutup.libur ?? '' })
      : t(tutup.sebab === 'kuota' ? 'kiosk.shut_quota' : 'kiosk.shut');
  return tutup.buka_lagi ? `${why} · ${t('kiosk.opens', { saat: site.coming(tutup.buka_lagi) })}` : why;
}
