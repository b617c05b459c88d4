// The counter's state: what each press does, and what it must not do twice.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Counter, DeskTicket } from '../../../api/types';
import { useHost } from '../../../host';
import { fakeHost, refusal, type FakeHost } from '../../../host/fake';
import { aTicket, called, deskTicket, event } from '../../../data/builders';
import { Desk } from './desk.svelte';

const counter: Counter = {
  number: 3,
  petugas: [],
  nama: 'Loket 3',
  services: [{ slug: 'umum', kode: 'A', nama: 'Poli Umum' }],
  allowed: true,
  current: null,
  keadaan: 'buka',
  alasan: '',
  sejak: null,
};
let host: FakeHost;
let desk: Desk;
let tickets: DeskTicket[];
let act: (path: string) => unknown;

beforeEach(async () => {
  vi.useFakeTimers();
  tickets = [deskTicket({ id: 1 }), deskTicket({ id: 2 })];
  act = () => ({ ticket: deskTicket({ ...called(1) }) });
  host = fakeHost({
    answer: (method, path) =>
      method === 'POST'
        ? act(path)
        : {
            tickets,
            stats: { selesai: 0, menunggu: 2, dipanggil: 0, dilewati: 0, rata_rata_menit: null },
            upcoming: { id: 2, nomor_antrean: 'A002', reason: 'first_come', regular_before_priority: 0 },
            page: 1,
            per_page: 500,
            total: 2,
            next: null,
            seq: 1,
          },
  });
  useHost(host);
  desk = new Desk(counter);
  desk.start();
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => {
  desk.stop();
  vi.useRealTimers();
});

const posts = () => host.requests.filter((one) => one.method === 'POST');
const call1 = () => {
  tickets = [deskTicket({ ...called(1) }), deskTicket({ id: 2 })];
};

describe('desk', () => {
  test('who comes next stands first', () => {
    expect(desk.waiting.map((one) => one.id)).toEqual([2, 1]);
  });

  test('a press and its repeats call one number', async () => {
    const first = desk.next();
    void desk.next();
    void desk.next();
    expect(desk.pending?.doing).toBe('next');
    await first;
    expect(posts()).toHaveLength(1);
    expect(posts()[0]).toMatchObject({ path: '/api/queue/call-next', body: { loket: 3 } });
    expect(desk.current?.id).toBe(1);
  });

  test('while an answer is under way, other rows have to wait', async () => {
    const first = desk.onTicket('call', tickets[0]!);
    void desk.onTicket('cancel', tickets[1]!);
    await first;
    expect(posts().map((one) => one.path)).toEqual(['/api/queue/1/call']);
  });

  test('each press has a key of its own', async () => {
    await desk.next();
    call1();
    await vi.advanceTimersByTimeAsync(200);
    await desk.next();
    expect(new Set(posts().map((one) => one.key)).size).toBe(2);
  });

  test('a lost answer is asked for with the same key while the screen says so', async () => {
    let tries = 0;
    act = () => {
      if (++tries === 1) throw new TypeError('network');
      return { ticket: deskTicket({ ...called(1) }) };
    };
    const next = desk.next();
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.pending).toMatchObject({ doing: 'next', retrying: true });
    await vi.advanceTimersByTimeAsync(2_000);
    await next;
    expect(new Set(posts().map((one) => one.key)).size).toBe(1);
    expect(desk.pending).toBeNull();
  });

  /** Presses "next" while no answer comes, until the desk gives up. */
  async function unanswered(): Promise<void> {
    act = () => {
      throw new TypeError('network');
    };
    const next = desk.next();
    await vi.advanceTimersByTimeAsync(30_000);
    await next;
    expect([desk.error?.code, desk.pending]).toEqual(['OFFLINE', null]);
  }
  const keys = () => new Set(posts().map((one) => one.key)).size;

  test('pressed again after no answer came, it is the same wish', async () => {
    await unanswered();
    await unanswered();
    act = () => ({ ticket: deskTicket({ ...called(1) }) });
    await desk.next();
    expect(keys()).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    await desk.next();
    expect(keys()).toBe(2);
  });

  test('a refusal is an answer: the next press is a new wish', async () => {
    await unanswered();
    act = () => refusal(409, 'QUEUE_EMPTY');
    await desk.next();
    expect(keys()).toBe(1);
    await desk.next();
    expect(keys()).toBe(2);
  });

  test('an unanswered press that is seen to have come true is over', async () => {
    host.sockets[0]!.handlers.opened();
    await unanswered();
    host.sockets[0]!.handlers.message(JSON.stringify(event(9, 'QueueCalled', called(1))));
    expect(desk.current?.id).toBe(1);
    act = () => ({ ticket: deskTicket({ ...called(2) }) });
    await desk.next();
    await desk.settle('gone');
    // Skipped and called, each a wish of its own.
    expect(keys()).toBe(3);
  });

  test('an answer to something else ends an unanswered press too', async () => {
    await unanswered();
    act = () => ({ ticket: deskTicket({ id: 2, status: 'batal' }) });
    await desk.onTicket('cancel', tickets[1]!);
    await desk.next();
    expect(keys()).toBe(3);
  });

  test('a second press right after a call does nothing, a later one asks', async () => {
    await desk.next();
    call1();
    await desk.refresh();
    await desk.next();
    expect([posts().length, desk.question]).toEqual([1, null]);
    await vi.advanceTimersByTimeAsync(1_600);
    await desk.next();
    expect([posts().length, desk.question?.present.id]).toEqual([1, 1]);
  });

  test('whoever came is served; whoever did not is skipped before the next is called', async () => {
    call1();
    await desk.refresh();
    await desk.next();
    act = () => ({ ticket: deskTicket({ ...called(1), status: 'dilewati' }) });
    await desk.settle('gone');
    expect(posts().map((one) => one.path)).toEqual(['/api/queue/1/skip', '/api/queue/call-next']);
    host.requests.length = 0;
    await vi.advanceTimersByTimeAsync(1_600);
    call1();
    await desk.refresh();
    await desk.next();
    await desk.settle('came');
    expect(posts().map((one) => one.path)).toEqual(['/api/queue/1/serve']);
  });

  test('a number called out of turn asks first about who is there', async () => {
    call1();
    await desk.refresh();
    await desk.callNow(tickets[1]!);
    expect([posts().length, desk.question?.wanted?.id]).toEqual([0, 2]);
    await desk.settle('stay');
    expect([posts().length, desk.question]).toEqual([0, null]);
  });

  test('says why nothing can be done', async () => {
    expect(desk.why('serve')).toBe('counter.why_no_current');
    tickets = [deskTicket({ ...called(1), status: 'sedang_dilayani' })];
    await desk.refresh();
    expect(desk.why('skip')).toBe('counter.why_serving');
    expect(desk.why('next')).toBe('counter.why_empty');
    expect(desk.why('finish')).toBeNull();
  });

  test('a skip offers to be undone by calling again', async () => {
    call1();
    await desk.refresh();
    act = () => {
      tickets = [deskTicket({ ...called(1), status: 'dilewati' }), deskTicket({ id: 2 })];
      return { ticket: tickets[0] };
    };
    await desk.onCurrent('skip');
    expect(desk.notice).toMatchObject({ key: 'counter.toast_skipped', nomor: 'A001' });
    await vi.advanceTimersByTimeAsync(200);
    desk.notice?.undo?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(posts().at(-1)).toMatchObject({ path: '/api/queue/1/call', body: { loket: 3 } });
  });

  test('with another number at the counter, undo only returns the skipped one', async () => {
    call1();
    await desk.refresh();
    act = () => ({ ticket: deskTicket({ ...called(1), status: 'dilewati' }) });
    await desk.onCurrent('skip');
    const undo = desk.notice?.undo;
    tickets = [deskTicket({ ...called(2) }), deskTicket({ ...called(1), status: 'dilewati' })];
    await desk.refresh();
    await vi.advanceTimersByTimeAsync(200);
    undo?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(posts().at(-1)?.path).toBe('/api/queue/1/return');
  });

  test('a refusal is kept for the screen and the list is asked for again', async () => {
    act = () => refusal(409, 'QUEUE_EMPTY', 'Tidak ada yang menunggu untuk loket ini.');
    const before = host.requests.length;
    await desk.next();
    expect(desk.error?.code).toBe('QUEUE_EMPTY');
    await vi.advanceTimersByTimeAsync(200);
    expect(host.requests.length).toBeGreaterThan(before + 1);
  });

  test('a list asked for before an action does not undo what the action showed', async () => {
    let late: () => void = () => undefined;
    const answer = host.answer;
    const old = { ...(answer('GET', '', undefined, new Request('http://x')) as object) };
    host.answer = (method, ...rest) =>
      method === 'GET' ? new Promise((go) => (late = () => go(old))) : answer(method, ...rest);
    const asked = desk.refresh();
    await desk.next();
    late();
    await asked;
    expect(desk.current?.id).toBe(1);
  });

  test('the event of an own action does not show before the counter is ready for the next press', async () => {
    let answer: () => void = () => undefined;
    act = () => new Promise((go) => (answer = () => go({ ticket: deskTicket({ ...called(1) }) })));
    host.sockets[0]!.handlers.opened();
    const next = desk.next();
    await vi.advanceTimersByTimeAsync(0);
    host.sockets[0]!.handlers.message(JSON.stringify(event(9, 'QueueCalled', called(1))));
    await vi.advanceTimersByTimeAsync(300);
    expect(desk.current).toBeNull();
    answer();
    await next;
    expect([desk.current?.id, desk.pending]).toEqual([1, null]);
  });

  test('an event changes the list at once and brings a fresh one soon', async () => {
    host.sockets[0]!.handlers.opened();
    const before = host.requests.length;
    host.sockets[0]!.handlers.message(JSON.stringify(event(9, 'QueueCalled', called(1))));
    expect(desk.current?.id).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(host.requests.length).toBe(before + 1);
  });

  test('word of a paper changes the list at once', () => {
    const paper = { state: 'failed' as const, fault: 'out_of_paper', copies: 0 };
    const message = event(9, 'PaperUpdated', aTicket({ id: 2, paper }));
    host.sockets[0]!.handlers.opened();
    host.sockets[0]!.handlers.message(JSON.stringify(message));
    expect(desk.tickets.find((one) => one.id === 2)?.paper).toEqual(paper);
  });

  test('news of the clinic itself is asked for', async () => {
    host.sockets[0]!.handlers.opened();
    host.sockets[0]!.handlers.message(
      JSON.stringify({ seq: 9, at: '', channel: 'queue.umum', type: 'SiteUpdated', data: {} }),
    );
    await vi.advanceTimersByTimeAsync(200);
    expect(host.requests.map((one) => one.path)).toContain('/api/site');
  });

  test('sending somebody on says where and why, tells it, and can be taken back', async () => {
    await desk.transfer(tickets[0]!, { poli: 'gigi' }, 'Rujuk');
    expect(posts().at(-1)).toMatchObject({
      path: '/api/queue/1/transfer',
      body: { poli: 'gigi', alasan: 'Rujuk' },
    });
    expect(desk.notice).toMatchObject({ key: 'counter.toast_transferred', nomor: 'A001' });
    desk.undoLast();
    await vi.advanceTimersByTimeAsync(0);
    expect(posts().at(-1)?.path).toBe('/api/queue/1/undo');
  });
});
