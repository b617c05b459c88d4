// A report for a spreadsheet. Semicolons and commas as Indonesian spreadsheets read them; a byte order mark, or Excel takes it for
// another alphabet.
import type { Durations, Report } from '../../../api/reports';

type Cell = string | number | null | undefined;

export interface CsvWords {
  service: string;
  people: string;
  done: string;
  skipped: string;
  cancelled: string;
  median: string;
  p90: string;
  within: string;
  visits: string;
  visitMedian: string;
  all: string;
}

export function csvOf({ dari, sampai, antrean }: Report, words: CsvWords): string {
  const row = (
    name: string,
    counts: { total: number; selesai: number; dilewati: number; batal: number },
    waits: Durations,
    visits: Durations,
  ): Cell[] => [
    name,
    counts.total,
    counts.selesai,
    counts.dilewati,
    counts.batal,
    waits.median,
    waits.p90,
    waits.dalam_60,
    visits.jumlah,
    visits.median,
  ];
  const rows: Cell[][] = [
    [dari, sampai],
    [
      words.service,
      words.people,
      words.done,
      words.skipped,
      words.cancelled,
      words.median,
      words.p90,
      words.within,
      words.visits,
      words.visitMedian,
    ],
    row(words.all, antrean, antrean.tunggu, antrean.layan),
    ...antrean.per_poli.map((one) => row(one.poli.nama, one, one.tunggu, one.layan)),
  ];
  return `\uFEFF${rows.map((cells) => cells.map(cell).join(';')).join('\r\n')}\r\n`;
}

/** What a spreadsheet would take for a formula is text. */
function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value).replace('.', ',');
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
