// A report as an Excel file: with the facility's head, numbers as numbers, and the hours on a sheet of their own.
import writeXlsxFile, { type SheetData } from 'write-excel-file/browser';
import type { Report } from '../../../api/reports';
import { tableOf, type TableWords } from './table';

export interface XlsxWords extends TableWords {
  /** The facility and its town. */
  facility: string;
  /** Which days. */
  title: string;
  /** The names of the sheets. */
  summary: string;
  hours: string;
  counters: string;
  hour: string;
  taken: string;
  called: string;
  counter: string;
}

const HEAD = { fontWeight: 'bold', backgroundColor: '#E3F1EA' } as const;
const bold = (value: string) => ({ value, fontWeight: 'bold' as const, fontSize: 14 });

/** What stands on each sheet. */
export function sheetsOf(report: Report, words: XlsxWords): { sheet: string; data: SheetData }[] {
  const { head, rows } = tableOf(report, words);
  const heads = (names: string[]) => names.map((value) => ({ value, ...HEAD }));
  const top: SheetData = [[bold(words.facility)], [{ value: words.title }], []];
  const { per_jam, per_loket } = report.antrean;
  return [
    { sheet: words.summary, data: [...top, heads(head), ...rows] },
    {
      sheet: words.hours,
      data: [
        heads([words.hour, words.taken, words.called]),
        ...per_jam.map((one, hour) => [`${String(hour).padStart(2, '0')}.00`, one.ambil, one.panggil]),
      ],
    },
    {
      sheet: words.counters,
      data: [
        heads([words.counter, words.visits, words.visitMedian]),
        ...per_loket.map((one) => [one.loket, one.layan.jumlah, one.layan.median]),
      ],
    },
  ];
}

export async function xlsxOf(report: Report, words: XlsxWords): Promise<Blob> {
  const columns = [{ width: 30 }, ...Array.from({ length: 9 }, () => ({ width: 16 }))];
  return writeXlsxFile(sheetsOf(report, words).map((one) => ({ ...one, columns }))).toBlob();
}
