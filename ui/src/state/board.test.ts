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

  test('a clock that was set back leaves the order that the hub gave', () => {
    expect(ids(mergeDisplays([display(10, called(3, 0), called(2, 3600), called(1, 3599))]).recent)).toEqual([
      3, 2, 1,
    ]);
  });

  test('it moves nothing within a poli when another one comes in between', () => {
    const board = mergeDisplays([
      display(10, called(3, 0), called(1, 3600)),
      display(10, called(4, 1800), called(2, 1700)),
    ]);
    expect(ids(board.recent)).toEqual([4, 2, 3, 1]);
  });

  test('calls of every poli are known, also those that found no place', () => {
    const many = [6, 5, 4, 3, 2].map((id) => called(id));
    expect(ids(mergeDisplays([display(10, ...many), display(10, called(1))]).known)).toContain(1);
  });

  test('at most five recent calls are kept', () => {
    const board = mergeDisplays([
      display(10, called(9), called(7), called(5)),
      display(10, called(8), called(6), called(4)),
    ]);
    expect(ids(board.recent)).toEqual([9, 8, 7, 6, 5]);
  });
});
