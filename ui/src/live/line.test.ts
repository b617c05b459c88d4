// One connection for all feeds of a page: each hears its own, nothing twice, nothing lost, also when they come and go.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { wearBadge } from '../api/badge';
import { called, event } from '../data/builders';
import { useHost } from '../host';
import { fakeHost, type FakeHost } from '../host/fake';
import { LiveFeed, type LiveEvent } from './live';

let host: FakeHost;
let token: string | null;
let refused: string[];
beforeEach(() => {
  vi.useFakeTimers();
  useHost((host = fakeHost()));
  token = null;
  refused = [];
  wearBadge({ token: () => token, refused: (one) => Promise.resolve(refused.push(one) < 0) });
});
afterEach(() => {
  wearBadge(null);
  vi.useRealTimers();
});

const socket = () => host.sockets.at(-1)!;
const say = (message: unknown) => socket().handlers.message(JSON.stringify(message));
const call = (seq: number, channel = 'display') => ({ ...event(seq, 'QueueCalled', called(seq)), channel });

function listen(channels: string[], since?: number, passing?: (channel: string, data: unknown) => void) {
  const heard: LiveEvent[] = [];
  const feed = new LiveFeed({
    channels,
    since,
    event: (one) => heard.push(one),
    ...(passing ? { passing } : {}),
  });
  return { feed, heard, seqs: () => heard.map((one) => one.seq) };
}

describe('one line', () => {
  test('several feeds share one socket and one wish', () => {
    listen(['display'], 7);
    listen(['queue.umum', 'display'], 7);
    expect(host.sockets).toHaveLength(1);
    socket().handlers.opened();
    expect(socket().sent).toEqual([{ subscribe: ['display', 'queue.umum'], since: 7 }]);
  });

  test('an event reaches every feed that it concerns, under whichever channel it came', () => {
    const [all, own, other] = [listen(['display'], 1), listen(['queue.umum'], 1), listen(['queue.gigi'], 1)];
    socket().handlers.opened();
    say(call(2, 'queue.umum'));
    expect([all.seqs(), own.seqs(), other.seqs()]).toEqual([[2], [2], []]);
  });

  test('who joins later gets what it missed although the line is further on', () => {
    listen(['display'], 40);
    socket().handlers.opened();
    say(call(41));
    const late = listen(['queue.umum'], 39);
    expect(socket().sent.slice(1)).toEqual([{ subscribe: ['queue.umum'], since: 39 }, { ping: true }]);
    // A live event overtakes the replay, then the replay, then the answer to the ping.
    say(call(42));
    say(call(40, 'queue.umum'));
    say(call(41, 'queue.umum'));
    say({ type: 'Pong' });
    say(call(43));
    expect(late.seqs()).toEqual([40, 41, 42, 43]);
  });

  test('who leaves takes its own channels along and leaves those of others', () => {
    listen(['display'], 1);
    const gone = listen(['display', 'queue.umum'], 1);
    socket().handlers.opened();
    gone.feed.stop();
    expect(socket().sent.at(-1)).toEqual({ unsubscribe: ['queue.umum'] });
    say(call(2));
    expect([gone.seqs(), socket().closed]).toEqual([[], false]);
  });

  test('the last one hangs up, the next one calls again', () => {
    const only = listen(['display'], 1);
    socket().handlers.opened();
    only.feed.stop();
    expect(socket().closed).toBe(true);
    listen(['display'], 1);
    expect(host.sockets).toHaveLength(2);
  });

  test('after a break each goes on where it was', () => {
    listen(['display'], 40);
    listen(['queue.gigi'], 12);
    socket().handlers.opened();
    for (let answers = 0; answers < 2; answers++) say({ type: 'Pong' });
    say(call(41));
    socket().handlers.closed();
    vi.advanceTimersByTime(1_000);
    socket().handlers.opened();
    expect(socket().sent.filter((one) => 'subscribe' in (one as object))).toEqual([
      { subscribe: ['display'], since: 41 },
      { subscribe: ['queue.gigi'], since: 12 },
    ]);
  });
});

describe('a feed that stumbles', () => {
  test('is told where things stand, so that nothing is lost for good', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const heard: string[] = [];
    new LiveFeed({
      channels: ['display'],
      since: 40,
      event: ({ seq, type }) => {
        heard.push(`${seq} ${type}`);
        if (type === 'QueueCalled') throw new Error('no such ticket');
      },
    });
    socket().handlers.opened();
    say(call(41));
    expect(socket().sent.at(-1)).toEqual({ subscribe: ['display'] });
    say({ seq: 41, at: '', channel: 'display', type: 'Snapshot', data: {} });
    // Not for every event: one that cannot be understood would ask without end.
    say(call(42));
    expect([heard, socket().sent.length]).toEqual([['41 QueueCalled', '41 Snapshot', '42 QueueCalled'], 2]);
  });
});

describe('staff', () => {
  test('the token goes along once, and again when somebody else is signed in', async () => {
    token = 'one';
    listen(['devices']);
    socket().handlers.opened();
    expect(socket().sent).toEqual([{ subscribe: ['devices'], token: 'one' }]);
    token = 'two';
    const { line } = await import('./line');
    line().renew();
    expect(socket().sent.at(-1)).toEqual({ subscribe: ['devices'], token: 'two' });
  });

  test('a refused token is told to whoever signs people in', () => {
    token = 'old';
    listen(['devices']);
    socket().handlers.opened();
    say({ type: 'Error', error: { code: 'UNAUTHENTICATED', message: '' } });
    expect(refused).toEqual(['old']);
  });

  test('what is true only now is passed on to those who follow it', () => {
    const passed: unknown[] = [];
    listen(['devices'], undefined, (channel, data) => passed.push([channel, data]));
    const other = listen(['display'], 1);
    socket().handlers.opened();
    say({ at: '', channel: 'devices', type: 'DevicesChanged', data: { machines: [] } });
    expect([passed, other.heard]).toEqual([[['devices', { machines: [] }]], []]);
  });
});
