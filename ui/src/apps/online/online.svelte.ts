// Taking a number from a phone: what is typed, what is missing, and the wish that is one wish however often it is sent.
import { ask, keyed } from '../../api/client';
import type { Service, Ticket } from '../../api/types';
import { Form } from '../../data/form.svelte';
import type { PlainKey } from '../../words/texts';

export interface Draft {
  poli: string;
  /** The service day; empty: today. */
  tanggal: string;
  nama: string;
  no_hp: string;
  nik: string;
  no_bpjs: string;
  agreed: boolean;
}
type Needed = 'poli' | 'nama' | 'no_hp' | 'agreed';

const NEEDED: Record<Needed, PlainKey> = {
  poli: 'online.service_needed',
  nama: 'online.name_needed',
  no_hp: 'online.phone_needed',
  agreed: 'online.consent_needed',
};

export class Online {
  readonly form = new Form<Draft>({
    poli: '',
    tanggal: '',
    nama: '',
    no_hp: '',
    nik: '',
    no_bpjs: '',
    agreed: false,
  });
  /** Somebody wanted to send it: what is missing is said. */
  told = $state(false);

  missing(field: Needed): PlainKey | null {
    const value = this.form.draft[field];
    const there = typeof value === 'string' ? value.trim() !== '' : value;
    return this.told && !there ? NEEDED[field] : null;
  }

  /** What the service says now: one that shut meanwhile is no choice. */
  shutNow(services: readonly Service[]): boolean {
    const { poli, tanggal } = this.form.draft;
    return tanggal === '' && services.some((one) => one.slug === poli && one.tutup !== null);
  }

  /** The number; null while something is missing or the hub said no. */
  async take(consent: string): Promise<Ticket | null> {
    this.told = true;
    if ((Object.keys(NEEDED) as Needed[]).some((field) => this.missing(field))) return null;
    const answer = await this.form.send(({ poli, tanggal, nama, no_hp, nik, no_bpjs }, _, key) =>
      ask<{ ticket: Ticket }>((hub, signal) =>
        hub.POST('/api/register', {
          signal,
          headers: keyed(key),
          body: {
            poli,
            nama: nama.trim(),
            no_hp: no_hp.trim(),
            ...(nik.trim() ? { nik: nik.trim() } : {}),
            ...(no_bpjs.trim() ? { no_bpjs: no_bpjs.trim() } : {}),
            ...(tanggal ? { tanggal } : {}),
            cara_daftar: 'online',
            persetujuan: consent,
          },
        }),
      ),
    );
    return answer?.ticket ?? null;
  }
}

/** The days for which a number can be taken, today first: `from` and `until` as "2026-11-20". */
export function daysUntil(from: string, until: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${until}T00:00:00Z`); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
