import { describe, expect, it } from 'vitest';
import type { Report } from '../../../api/reports';
import { csvOf } from './csv';
import { sheetsOf } from './xlsx';
import { isDay, spanText, stepped } from './days';

describe('days of a report', () => {
  it.each([
    ['2026-11-24', 'daily', 1, '2026-11-25'],
    ['2026-12-31', 'daily', 1, '2027-01-01'],
    ['2026-03-01', 'daily', -1, '2026-02-28'],
    ['2026-11-24', 'weekly', -1, '2026-11-17'],
    ['2026-11-24', 'monthly', 1, '2026-12-01'],
    ['2026-01-31', 'monthly', 1, '2026-02-01'],
    ['2026-01-31', 'monthly', -1, '2025-12-01'],
    ['2026-11-24', 'yearly', -1, '2025-01-01'],
    ['2024-02-29', 'yearly', 1, '2025-01-01'],
  ] as const)('%s, %s, %i: %s', (day, span, by, expected) => {
    expect(stepped(day, span, by)).toBe(expected);
  });

  it('knows a day from other words', () => {
    expect(isDay('2026-11-24')).toBe(true);
    for (const other of ['', '2026-11', '2026-02-30', '24-11-2026', '2026-13-01', 'kemarin'])
      expect(isDay(other), other).toBe(false);
  });

  it('says which days', () => {
    expect(spanText('daily', '2026-11-24', '2026-11-24', 'id-ID')).toBe('Selasa, 24 November 2026');
    expect(spanText('weekly', '2026-11-23', '2026-11-29', 'id-ID')).toBe('23 – 29 Nov 2026');
    expect(spanText('weekly', '2026-11-30', '2026-12-06', 'id-ID')).toBe('30 Nov – 6 Des 2026');
    expect(spanText('monthly', '2026-11-01', '2026-11-30', 'id-ID')).toBe('November 2026');
    expect(spanText('yearly', '2026-01-01', '2026-12-31', 'id-ID')).toBe('2026');
  });
});

describe('a report for a spreadsheet', () => {
  const waits = { jumlah: 2, median: 18.5, p90: 47, rata: 20, dalam_60: 96.2 };
  const none = { jumlah: 0, median: null, p90: null, rata: null, dalam_60: null };
  const counts = { total: 3, selesai: 2, dilewati: 0, batal: 1, terbuka: 0 };
  const words = {
    service: 'Layanan',
    people: 'Orang',
    done: 'Selesai',
    skipped: 'Dilewati',
    cancelled: 'Batal',
    median: 'Median',
    p90: 'p90',
    within: 'Dalam 60',
    visits: 'Kunjungan',
    visitMedian: 'Layan',
    all: 'Semua',
  };
  const report = (nama: string): Report => ({
    dari: '2026-11-24',
    sampai: '2026-11-24',
    antrean: {
      ...counts,
      tunggu: waits,
      layan: none,
      per_poli: [{ poli: { slug: 'x', kode: 'A', nama }, ...counts, tunggu: waits, layan: none, tahap: 0 }],
      per_loket: [],
      per_jam: [],
      per_cara_daftar: [],
      per_kelas: [],
      per_hari: [],
      pertama: null,
      terakhir: null,
    },
  });

  it('has the same figures, commas as Indonesian spreadsheets read them, and gaps where nothing is known', () => {
    const lines = csvOf(report('Poli Umum'), words).split('\r\n');
    expect(lines[0]).toBe('\uFEFF2026-11-24;2026-11-24');
    expect(lines[2]).toBe('Semua;3;2;0;1;18,5;47;96,2;0;');
    expect(lines[3]).toBe('Poli Umum;3;2;0;1;18,5;47;96,2;0;');
  });

  it('lets no name become a formula or another column', () => {
    expect(csvOf(report('=HYPERLINK("x")'), words)).toContain(`"'=HYPERLINK(""x"")";3`);
    expect(csvOf(report('Gigi; anak'), words)).toContain('"Gigi; anak";3');
  });

  it('is an Excel file of three sheets with the facility above, and numbers stay numbers', () => {
    const more = {
      ...words,
      facility: 'Puskesmas Antang · Makassar',
      title: 'Selasa',
      summary: 'Per layanan',
      hours: 'Per jam',
      counters: 'Per loket',
      hour: 'Jam',
      taken: 'Ambil',
      called: 'Panggil',
      counter: 'Loket',
    };
    const [summary, hours, counters] = sheetsOf(report('=Umum'), more);
    expect([summary!.sheet, hours!.sheet, counters!.sheet]).toEqual(['Per layanan', 'Per jam', 'Per loket']);
    expect(summary!.data[0]).toEqual([expect.objectContaining({ value: 'Puskesmas Antang · Makassar' })]);
    expect(summary!.data.at(-1)).toEqual(['=Umum', 3, 2, 0, 1, 18.5, 47, 96.2, 0, null]);
  });
});
