// Several polis on one TV look like one place.
import { describe, expect, test } from 'vitest';
import type { LiveTicket } from '../../api/types';
import { aTicket, called } from '../../data/builders';
import { mergeDisplays, rowsBeside, worthKeeping } from './board';

const ids = (tickets: { id: number }[]) => tickets.map((one) => one.id);
const display = (seq: number, ...recent: LiveTicket[]) => ({
  current: recent.slice(0, 1),
  recent,
  waiting_count: 2,
  seq,
});

describe('board', () => {
  test('several polis merge by the order of their calls and keep the oldest number', () => {
    const board = mergeDisplays([display(10, called(1)), display(12, called(2), aTicket({ id: 9 }))]);
    expect(ids(board.current)).toEqual([2, 1]);
    expect(ids(board.recent)).toEqual([2, 1, 9]);
    expect(board.seq).toBe(10);
  });

  test('of two calls in one second the later event is the newer', () => {
    const one = called(1, 5, { call_order: 12 });
    const other = called(2, 5, { call_order: 11 });
    expect(ids(mergeDisplays([display(10, one), display(10, other)]).recent)).toEqual([1, 2]);
    expect(ids(mergeDisplays([display(10, other), display(10, one)]).recent)).toEqual([1, 2]);
  });

  test('a clock that was set back leaves the order that the hub gave', () => {
    const calls = [
      called(3, 0, { call_order: 3 }),
      called(2, 3600, { call_order: 2 }),
      called(1, 3599, { call_order: 1 }),
    ];
    expect(ids(mergeDisplays([display(10, ...calls)]).recent)).toEqual([3, 2, 1]);
  });

  test('nor does it move anything between two polis', () => {
    const board = mergeDisplays([
      display(10, called(3, 0, { call_order: 30 }), called(1, 3600, { call_order: 10 })),
      display(10, called(4, 1800, { call_order: 40 }), called(2, 1700, { call_order: 20 })),
    ]);
    expect(ids(board.recent)).toEqual([4, 3, 2, 1]);
  });

  test('calls from before there were orders come last', () => {
    const old = called(9, 50, { call_order: 50 - 4102444800000 });
    expect(ids(mergeDisplays([display(10, old), display(10, called(1))]).recent)).toEqual([1, 9]);
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

describe('rows beside the big call', () => {
  const numbers = (from: number, count: number, status: LiveTicket['status']) =>
    Array.from({ length: count }, (_, at) => called(from - at, 0, { status }));

  test('four of them, whoever they are', () => {
    expect(ids(rowsBeside(numbers(9, 7, 'selesai'), 9))).toEqual([8, 7, 6, 5]);
  });

  test('a number that is still looked for outlives newer ones that are done', () => {
    const shown = [...numbers(30, 5, 'selesai'), ...numbers(20, 2, 'dipanggil')];
    expect(ids(rowsBeside(shown, undefined))).toEqual([30, 29, 20, 19]);
  });

  test('eight counters: every visitor who is called has a row', () => {
    const shown = numbers(9, 9, 'dipanggil');
    expect(ids(rowsBeside(shown, 9))).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('more than eight: who has arrived makes room for who has not', () => {
    const shown = [...numbers(30, 4, 'sedang_dilayani'), ...numbers(20, 6, 'dipanggil')];
    expect(ids(rowsBeside(shown, undefined))).toEqual([30, 29, 20, 19, 18, 17, 16, 15]);
  });

  test('nobody at a counter is forgotten, however much is called meanwhile', () => {
    const shown = [...numbers(90, 30, 'selesai'), ...numbers(20, 3, 'dipanggil')];
    expect(ids(worthKeeping(shown)).slice(-3)).toEqual([20, 19, 18]);
    expect(worthKeeping(shown)).toHaveLength(11);
  });
});
