// The TV over its whole life: switched on, calls, a reload, a long absence, a new day.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LiveEvent } from '../api/live';
import type { LiveTicket } from '../api/types';
import { useHost } from '../host';
import { fakeHost, type FakeHost } from '../host/fake';
import { SHOWN_MS } from './announcer.svelte';
import { called, event, newDay } from './builders';
import { Tv } from './tv.svelte';

let host: FakeHost;
let board: { current: LiveTicket[]; recent: LiveTicket[]; waiting_count: number; seq: number };
const running: Tv[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  board = { current: [], recent: [], waiting_count: 0, seq: 10 };
  host = fakeHost({ answer: () => board });
  useHost(host);
});
afterEach(() => {
  for (const tv of running.splice(0)) tv.stop();
  vi.useRealTimers();
});

async function switchOn(polis: string[] = []): Promise<Tv> {
  const tv = new Tv(polis);
  running.push(tv);
  tv.start();
  await vi.advanceTimersByTimeAsync(0);
  host.sockets.at(-1)?.handlers.opened();
  return tv;
}
const say = (message: LiveEvent) => host.sockets.at(-1)!.handlers.message(JSON.stringify(message));
const call = (seq: number, id = seq) => event(seq, 'QueueCalled', called(id));
const snapshot = (seq: number, channel: string, ...recent: LiveTicket[]): LiveEvent => ({
  seq,
  at: '',
  channel,
  type: 'Snapshot',
  data: { current: [], recent, waiting_count: 0, seq },
});
const subscription = () => host.sockets.at(-1)!.sent[0];

describe('TV', () => {
  test('what was called before it was switched on is shown in silence', async () => {
    board.recent = [called(3), called(2)];
    const tv = await switchOn();
    expect(tv.announcer.call?.ticket.id).toBe(3);
    expect(tv.beside.map((one) => one.id)).toEqual([2]);
    expect(host.chimes).toBe(0);
    expect(subscription()).toEqual({ subscribe: ['display'], since: 10 });
  });

  test('a call chimes once and the one before moves beside it', async () => {
    board.recent = [called(3)];
    const tv = await switchOn();
    say(call(11, 4));
    expect(host.chimes).toBe(1);
    expect(tv.announcer.call?.ticket.id).toBe(4);
    expect(tv.beside.map((one) => one.id)).toEqual([3]);
  });

  test('a call that still waits to be announced is not yet beside', async () => {
    const tv = await switchOn();
    say(call(11, 4));
    say(call(12, 5));
    expect(tv.beside).toEqual([]);
    vi.advanceTimersByTime(SHOWN_MS);
    expect(tv.announcer.call?.ticket.id).toBe(5);
    expect(tv.beside.map((one) => one.id)).toEqual([4]);
  });

  test('a reload asks from the last announced call on', async () => {
    const first = await switchOn();
    say(call(11, 4));
    say(call(12, 5));
    first.stop();
    board = { ...board, recent: [called(5), called(4)], seq: 12 };
    await switchOn();
    expect(subscription()).toEqual({ subscribe: ['display'], since: 11 });
    say(call(12, 5));
    expect(host.chimes).toBe(2);
  });

  test('a reload after all was announced stays silent', async () => {
    const first = await switchOn();
    say(call(11, 4));
    say(event(12, 'NewRegistration', called(9)));
    first.stop();
    await switchOn();
    expect(subscription()).toEqual({ subscribe: ['display'], since: 12 });
    expect(host.chimes).toBe(1);
  });

  test('after a long absence a snapshot announces what was called meanwhile, oldest first', async () => {
    const tv = await switchOn();
    say(call(11, 1));
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    say(snapshot(900, 'display', called(3), called(2), called(1)));
    expect(tv.announcer.call?.ticket.id).toBe(2);
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    expect(tv.announcer.call?.ticket.id).toBe(3);
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    expect(host.chimes).toBe(3);
  });

  test('of two calls missed in one second both are announced', async () => {
    const tv = await switchOn();
    say(call(11, 1));
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    say(snapshot(900, 'display', called(3, 1), called(2, 1), called(1, 1)));
    expect(tv.announcer.call?.ticket.id).toBe(2);
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 2);
    expect(tv.announcer.call?.ticket.id).toBe(3);
    expect(host.chimes).toBe(3);
  });

  test('a recall missed during a long absence is announced as one', async () => {
    const tv = await switchOn();
    say(call(11, 1));
    say(call(12, 2));
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 2);
    say(snapshot(900, 'display', called(2), called(1, 1, { recalls: 1 })));
    expect(tv.announcer.call).toMatchObject({ ticket: { id: 1 }, again: true });
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 2);
    expect(host.chimes).toBe(3);
  });

  test('a snapshot announces neither what stood on the first board nor what was older', async () => {
    board.recent = [called(9), called(8), called(7), called(6), called(5)];
    await switchOn();
    say(snapshot(900, 'display', called(9), called(8), called(7), called(6), called(4)));
    expect(host.chimes).toBe(0);
  });

  test('a snapshot sent twice announces once', async () => {
    await switchOn();
    say(snapshot(900, 'display', called(2), called(1)));
    say(snapshot(900, 'display', called(2), called(1)));
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 4);
    expect(host.chimes).toBe(2);
  });

  test('a reload in the midst of missed calls announces the rest, and those only', async () => {
    const first = await switchOn();
    say(call(11, 1));
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    const missed = snapshot(900, 'display', called(4), called(3), called(2), called(1));
    say(missed);
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    expect(first.announcer.call?.ticket.id).toBe(3);
    first.stop();

    board = { ...board, recent: [called(4), called(3), called(2), called(1)], seq: 900 };
    const second = await switchOn();
    expect(subscription()).toEqual({ subscribe: ['display'], since: 11 });
    say(missed);
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 2);
    expect([host.chimes, second.announcer.call?.ticket.id]).toEqual([4, 4]);
    second.stop();

    await switchOn();
    expect(subscription()).toEqual({ subscribe: ['display'], since: 900 });
  });

  test('a call announced from a snapshot is not announced again when a reload brings its event', async () => {
    const first = await switchOn();
    say(snapshot(20, 'display', called(2), called(1)));
    first.stop();
    await switchOn();
    say(call(12, 1));
    say(call(13, 2));
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 2);
    expect(host.chimes).toBe(2);
  });

  test('snapshots of two polis announce each missed call once, over both the oldest first', async () => {
    const tv = await switchOn(['umum', 'gigi']);
    say(snapshot(50, 'queue.umum', called(8, 20)));
    say(snapshot(50, 'queue.gigi', called(2, 15)));
    expect(tv.announcer.call?.ticket.id).toBe(2);
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 3);
    expect(host.chimes).toBe(2);
    expect(tv.announcer.call?.ticket.id).toBe(8);
  });

  test('a poli without a snapshot does not hold up the others', async () => {
    const tv = await switchOn(['umum', 'gone']);
    say(snapshot(50, 'queue.umum', called(8, 20)));
    await vi.advanceTimersByTimeAsync(500);
    expect(tv.announcer.call?.ticket.id).toBe(8);
    say(call(51, 9));
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 2);
    expect(host.chimes).toBe(2);
  });

  test('a finished call is kept up to date on the screen', async () => {
    const tv = await switchOn();
    say(call(11, 4));
    say(event(12, 'QueueFinished', called(4, 4, { status: 'selesai' })));
    expect(tv.announcer.call?.ticket.status).toBe('selesai');
  });

  test('a new day starts with an empty screen', async () => {
    const tv = await switchOn();
    say(call(11, 4));
    say(newDay(12));
    expect(tv.announcer.call).toBeNull();
    expect(tv.beside).toEqual([]);
  });

  test('a TV for some polis listens to those only', async () => {
    await switchOn(['umum', 'gigi']);
    expect(subscription()).toEqual({ subscribe: ['queue.umum', 'queue.gigi'], since: 10 });
    expect(host.requests.map((one) => one.path)).toEqual(['/api/display/umum', '/api/display/gigi']);
  });

  test('without a hub it keeps asking', async () => {
    host.answer = () => {
      throw new TypeError('network');
    };
    const tv = await switchOn();
    expect([tv.away, tv.ready]).toEqual([true, false]);
    host.answer = () => board;
    await vi.advanceTimersByTimeAsync(2_000);
    expect([tv.away, tv.ready]).toEqual([false, true]);
  });
});
