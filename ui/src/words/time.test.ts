// The clinic's time, whatever the device believes.
import { expect, test } from 'vitest';
import {
  comingText,
  dateText,
  durationText,
  hourText,
  momentText,
  offsetMinutes,
  wholeMinutes,
} from './time';

const at = Date.parse('2026-11-20T01:42:00Z');

test('hours are shown in the site’s zone and the language’s way', () => {
  expect(hourText(at, '+08:00', 'id')).toBe('09.42');
  expect(hourText(at, '+09:00', 'en')).toBe('10:42');
  expect(offsetMinutes('-03:30')).toBe(-210);
});

test('dates are shown in the site’s zone', () => {
  expect(dateText(at, '+08:00', 'id')).toBe('Jumat, 20 November 2026');
  expect(dateText(Date.parse('2026-11-19T23:00:00Z'), '+08:00', 'id', false)).toBe('Jumat, 20 November');
});

test('durations', () => {
  expect(durationText(42_000)).toBe('00:42');
  expect(durationText(3_725_000)).toBe('1:02:05');
  expect(durationText(-5)).toBe('00:00');
  expect(wholeMinutes(119_000)).toBe(1);
});

test.each([
  ['2026-11-20T07:20:00+08:00', 'hari ini 07.20'],
  ['2026-11-20T00:05:00+08:00', 'hari ini 00.05'],
  ['2026-11-19T23:55:00+08:00', 'kemarin 23.55'],
  ['2026-11-19T16:30:00Z', 'hari ini 00.30'],
  ['2026-02-03T14:10:00+08:00', '3 Feb 2026 14.10'],
])('%s, said on a Friday morning in Makassar, is %s', (at, said) => {
  const now = Date.parse('2026-11-20T09:00:00+08:00');
  const words = { today: 'hari ini', yesterday: 'kemarin' };
  expect(momentText(Date.parse(at), now, '+08:00', 'id', words)).toBe(said);
});

test('a moment to come is said as people say it', () => {
  const now = Date.parse('2026-11-20T20:27:00+08:00');
  const words = { today: 'hari ini', tomorrow: 'besok' };
  const said = (at: string) => comingText(Date.parse(at), now, '+08:00', 'id', words);
  expect(said('2026-11-20T23:30:00+08:00')).toBe('hari ini 23.30');
  expect(said('2026-11-21T07:30:00+08:00')).toBe('besok 07.30');
  expect(said('2026-11-23T07:30:00+08:00')).toBe('Senin 07.30');
  expect(said('2026-11-22T07:30:00+08:00')).toBe('Minggu 07.30');
  expect(said('2026-12-28T07:30:00+08:00')).toBe('28 Des 07.30');
});
