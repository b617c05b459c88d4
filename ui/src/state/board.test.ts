// A board must say the same as the hub after the same events.
import { describe, expect, test } from 'vitest';
import { aTicket, called, event, newDay } from './builders';
import { applyEvent, EMPTY_BOARD, mergeDisplays } from './board';

const ids = (tickets: { id: number }[]) => tickets.map((one) => one.id);

describe('board', () => {
  test('a call appears in front', () => {
    let board = applyEvent(EMPTY_BOARD, event(1, 'QueueCalled', called(1)));
    board = applyEvent(board, event(2, 'QueueCalled', called(2)));
    expect(ids(board.current)).toEqual([2, 1]);
    expect(ids(board.recent)).toEqual([2, 1]);
    expect(board.waiting_count).toBe(7);
  });

  test('a finished number leaves the current ones but stays among the recent', () => {
    let board = applyEvent(EMPTY_BOARD, event(1, 'QueueCalled', called(1)));
    board = applyEvent(board, event(2, 'QueueFinished', called(1, 1, { status: 'selesai' })));
    expect(board.current).toEqual([]);
    expect(board.recent[0]?.status).toBe('selesai');
  });

  test('a recalled number moves to the front once', () => {
    let board = applyEvent(EMPTY_BOARD, event(1, 'QueueCalled', called(1)));
    board = applyEvent(board, event(2, 'QueueCalled', called(2)));
    board = applyEvent(board, event(3, 'QueueRecalled', called(1, 3, { recalls: 1 })));
    expect(ids(board.recent)).toEqual([1, 2]);
  });

  test('an event the board already contains changes nothing', () => {
    const board = { ...EMPTY_BOARD, seq: 9 };
    expect(applyEvent(board, event(9, 'QueueCalled', called(1)))).toBe(board);
  });

  test('at most five recent calls are kept', () => {
    let board = EMPTY_BOARD;
    for (let i = 1; i <= 8; i++) board = applyEvent(board, event(i, 'QueueCalled', called(i)));
    expect(ids(board.recent)).toEqual([8, 7, 6, 5, 4]);
  });

  test('a new day starts empty', () => {
    const board = applyEvent(EMPTY_BOARD, event(1, 'QueueCalled', called(1)));
    expect(applyEvent(board, newDay(2))).toEqual({ ...EMPTY_BOARD, seq: 2 });
  });

  test('a snapshot replaces everything, even with a lower number after a restored backup', () => {
    const board = { ...EMPTY_BOARD, seq: 100 };
    const data = { current: [called(4)], recent: [called(4)], waiting_count: 2, seq: 50 };
    const next = applyEvent(board, { seq: 50, at: '', channel: 'display', type: 'Snapshot', data });
    expect(next.seq).toBe(50);
    expect(ids(next.current)).toEqual([4]);
  });

  test('several polis merge by time of call and keep the oldest number', () => {
    const one = { current: [called(1)], recent: [called(1)], waiting_count: 2, seq: 10 };
    const two = { current: [called(2)], recent: [called(2), aTicket({ id: 9 })], waiting_count: 3, seq: 12 };
    const board = mergeDisplays([one, two]);
    expect(ids(board.current)).toEqual([2, 1]);
    expect(board.waiting_count).toBe(5);
    expect(board.seq).toBe(10);
  });
});
