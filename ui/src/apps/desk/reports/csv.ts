// A report for a spreadsheet. Semicolons and commas as Indonesian spreadsheets read them; a byte order mark, or Excel takes it for
// another alphabet.
import type { Report } from '../../../api/reports';
import { tableOf, type Cell, type TableWords } from './table';

export function csvOf(report: Report, words: TableWords): string {
  const { head, rows } = tableOf(report, words);
  const all: Cell[][] = [[report.dari, report.sampai], head, ...rows];
  return `\uFEFF${all.map((cells) => cells.map(cell).join(';')).join('\r\n')}\r\n`;
}

/** What a spreadsheet would take for a formula is text. */
function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value).replace('.', ',');
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
