import { describe, expect, it } from 'vitest';
import type { Counter } from '../../../api/types';
import { aService, at, deskTicket } from '../../../data/builders';
import { columnsOf, needOf } from './columns';

const UMUM = { slug: 'umum', kode: 'A', nama: 'Poli Umum' };
const GIGI = { slug: 'gigi', kode: 'B', nama: 'Poli Gigi' };
const counter = (number: number, changes: Partial<Counter> = {}): Counter => ({
  number,
  nama: `Loket ${number}`,
  services: [UMUM],
  allowed: true,
  petugas: [],
  current: null,
  keadaan: 'buka',
  alasan: '',
  sejak: null,
  ...changes,
});
const services = [aService(), aService({ slug: 'gigi', nama: 'Poli Gigi' })];
const now = Date.parse(at(0)) + 70 * 60_000;

describe('the board of a supervisor', () => {
  it('has a column for each service of the own counters, with its counters and who waits', () => {
    const tickets = [deskTicket({ id: 1 }), deskTicket({ id: 2, created_at: at(3_600) })];
    const counters = [counter(1), counter(2, { services: [GIGI], allowed: false }), counter(3)];
    const columns = columnsOf({ services, counters, tickets }, now);
    expect(columns.map((one) => [one.slug, one.waiting.length, one.longest])).toEqual([['umum', 2, 70]]);
    expect(columns[0]!.counters.map((one) => one.number)).toEqual([1, 3]);
  });

  it('lists who waits in the order in which they are called', () => {
    const tickets = [deskTicket({ id: 1, position: 2 }), deskTicket({ id: 2, position: 1 })];
    const [column] = columnsOf({ services, counters: [counter(1)], tickets }, now);
    expect(column!.waiting.map((one) => one.id)).toEqual([2, 1]);
  });

  it('counts a wait from joining the line, and nobody who is still to come', () => {
    const joined = (id: number, seconds: number) =>
      deskTicket({
        id,
        created_at: at(-86_400),
        tahap: [
          {
            poli: UMUM,
            status: 'menunggu',
            masuk_at: at(seconds),
            called_at: null,
            served_at: null,
            finished_at: null,
            loket: null,
          },
        ],
      });
    const tickets = [joined(1, 3_600), deskTicket({ id: 2, hadir: false, created_at: at(-86_400) })];
    const [column] = columnsOf({ services, counters: [counter(1)], tickets }, now);
    expect([column!.waiting.map((one) => one.id), column!.longest]).toEqual([[1], 10]);
  });

  it('shows a service without a counter where somebody waits for it', () => {
    const tickets = [deskTicket({ poli: GIGI })];
    expect(columnsOf({ services, counters: [], tickets }, now).map((one) => one.slug)).toEqual(['gigi']);
  });

  it('names who waits too long, and the counter that would help', () => {
    const counters = [counter(1), counter(3, { keadaan: 'jeda', alasan: 'Istirahat' })];
    const late = columnsOf({ services, counters, tickets: [deskTicket()] }, now);
    expect(needOf(late)).toMatchObject({ column: { slug: 'umum' }, help: { number: 3 } });
    const soon = columnsOf({ services, counters, tickets: [deskTicket()] }, now - 10 * 60_000);
    expect(needOf(soon)).toBe(null);
  });
});
