import { describe, expect, it } from 'vitest';
import { dayName } from '../../../../words/time';
import { draftOf, hoursOf, quotaOf, timeOf, weekWords, wrongDay, wrongOf } from './week';

const span = (hari: number, buka: string, tutup: string) => ({ hari, buka, tutup });
const clinic = {
  jam: [
    span(4, '13:00', '15:00'),
    ...[1, 2, 3, 4, 5].map((hari) => span(hari, '07:30', '12:00')),
    span(6, '07:30', '11:00'),
  ],
  kuota: { total: 60, online: null },
  terakhir: '11:00',
};

const anyTime = { jam: [], kuota: { total: null, online: null }, terakhir: null };

describe('opening hours', () => {
  it('are read in few words', () => {
    expect(weekWords(clinic, (hari) => dayName(hari, 'id'))).toEqual([
      'Senin–Rabu 07.30–12.00',
      'Kamis 07.30–12.00 & 13.00–15.00',
      'Jumat 07.30–12.00',
      'Sabtu 07.30–11.00',
    ]);
    expect(weekWords(anyTime, String)).toEqual([]);
    expect(dayName(7, 'en')).toBe('Sunday');
  });

  it('come back from the form as they were', () => {
    const sorted = (hours: typeof clinic) => ({
      ...hours,
      jam: [...hours.jam].sort((one, other) => one.hari - other.hari || one.buka.localeCompare(other.buka)),
    });
    expect(hoursOf(draftOf(clinic))).toEqual(sorted(clinic));
    expect(hoursOf(draftOf(anyTime))).toEqual(anyTime);
  });

  it('a time is taken as people type it', () => {
    for (const [typed, time] of [
      ['7.30', '07:30'],
      ['07:30', '07:30'],
      ['24.00', '24:00'],
      ['24.01', null],
      ['12.60', null],
      ['siang', null],
    ] as const) {
      expect(timeOf(typed)).toBe(time);
    }
  });

  it('what is wrong with a day is told', () => {
    expect(wrongDay([])).toBe(null);
    expect(wrongDay([{ buka: '7.30', tutup: 'sore' }])).toBe('time');
    expect(wrongDay([{ buka: '14.00', tutup: '7.30' }])).toBe('order');
    const [morning, noon] = [
      { buka: '13.00', tutup: '15.00' },
      { buka: '7.30', tutup: '12.00' },
    ];
    expect(wrongDay([morning, noon])).toBe(null);
    expect(wrongDay([morning, { buka: '12.00', tutup: '13.30' }])).toBe('order');
  });

  it('a draft without a single open day, a quota of no number, is wrong', () => {
    const draft = { ...draftOf(clinic), total: 'banyak', last: '25.00' };
    expect(wrongOf(draft)).toEqual({ total: true, last: true });
    expect(wrongOf({ ...draftOf(anyTime), always: false })).toEqual({ week: true });
    expect(wrongOf(draftOf(anyTime))).toEqual({});
    expect([quotaOf(''), quotaOf(' 40 '), quotaOf('-1')]).toEqual([null, 40, undefined]);
  });
});
