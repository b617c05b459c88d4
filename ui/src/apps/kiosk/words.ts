// The kiosk's sentences that are put together from several texts.
import type { Service, Ticket } from '../../api/types';
import { site } from '../../data/site.svelte';
import { language, t, tn } from '../../words/language.svelte';

export function serviceName(service: Service): string {
  return language.current === 'en' && service.nama_en ? service.nama_en : service.nama;
}

/** "12 menunggu · sekitar 25 menit", as much of it as is known. */
export function waitingWords(service: Service): string {
  const minutes = service.estimated_wait_minutes;
  const parts = [];
  if (service.waiting_count === 0) parts.push(t('kiosk.waiting_none'));
  else parts.push(tn('kiosk.waiting', service.waiting_count));
  if (service.priority) parts[0] = t('kiosk.first');
  if (minutes !== null && minutes > 0 && service.waiting_count > 0) parts.push(site.waitText(minutes));
  return parts.join(' · ');
}

/** "12 orang di depan · sekitar 25 menit". */
export function aheadWords(ticket: Ticket): string {
  const ahead = (ticket.position ?? 1) - 1;
  if (ahead === 0) return t('kiosk.ahead_none');
  const minutes = ticket.estimated_wait_minutes;
  const people = tn('kiosk.ahead', ahead);
  return minutes === null || minutes === 0 ? people : `${people} · ${site.waitText(minutes)}`;
}

/** "7K3M9-QX2T4": a code in two halves is easier to copy by hand; the hub does not mind the dash. */
export function codeWords(code: string): string {
  if (code.includes('-') || code.length < 6) return code;
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)}-${code.slice(half)}`;
}

export function spokenStart(services: Service[]): string {
  return t('kiosk.speech_start', {
    judul: t('kiosk.title'),
    pilihan: services
      .filter((service) => !service.tutup)
      .map(serviceName)
      .join(', '),
  });
}

export function spokenNumber(ticket: Ticket, name: string): string {
  return t('kiosk.speech_number', {
    nomor: ticket.nomor_antrean.split('').join(' '),
    layanan: name,
    depan: aheadWords(ticket),
  });
}
