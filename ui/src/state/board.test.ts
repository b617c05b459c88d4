// Several polis on one TV look like one place.
import { describe, expect, test } from 'vitest';
import type { LiveTicket } from '../api/types';
import { aTicket, called } from './builders';
import { mergeDisplays } from './board';

const ids = (tickets: { id: number }[]) => tickets.map((one) => one.id);
const display = (seq: number, ...recent: LiveTicket[]) => ({
  current: recent.slice(0, 1),
  recent,
  waiting_count: 2,
  seq,
});

describe('board', () => {
  test('several polis merge by time of call and keep the oldest number', () => {
    const board = mergeDisplays([display(10, called(1)), display(12, called(2), aTicket({ id: 9 }))]);
    expect(ids(board.current)).toEqual([2, 1]);
    expect(ids(board.recent)).toEqual([2, 1, 9]);
    expect(board.seq).toBe(10);
  });

  test('of two calls in one second the higher number is the newer', () => {
    const board = mergeDisplays([display(10, called(1, 5)), display(10, called(2, 5))]);
    expect(ids(board.recent)).toEqual([2, 1]);
  });

  test('at most five recent calls are kept', () => {
    const board = mergeDisplays([
      display(10, called(9), called(7), called(5)),
      display(10, called(8), called(6), called(4)),
    ]);
    expect(ids(board.recent)).toEqual([9, 8, 7, 6, 5]);
  });
});
