// How a patient's facts are written for people.
import type { Noted, Patient } from '../../../api/patients';
import { language, t, tFound } from '../../../words/language.svelte';

/** "17 Agu 1990 · 36 th · P"; nothing where nothing is known. */
export function bornText({ tgl_lahir, jenis_kelamin }: Patient, today: string): string {
  const parts = tgl_lahir ? [dayOf(tgl_lahir), ageText(tgl_lahir, today)] : [];
  if (jenis_kelamin) parts.push(jenis_kelamin);
  return parts.join(' · ');
}

/** "17 Agu 1990". */
export function dayOf(day: string): string {
  return new Intl.DateTimeFormat(language.current === 'id' ? 'id-ID' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
}

/** "36 th", and for whoever is younger than two years in months. */
export function ageText(born: string, today: string): string {
  const [year, month, day] = born.split('-').map(Number) as [number, number, number];
  const [thisYear, thisMonth, thisDay] = today.split('-').map(Number) as [number, number, number];
  const months = (thisYear - year) * 12 + thisMonth - month - (thisDay < day ? 1 : 0);
  return months < 24
    ? t('patients.months', { bulan: Math.max(0, months) })
    : t('patients.years', { tahun: Math.floor(months / 12) });
}

/** A number that only its owner needs whole: the last four digits. */
export function lastDigits(number: string | null): string {
  return number ? `•••• ${number.slice(-4)}` : '';
}

/** "+6281234567890" as people write it: "0812-3456-7890". */
export function phoneText(phone: string | null): string {
  if (!phone?.startsWith('+62')) return phone ?? '';
  const national = `0${phone.slice(3)}`;
  return national.startsWith('08') ? national.replace(/^(.{4})(.{4})(.+)$/, '$1-$2-$3') : national;
}

/** What was done to a record, in words. */
export function deedText({ apa, sesudah }: Noted): string {
  const words = tFound(`patients.deed_${apa}`) ?? apa;
  const other = sesudah.dari ?? sesudah.ke;
  return other ? `${words} (${t('patients.no_rm')} ${other})` : words;
}

export interface FieldChange {
  label: string;
  before: string;
  after: string;
}

/** What was changed, field by field, in the order of the form. */
export function fieldChanges({ sebelum, sesudah }: Noted): FieldChange[] {
  const names = [...new Set([...Object.keys(sebelum), ...Object.keys(sesudah)])];
  return names
    .filter((name) => name !== 'dari' && name !== 'ke')
    .map((name) => ({
      label: tFound(`patients.${name}`) ?? name,
      before: sebelum[name] ?? '',
      after: sesudah[name] ?? '',
    }));
}
