// The live feed must come back by itself and never leave a gap or deliver anything twice.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useHost } from '../host';
import { fakeHost, type FakeHost } from '../host/fake';
import { called, event } from '../data/builders';
import { isQueueEvent, isTicketEvent, LiveFeed, waitBefore, type LiveEvent, type LiveState } from './live';

let host: FakeHost;
beforeEach(() => {
  vi.useFakeTimers();
  host = fakeHost();
  useHost(host);
});
afterEach(() => vi.useRealTimers());

describe('kinds of events', () => {
  test('the queue moves with those that say so, and with no other', () => {
    const moves = (type: string) => isQueueEvent({ type });
    for (const type of [
      'NewRegistration',
      'QueueCalled',
      'QueueRecalled',
      'QueueSkipped',
      'QueueFinished',
      'QueueUpdated',
    ])
      expect(moves(type), type).toBe(true);
    for (const type of [
      'PaperUpdated',
      'DevicesChanged',
      'PresenceChanged',
      'SiteUpdated',
      'Snapshot',
      'QueueMerged',
    ])
      expect(moves(type), type).toBe(false);
  });

  test('word of a paper tells of a ticket too', () => {
    const tells = (type: string) => isTicketEvent({ type });
    expect(['QueueCalled', 'PaperUpdated', 'DayStarted', 'QueueMerged'].map(tells)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

function setUp(since?: number, channels = ['display']) {
  const events: LiveEvent[] = [];
  const states: LiveState[] = [];
  const feed = new LiveFeed({
    channels,
    since,
    event: (one) => events.push(one),
    state: (one) => states.push(one),
    random: () => 0.5,
  });
  const socket = () => host.sockets.at(-1)!;
  const say = (message: unknown) => socket().handlers.message(JSON.stringify(message));
  return { feed, events, states, socket, say, seqs: () => events.map((one) => one.seq) };
}

const call = (seq: number) => event(seq, 'QueueCalled', called(seq));

describe('live feed', () => {
  test('subscribes when the connection opens, without since the first time', () => {
    const { socket, states } = setUp();
    socket().handlers.opened();
    expect(socket().sent).toEqual([{ subscribe: ['display'] }]);
    expect(states).toEqual(['connecting', 'open']);
  });

  test('asks for what it missed after a reconnect', () => {
    const { socket, say } = setUp(40);
    socket().handlers.opened();
    say(call(41));
    say(call(42));
    socket().handlers.closed();
    vi.advanceTimersByTime(1_000);
    socket().handlers.opened();
    expect(host.sockets).toHaveLength(2);
    expect(socket().sent).toEqual([{ subscribe: ['display'], since: 42 }]);
  });

  test('an event that is replayed although it was delivered is dropped', () => {
    const { socket, say, seqs } = setUp(40);
    socket().handlers.opened();
    say(call(41));
    say(call(41));
    say(call(40));
    say(call(43));
    expect(seqs()).toEqual([41, 43]);
  });

  test('a snapshot per channel is delivered, all with the same number', () => {
    const { socket, say, events } = setUp(undefined, ['queue.umum', 'queue.gigi']);
    socket().handlers.opened();
    const data = { current: [], recent: [], waiting_count: 0, seq: 9 };
    say({ seq: 9, at: '', channel: 'queue.umum', type: 'Snapshot', data });
    say({ seq: 9, at: '', channel: 'queue.gigi', type: 'Snapshot', data });
    expect(events).toHaveLength(2);
  });

  test('after a snapshot with a lower number the hub is believed', () => {
    const { socket, say, seqs } = setUp(500);
    socket().handlers.opened();
    say({ seq: 9, at: '', channel: 'display', type: 'Snapshot', data: {} });
    say(call(10));
    expect(seqs()).toEqual([9, 10]);
  });

  test('waits longer after each failure and starts over once events flow', () => {
    const { socket, say } = setUp(1);
    const waits: number[] = [];
    for (let i = 0; i < 6; i++) {
      const before = host.sockets.length;
      socket().handlers.closed();
      let waited = 0;
      while (host.sockets.length === before) {
        vi.advanceTimersByTime(50);
        waited += 50;
      }
      waits.push(waited);
    }
    // Somebody stands before the few machines of a site: half of two seconds at most.
    expect(waits).toEqual([750, 1250, 1250, 1250, 1250, 1250]);
    socket().handlers.opened();
    say(call(2));
    const before = host.sockets.length;
    socket().handlers.closed();
    vi.advanceTimersByTime(750);
    expect(host.sockets.length).toBe(before + 1);
  });

  test('one of many phones stays away longer and longer', () => {
    const feed = new LiveFeed({
      channels: ['queue.umum'],
      oneOfMany: true,
      event: () => undefined,
      random: () => 0.5,
    });
    const opened = host.sockets.length;
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      const before = host.sockets.length;
      host.sockets.at(-1)!.handlers.closed();
      let waited = 0;
      while (host.sockets.length === before) {
        vi.advanceTimersByTime(50);
        waited += 50;
      }
      waits.push(waited);
    }
    expect(opened).toBe(1);
    expect(waits).toEqual([750, 1250, 2250, 4250, 4250]);
    feed.stop();
  });

  test('the wait is spread over its whole range', () => {
    expect(waitBefore(0, () => 0)).toBe(500);
    expect(waitBefore(0, () => 1)).toBe(1_000);
    expect(waitBefore(9, () => 0)).toBe(500);
    expect(waitBefore(9, () => 1)).toBe(8_000);
  });

  test('an unanswered ping counts as a lost connection', () => {
    const { socket, states } = setUp(1);
    socket().handlers.opened();
    vi.advanceTimersByTime(15_000);
    expect(socket().sent.at(-1)).toEqual({ ping: true });
    vi.advanceTimersByTime(15_000);
    expect(states.at(-1)).toBe('away');
  });

  test('an answered ping keeps the connection', () => {
    const { socket, say, states } = setUp(1);
    socket().handlers.opened();
    for (let i = 0; i < 5; i++) {
      vi.advanceTimersByTime(15_000);
      say({ type: 'Pong' });
    }
    expect(states.at(-1)).toBe('open');
  });

  test('an answered ping starts the waits over, also where nothing happens', () => {
    const { socket, say } = setUp(1);
    for (let i = 0; i < 6; i++) {
      socket().handlers.closed();
      vi.advanceTimersByTime(8_000 - 1);
    }
    socket().handlers.opened();
    vi.advanceTimersByTime(15_000);
    say({ type: 'Pong' });
    const before = host.sockets.length;
    socket().handlers.closed();
    vi.advanceTimersByTime(750);
    expect(host.sockets.length).toBe(before + 1);
  });

  test('a connection that does not open is given up and tried again', () => {
    const { states } = setUp(1);
    vi.advanceTimersByTime(7_999);
    expect([host.sockets[0]!.closed, states.at(-1)]).toEqual([false, 'connecting']);
    vi.advanceTimersByTime(1);
    expect([host.sockets[0]!.closed, states.at(-1)]).toEqual([true, 'away']);
    vi.advanceTimersByTime(750);
    expect(host.sockets).toHaveLength(2);
  });

  test('a connection that opened in time is kept', () => {
    const { socket, states } = setUp(1);
    vi.advanceTimersByTime(7_000);
    socket().handlers.opened();
    vi.advanceTimersByTime(5_000);
    expect([host.sockets.length, socket().closed, states.at(-1)]).toEqual([1, false, 'open']);
  });

  test('words that are not JSON are ignored', () => {
    const { socket, events } = setUp(1);
    socket().handlers.opened();
    socket().handlers.message('<html>');
    expect(events).toEqual([]);
  });

  test('JSON that is no message is ignored', () => {
    const { socket, events, say } = setUp(1);
    socket().handlers.opened();
    for (const words of [null, 7, 'QueueCalled', []]) say(words);
    expect(events).toEqual([]);
  });

  test('a kind that this page does not know is passed over, and not asked for again', () => {
    const { feed, socket, say, seqs } = setUp(40);
    socket().handlers.opened();
    say({ seq: 41, at: '', channel: 'display', type: 'QueueMerged', data: null });
    expect([seqs(), feed.since]).toEqual([[], 41]);
    say(call(42));
    expect([seqs(), feed.since]).toEqual([[42], 42]);
  });

  test('a listener that stumbles over one event hears the next, on the same connection', () => {
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const heard: number[] = [];
    const broken = new Error('no such ticket');
    const feed = new LiveFeed({
      channels: ['display', 'devices'],
      since: 40,
      event: ({ seq }) => {
        heard.push(seq);
        if (seq === 41) throw broken;
      },
      passing: () => {
        throw broken;
      },
      state: () => {
        throw broken;
      },
    });
    const socket = host.sockets.at(-1)!;
    const say = (message: unknown) => socket.handlers.message(JSON.stringify(message));
    socket.handlers.opened();
    say(call(41));
    say({ at: '', channel: 'devices', type: 'DevicesChanged', data: { machines: [] } });
    say(call(42));
    expect([heard, feed.since, host.sockets.length, socket.closed]).toEqual([[41, 42], 42, 1, false]);
    // What it stumbled over is not asked for again either: it would stumble for ever.
    socket.handlers.closed();
    vi.advanceTimersByTime(1_000);
    host.sockets.at(-1)!.handlers.opened();
    expect(host.sockets.at(-1)!.sent).toEqual([{ subscribe: ['display', 'devices'], since: 42 }]);
    expect(complaints).toHaveBeenCalledWith(broken);
    feed.stop();
  });

  test('a stopped feed stays stopped', () => {
    const { feed, socket } = setUp(1);
    socket().handlers.opened();
    feed.stop();
    vi.advanceTimersByTime(60_000);
    expect(host.sockets).toHaveLength(1);
  });
});
