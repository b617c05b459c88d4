// The table of a report, for every kind of file: the whole house, then each service.
import type { Durations, Report } from '../../../api/reports';

export type Cell = string | number | null;

export interface TableWords {
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

/** The head of the columns, and the rows. */
export function tableOf({ antrean }: Report, words: TableWords): { head: string[]; rows: Cell[][] } {
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
  const head = [
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
  ];
  return {
    head,
    rows: [
      row(words.all, antrean, antrean.tunggu, antrean.layan),
      ...antrean.per_poli.map((one) => row(one.poli.nama, one, one.tunggu, one.layan)),
    ],
  };
}
