// How the receptionist's screen puts a ticket into words and colours.
import type { LiveTicket, Ticket } from '../../../api/types';
import { t, tAny, tn } from '../../../words/language.svelte';
import { deviceSentence } from './reception-paper';
import { readScan } from '../../../parts/scanner';
import { site } from '../../../data/site.svelte';
import type { TextKey } from '../../../words/texts';

/** "Menunggu", "Dipanggil ke Loket 3". */
export function stateWords(ticket: LiveTicket): string {
  return ticket.loket !== null && (ticket.status === 'dipanggil' || ticket.status === 'sedang_dilayani')
    ? tAny(`reception.at_${ticket.status}` as TextKey, { loket: t('common.counter_n', { n: ticket.loket }) })
    : tAny(`reception.is_${ticket.status}` as TextKey);
}

/** When that came to be. */
export function timeWords(ticket: LiveTicket): string {
  const at =
    ticket.status === 'menunggu'
      ? ticket.created_at
      : (ticket.finished_at ?? ticket.served_at ?? ticket.called_at ?? ticket.created_at);
  const jam = site.hour(Date.parse(at));
  return ticket.status === 'menunggu' ? t('reception.took_at', { jam }) : t('reception.since', { jam });
}

/** Green: all well. Amber: the person must do something. Grey: over. */
export function toneOf(ticket: LiveTicket): 'green' | 'amber' | 'grey' {
  if (ticket.status === 'dilewati' || ticket.status === 'dipanggil') return 'amber';
  return ticket.status === 'selesai' || ticket.status === 'batal' ? 'grey' : 'green';
}

/** "3 orang di depan · sekitar 15 menit". */
export function placeWords(ticket: Ticket): string {
  if (ticket.status !== 'menunggu' || ticket.position === null) return '';
  const ahead = ticket.position - 1;
  const place = ahead ? tn('reception.ahead', ahead) : t('reception.next');
  const wait = ticket.estimated_wait_minutes;
  return wait ? `${place} · ${site.waitText(wait)}` : place;
}

/** What is known of the ticket's paper. */
export function paperWords(ticket: LiveTicket): string {
  const { state, copies, fault } = ticket.paper;
  if (state === 'printed')
    return copies ? tn('reception.paper_copies', copies) : t('reception.paper_printed');
  if (state === 'failed')
    return t('reception.paper_failed', { masalah: deviceSentence('printer', fault ?? '') });
  return state === 'queued' ? t('reception.paper_queued') : t('reception.paper_none');
}

/** A typed code the way it stands on paper, anything else as it was typed. */
export function numberOf(text: string): string {
  const reading = readScan(text);
  if (reading.kind === 'code') return `${reading.code.slice(0, 5)}-${reading.code.slice(5)}`;
  return reading.kind === 'number' ? reading.nomor : text;
}
