// The TV over its whole life: switched on, calls, a reload, a long absence, a new day.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LiveEvent } from '../../live/live';
import type { LiveTicket, Site } from '../../api/types';
import { useHost } from '../../host';
import { fakeHost, type FakeHost } from '../../host/fake';
import { SHOWN_MS } from './announcer.svelte';
import { called, event, newDay } from '../../data/builders';
import { site } from '../../data/site.svelte';
import { LONG_AWAY_MS, Tv } from './tv.svelte';

let host: FakeHost;
let turn: { turn: string; wait_millis: number | null };
let board: { current: LiveTicket[]; recent: LiveTicket[]; waiting_count: number; seq: number };
const running: Tv[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  board = { current: [], recent: [], waiting_count: 0, seq: 10 };
  turn = { turn: 'speak', wait_millis: null };
  host = fakeHost({ answer: answerOf(() => board) });
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
const say = async (message: LiveEvent) => {
  host.sockets.at(-1)!.handlers.message(JSON.stringify(message));
  await vi.advanceTimersByTimeAsync(0);
};
/** The hub gives this TV every turn; it has no clips. */
function answerOf(display: () => unknown) {
  return (_: string, path: string) => {
    if (path === '/api/voice/turn') return turn;
    if (path.startsWith('/api/voices/')) return { clips: {} };
    if (path.endsWith('/speech')) return { speech: [sentence('Nomor antrean A, dua')] };
    return path === '/api/devices' ? {} : display();
  };
}
const sentence = (sentence: string) => ({ language: 'id' as const, sentence, clips: [] });
const reports = () => host.requests.filter((one) => one.path === '/api/devices').map((one) => one.body);
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
    await say(call(11, 4));
    expect(host.chimes).toBe(1);
    expect(tv.announcer.call?.ticket.id).toBe(4);
    expect(tv.beside.map((one) => one.id)).toEqual([3]);
  });

  test('a call that still waits to be announced is not yet beside', async () => {
    const tv = await switchOn();
    await say(call(11, 4));
    await say(call(12, 5));
    expect(tv.beside).toEqual([]);
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    expect(tv.announcer.call?.ticket.id).toBe(5);
    expect(tv.beside.map((one) => one.id)).toEqual([4]);
  });

  test('a reload asks from the last announced call on', async () => {
    const first = await switchOn();
    await say(call(11, 4));
    await say(call(12, 5));
    first.stop();
    board = { ...board, recent: [called(5), called(4)], seq: 12 };
    await switchOn();
    expect(subscription()).toEqual({ subscribe: ['display'], since: 11 });
    await say(call(12, 5));
    expect(host.chimes).toBe(2);
  });

  test('a reload after all was announced stays silent', async () => {
    const first = await switchOn();
    await say(call(11, 4));
    await say(event(12, 'NewRegistration', called(9)));
    first.stop();
    await switchOn();
    expect(subscription()).toEqual({ subscribe: ['display'], since: 12 });
    expect(host.chimes).toBe(1);
  });

  test('after a long absence a snapshot announces what was called meanwhile, oldest first', async () => {
    const tv = await switchOn();
    await say(call(11, 1));
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    await say(snapshot(900, 'display', called(3), called(2), called(1)));
    expect(tv.announcer.call?.ticket.id).toBe(2);
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    expect(tv.announcer.call?.ticket.id).toBe(3);
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    expect(host.chimes).toBe(3);
  });

  test('of two calls missed in one second both are announced', async () => {
    const tv = await switchOn();
    await say(call(11, 1));
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    await say(snapshot(900, 'display', called(3, 1), called(2, 1), called(1, 1)));
    expect(tv.announcer.call?.ticket.id).toBe(2);
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 2);
    expect(tv.announcer.call?.ticket.id).toBe(3);
    expect(host.chimes).toBe(3);
  });

  test('a recall missed during a long absence is announced as one', async () => {
    const tv = await switchOn();
    await say(call(11, 1));
    await say(call(12, 2));
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 2);
    await say(snapshot(900, 'display', called(2), called(1, 1, { recalls: 1 })));
    expect(tv.announcer.call).toMatchObject({ ticket: { id: 1 }, again: true });
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 2);
    expect(host.chimes).toBe(3);
  });

  test('a snapshot announces neither what stood on the first board nor what was older', async () => {
    board.recent = [called(9), called(8), called(7), called(6), called(5)];
    await switchOn();
    await say(snapshot(900, 'display', called(9), called(8), called(7), called(6), called(4)));
    expect(host.chimes).toBe(0);
  });

  test('after the clock was set back, what was missed is announced all the same, in the order of the hub', async () => {
    board.recent = [called(1, 3600)];
    const tv = await switchOn();
    await say(snapshot(900, 'display', called(3, 10), called(2, 5), called(1, 3600)));
    expect(tv.announcer.call?.ticket.id).toBe(2);
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 2);
    expect([host.chimes, tv.announcer.call?.ticket.id]).toEqual([2, 3]);
  });

  test('after it was set forward, too, and nothing twice', async () => {
    board.recent = [called(1, 0)];
    await switchOn();
    await say(snapshot(900, 'display', called(2, 86_400), called(1, 0)));
    await say(snapshot(901, 'display', called(2, 86_400), called(1, 0)));
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 4);
    expect(host.chimes).toBe(1);
  });

  test('what a quiet poli had called before is no news beside a busy one', async () => {
    const busy = [called(9), called(8), called(7), called(6), called(5)];
    host.answer = (method, path) =>
      path.startsWith('/api/display/')
        ? { ...board, recent: path.endsWith('umum') ? busy : [called(1)] }
        : answerOf(() => board)(method, path);
    await switchOn(['umum', 'gigi']);
    await say(snapshot(50, 'queue.umum', ...busy));
    await say(snapshot(50, 'queue.gigi', called(1)));
    expect(host.chimes).toBe(0);
  });

  test('a snapshot sent twice announces once', async () => {
    await switchOn();
    await say(snapshot(900, 'display', called(2), called(1)));
    await say(snapshot(900, 'display', called(2), called(1)));
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 4);
    expect(host.chimes).toBe(2);
  });

  test('a reload in the midst of missed calls announces the rest, and those only', async () => {
    const first = await switchOn();
    await say(call(11, 1));
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    const missed = snapshot(900, 'display', called(4), called(3), called(2), called(1));
    await say(missed);
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    expect(first.announcer.call?.ticket.id).toBe(3);
    first.stop();

    board = { ...board, recent: [called(4), called(3), called(2), called(1)], seq: 900 };
    const second = await switchOn();
    expect(subscription()).toEqual({ subscribe: ['display'], since: 11 });
    await say(missed);
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 2);
    expect([host.chimes, second.announcer.call?.ticket.id]).toEqual([4, 4]);
    second.stop();

    await switchOn();
    expect(subscription()).toEqual({ subscribe: ['display'], since: 900 });
  });

  test('a call announced from a snapshot is not announced again when a reload brings its event', async () => {
    const first = await switchOn();
    await say(snapshot(20, 'display', called(2), called(1)));
    first.stop();
    await switchOn();
    await say(call(12, 1));
    await say(call(13, 2));
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 2);
    expect(host.chimes).toBe(2);
  });

  test('snapshots of two polis announce each missed call once, over both the oldest first', async () => {
    const tv = await switchOn(['umum', 'gigi']);
    await say(snapshot(50, 'queue.umum', called(8, 20)));
    await say(snapshot(50, 'queue.gigi', called(2, 15)));
    expect(tv.announcer.call?.ticket.id).toBe(2);
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 3);
    expect(host.chimes).toBe(2);
    expect(tv.announcer.call?.ticket.id).toBe(8);
  });

  test('a poli without a snapshot does not hold up the others', async () => {
    const tv = await switchOn(['umum', 'gone']);
    await say(snapshot(50, 'queue.umum', called(8, 20)));
    await vi.advanceTimersByTimeAsync(500);
    expect(tv.announcer.call?.ticket.id).toBe(8);
    await say(call(51, 9));
    await vi.advanceTimersByTimeAsync(SHOWN_MS * 2);
    expect(host.chimes).toBe(2);
  });

  test('a finished call is kept up to date on the screen', async () => {
    const tv = await switchOn();
    await say(call(11, 4));
    await say(event(12, 'QueueFinished', called(4, 4, { status: 'selesai' })));
    expect(tv.announcer.call?.ticket.status).toBe('selesai');
  });

  test('who went back into a line, or on to another, stands no longer among the calls', async () => {
    const tv = await switchOn();
    await say(call(11, 4));
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    await say(call(12, 5));
    expect(tv.beside.map((one) => one.id)).toEqual([4]);
    const gigi = { slug: 'gigi', kode: 'B', nama: 'Poli Gigi' };
    const sent = called(4, 4, { status: 'menunggu', loket: null, poli: gigi });
    await say(event(13, 'QueueTransferred', sent));
    expect(tv.beside).toEqual([]);
  });

  test('word of a paper keeps the call on the screen up to date, and is announced by nobody', async () => {
    const tv = await switchOn();
    await say(call(11, 4));
    const paper = { state: 'printed' as const, fault: null, copies: 0 };
    await say(event(12, 'PaperUpdated', called(4, 4, { paper })));
    expect(tv.announcer.call?.ticket.paper).toEqual(paper);
    expect(host.chimes).toBe(1);
  });

  test('a word that was recorded is fetched at once, and after an absence whatever it was', async () => {
    const lists = () => host.requests.filter((one) => one.path === '/api/voices/id').length;
    const tv = await switchOn();
    const data = { bahasa: 'id', klip: 'layanan-umum' } as const;
    await say({ seq: 11, at: '', channel: 'display', type: 'VoiceUpdated', data });
    expect([lists(), tv.announcer.call]).toEqual([2, null]);
    await say(snapshot(900, 'display'));
    expect(lists()).toBe(3);
  });

  test('what is no matter of the screen leaves it as it is', async () => {
    const tv = await switchOn();
    await say(call(11, 4));
    await say({ seq: 12, at: '', channel: 'display', type: 'SignedIn', data: { username: 'sari' } });
    await say(call(13, 5));
    expect([tv.away, tv.shown.map((one) => one.id)]).toEqual([false, expect.arrayContaining([4])]);
  });

  test('a new day starts with an empty screen', async () => {
    const tv = await switchOn();
    await say(call(11, 4));
    await say(newDay(12));
    expect(tv.announcer.call).toBeNull();
    expect(tv.beside).toEqual([]);
  });

  test('a TV for some polis listens to those only', async () => {
    await switchOn(['umum', 'gigi']);
    expect(subscription()).toEqual({ subscribe: ['queue.umum', 'queue.gigi'], since: 10 });
    const asked = host.requests.map((one) => one.path).filter((path) => path.startsWith('/api/display'));
    expect(asked).toEqual(['/api/display/umum', '/api/display/gigi']);
  });

  test('without a hub it keeps asking', async () => {
    host.answer = () => {
      throw new TypeError('network');
    };
    const tv = await switchOn();
    expect([tv.away, tv.ready]).toEqual([true, false]);
    host.answer = answerOf(() => board);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([tv.away, tv.ready]).toEqual([false, true]);
  });

  test('who was called before it was switched on and has not come yet stands beside, however much was called since', async () => {
    board.recent = [9, 8, 7, 6, 5].map((id) => called(id, id, { status: 'selesai' }));
    board.current = [called(2)];
    const tv = await switchOn();
    expect(tv.beside.map((one) => one.id)).toEqual([8, 7, 6, 2]);
  });

  test('after a minute without the hub the room is told; when it is back, no more', async () => {
    const tv = await switchOn();
    host.sockets.at(-1)!.handlers.closed();
    host.answer = () => {
      throw new TypeError('network');
    };
    await vi.advanceTimersByTimeAsync(LONG_AWAY_MS - 1);
    expect([tv.away, tv.late]).toEqual([true, false]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(tv.late).toBe(true);
    host.sockets.at(-1)!.handlers.opened();
    await vi.advanceTimersByTimeAsync(0);
    expect([tv.away, tv.late]).toEqual([false, false]);
  });

  test('what it remembers across a reload does not grow with the day', async () => {
    await switchOn();
    for (let seq = 11; seq < 511; seq++) {
      await say(call(seq));
      await vi.advanceTimersByTimeAsync(SHOWN_MS);
    }
    const kept = JSON.parse(host.remember.tab.read('tv.heard.')!) as { seq: number; heard: unknown[] };
    expect(kept.seq).toBe(510);
    expect(kept.heard.length).toBeLessThanOrEqual(120);
  });

  test('a missed call, which brings no sentence, is asked for and said', async () => {
    host.voiceFault = null;
    await switchOn();
    await say(snapshot(900, 'display', called(2)));
    expect(host.heard.map((one) => one.what)).toEqual(['Nomor antrean A, dua']);
  });

  test('an announcement is shown while it is read, and the last call stays', async () => {
    host.voiceFault = null;
    const tv = await switchOn();
    await say(call(11, 4));
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    host.sayMs = 8_500;
    await say({
      seq: 12,
      at: '',
      channel: 'display',
      type: 'Announcement',
      data: { teks: 'Parkir penuh.', speech: [sentence('Parkir penuh.')] },
    });
    expect([tv.announcer.message?.text, tv.announcer.call?.ticket.id]).toEqual(['Parkir penuh.', 4]);
    await vi.advanceTimersByTimeAsync(8_400);
    expect(tv.announcer.message).not.toBeNull();
    await vi.advanceTimersByTimeAsync(200);
    expect(tv.announcer.message).toBeNull();
  });

  test('a TV that another one of the room speaks for shows the call without a sound', async () => {
    turn = { turn: 'spoken', wait_millis: null };
    const tv = await switchOn();
    await say(call(11, 4));
    expect([host.chimes, tv.announcer.call?.ticket.id]).toEqual([0, 4]);
  });

  test('in its quiet hours it shows calls without chime or voice, and leaves the turn to others', async () => {
    host.me = { ...host.me, speaker: { ...host.me.speaker, quiet_from: '00:00', quiet_until: '23:59' } };
    vi.setSystemTime(Date.parse('2026-11-20T09:00:00+07:00'));
    site.take({ now: '2026-11-20T09:00:00+07:00', utc_offset: '+07:00' } as Site);
    const tv = await switchOn();
    await say(call(11, 4));
    expect([tv.quiet, host.chimes, tv.announcer.call?.ticket.id]).toEqual([true, 0, 4]);
    expect(host.requests.some((one) => one.path === '/api/voice/turn')).toBe(false);
  });

  test('staff hear of a TV whose sound is not allowed yet', async () => {
    host.soundAllowed = false;
    await switchOn();
    expect(reports().at(-1)).toEqual({
      machine: 'mesin-1-tv',
      nama: 'TV ruang tunggu',
      mode: 'tv',
      devices: [{ kind: 'speaker', state: 'fault', fault: 'mute' }],
      tampil: null,
    });
  });

  test('staff hear which number it shows, once it is announced', async () => {
    board.recent = [called(3)];
    await switchOn();
    const shows = () => (reports().at(-1) as { tampil: string | null }).tampil;
    expect(shows()).toBe(called(3).nomor_antrean);
    await say(call(11, 4));
    await say(call(12, 5));
    expect(shows()).toBe(called(4).nomor_antrean);
    await vi.advanceTimersByTimeAsync(SHOWN_MS);
    expect(shows()).toBe(called(5).nomor_antrean);
  });
});
