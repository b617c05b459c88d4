import { expect, test } from 'vitest';
import { dayStartEffect, minutesOf } from './day-start';

test('a time is read as it is typed', () => {
  expect(['03:00', '3.00', ' 23:59 ', '24:00', '3', '03:60', ''].map(minutesOf)).toEqual([
    180,
    180,
    1439,
    null,
    null,
    null,
    null,
  ]);
});

test('an admin is told what another beginning of the day does', () => {
  const three = 3 * 60;
  expect(dayStartEffect(three, three, 600)).toBe('none');
  // At 02:30 a day that starts at two has begun already.
  expect(dayStartEffect(three, 2 * 60, 2 * 60 + 30)).toBe('now');
  expect(dayStartEffect(three, 2 * 60, 10 * 60)).toBe('later');
  expect(dayStartEffect(three, 9 * 60, 10 * 60)).toBe('while_open');
  expect(dayStartEffect(three, 0, 10 * 60)).toBe('later');
});
