// A visitor's phone: never louder than needed, never late with what concerns its own number.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LiveEvent } from '../../live/live';
import type { LiveTicket, Ticket } from '../../api/types';
import { useHost } from '../../host';
import { fakeHost, refusal, type FakeHost } from '../../host/fake';
import { aTicket, called, event, ownTicket } from '../../data/builders';
import { Phone } from './phone.svelte';

let host: FakeHost;
let phone: Phone;
let ticket: Ticket;

beforeEach(async () => {
  vi.useFakeTimers();
  ticket = ownTicket({ id: 7 });
  host = fakeHost({ answer: () => ({ ticket }) });
  useHost(host);
  phone = new Phone('7K3M-9QX2', () => 0.5);
  phone.start();
  await vi.advanceTimersByTimeAsync(0);
  host.sockets[0]?.handlers.opened();
});
afterEach(() => {
  phone.stop();
  vi.useRealTimers();
});

const say = (message: LiveEvent) => host.sockets[0]!.handlers.message(JSON.stringify(message));
const asked = () => host.requests.length;

describe('phone', () => {
  test('listens to its own poli only', () => {
    expect(host.sockets[0]?.sent).toEqual([{ subscribe: ['queue.umum'] }]);
  });

  test('what happened before the connection stood is asked for, at once when it is the own call', async () => {
    const before = asked();
    const snapshot = (current: LiveTicket[]): LiveEvent => ({
      seq: 5,
      at: '',
      channel: 'queue.umum',
      type: 'Snapshot',
      data: { current, recent: [], waiting_count: 0, seq: 5 },
    });
    say(snapshot([]));
    await vi.advanceTimersByTimeAsync(750);
    expect(asked()).toBe(before + 1);
    say(snapshot([called(7)]));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked()).toBe(before + 2);
  });

  test('events about others are gathered and asked for after a random pause', async () => {
    const before = asked();
    for (let seq = 1; seq <= 5; seq++) say(event(seq, 'QueueFinished', aTicket({ id: 100 + seq })));
    await vi.advanceTimersByTimeAsync(749);
    expect(asked()).toBe(before);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked()).toBe(before + 1);
  });

  test('its own call is shown at once and vibrates once, also after the answer arrives', async () => {
    ticket = ownTicket({ ...called(7), position: null });
    say(event(1, 'QueueCalled', called(7)));
    expect(phone.ticket).toMatchObject({ status: 'dipanggil', loket: 3 });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(host.vibrations).toHaveLength(1);
    expect(phone.calls).toBe(1);
  });

  test('a recall vibrates again, other news does not', async () => {
    ticket = ownTicket({ ...called(7), recalls: 1 });
    say(event(1, 'QueueCalled', called(7)));
    say(event(2, 'QueueRecalled', called(7, 7, { recalls: 1 })));
    say(event(3, 'NewRegistration', aTicket({ id: 8 })));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(host.vibrations).toHaveLength(2);
  });

  test('word of its paper is shown at once, and of the queue it is no call', async () => {
    say(event(1, 'PaperUpdated', aTicket({ id: 7, paper: { state: 'printed', fault: null, copies: 0 } })));
    expect(phone.ticket?.paper.state).toBe('printed');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(host.vibrations).toHaveLength(0);
  });

  test('an answer that a recall has overtaken makes nobody jump twice', async () => {
    say(event(1, 'QueueCalled', called(7)));
    let answer = (): void => undefined;
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const old = ownTicket(called(7));
    host.answer = async () => {
      await slow;
      return { ticket: old };
    };
    await vi.advanceTimersByTimeAsync(0);
    host.answer = () => ({ ticket: ownTicket({ ...called(7), recalls: 1 }) });
    say(event(2, 'QueueRecalled', called(7, 7, { recalls: 1 })));
    answer();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(host.vibrations).toHaveLength(2);
  });

  test('a wrong or old code is said so', async () => {
    host.answer = () => refusal(404, 'TICKET_NOT_FOUND');
    const other = new Phone('XXXX');
    other.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(other.unknown).toBe(true);
    other.stop();
  });

  test('without a hub the number stays on the screen, and it is asked for after the return', async () => {
    host.sockets[0]!.handlers.closed();
    expect(phone.away).toBe(true);
    expect(phone.ticket?.id).toBe(7);
    const before = asked();
    await vi.advanceTimersByTimeAsync(2_000);
    host.sockets[1]!.handlers.opened();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(phone.away).toBe(false);
    expect(asked()).toBe(before + 1);
  });

  test('news of the clinic itself is asked for after a random pause', async () => {
    const sites = () => host.requests.filter((one) => one.path === '/api/site').length;
    say({ seq: 9, at: '', channel: 'queue.umum', type: 'SiteUpdated', data: {} });
    await vi.advanceTimersByTimeAsync(749);
    expect(sites()).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(sites()).toBe(1);
  });

  test('sent on to another service, it listens there', async () => {
    const gigi = { slug: 'gigi', kode: 'B', nama: 'Poli Gigi' };
    ticket = { ...ticket, poli: gigi };
    say(event(1, 'QueueTransferred', ticket));
    await vi.advanceTimersByTimeAsync(0);
    expect(phone.ticket?.poli.slug).toBe('gigi');
    expect(host.sockets).toHaveLength(1);
    expect(host.sockets[0]!.sent).toContainEqual(expect.objectContaining({ subscribe: ['queue.gigi'] }));
    expect(host.sockets[0]!.sent.at(-1)).toEqual({ unsubscribe: ['queue.umum'] });
  });

  test('two people ahead is felt once, and not again while it lasts', async () => {
    ticket = { ...ticket, position: 5 };
    await vi.advanceTimersByTimeAsync(0);
    say(event(1, 'QueueFinished', aTicket({ id: 100 })));
    await vi.advanceTimersByTimeAsync(750);
    expect(host.vibrations).toEqual([]);
    for (const [seq, position] of [
      [2, 3],
      [3, 2],
    ] as const) {
      ticket = { ...ticket, position };
      say(event(seq, 'QueueFinished', aTicket({ id: 100 })));
      await vi.advanceTimersByTimeAsync(750);
    }
    expect(host.vibrations).toHaveLength(1);
  });

  test('a phone is heard only when its visitor asked for it, and then at once as a proof', async () => {
    const recall = async (recalls: number) => {
      ticket = { ...ticket, ...called(7, 7, { recalls }) };
      say(event(recalls + 1, recalls ? 'QueueRecalled' : 'QueueCalled', ticket));
      await vi.advanceTimersByTimeAsync(0);
    };
    await recall(0);
    expect(host.chimes).toBe(0);
    await phone.makeLoud(true);
    expect([host.chimes, host.soundAllowed]).toEqual([1, true]);
    await recall(1);
    expect(host.chimes).toBe(2);
    await phone.makeLoud(false);
    await recall(2);
    expect(host.chimes).toBe(2);
  });
});
