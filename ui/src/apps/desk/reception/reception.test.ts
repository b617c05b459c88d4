// The receptionist's desk on a fake machine.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DeviceFault, useHost } from '../../../host';
import { fakeHost, refusal, type FakeHost } from '../../../host/fake';
import { aTicket, deskTicket, event } from '../../../data/builders';
import { language } from '../../../words/language.svelte';
import { Reception } from './reception.svelte';

const siti = deskTicket({ id: 12, code: '7K3M9QX2T4', nama: 'Siti Rahmawati' });
const stats = { selesai: 1, menunggu: 2, dipanggil: 0, dilewati: 0, rata_rata_menit: null };
let host: FakeHost;
let desk: Reception;
let answers: Record<string, (body: unknown) => unknown>;

function day(tickets = [siti]) {
  return { tickets, stats, upcoming: null, page: 1, per_page: 60, total: tickets.length, next: null, seq: 1 };
}

beforeEach(async () => {
  vi.useFakeTimers();
  language.show('id');
  answers = {
    'GET /api/dashboard/queues': () => day(),
    'GET /api/tickets/7K3M9QX2T4': () => ({ ticket: siti }),
    'GET /api/tickets/7K3M9QX2T4/printout': () => ({ printout: { lines: [] }, copy: true }),
    'POST /api/tickets/7K3M9QX2T4/paper': () => ({ ticket: siti }),
  };
  host = fakeHost({
    can: { speak: false, print: true, scan: true, settings: false },
    answer: (method, path, body) =>
      (answers[`${method} ${path.split('?')[0]}`] ?? (() => refusal(404, 'TICKET_NOT_FOUND')))(body),
  });
  useHost(host);
  desk = new Reception();
  desk.start();
  await vi.advanceTimersByTimeAsync(500);
});
afterEach(() => {
  desk.stop();
  vi.useRealTimers();
});

const asked = (method: string, path: string) =>
  host.requests.filter((one) => one.method === method && one.path.split('?')[0] === path);

describe('looking', () => {
  test('a scanned address opens the ticket with its name', async () => {
    await desk.look('http://lobi.local/t/7K3M9QX2T4');
    expect(desk.card).toMatchObject({ name: 'ticket', fresh: false, ticket: { nama: 'Siti Rahmawati' } });
  });

  test('a ticket of a service that is not mine opens without a name', async () => {
    answers['GET /api/dashboard/queues'] = () => day([]);
    await desk.look('7K3M9-QX2T4');
    expect(desk.card).toMatchObject({ name: 'ticket', ticket: { id: 12, nama: null } });
  });

  test('a number must be the whole number', async () => {
    await desk.look('A012');
    expect(desk.card.name).toBe('ticket');
    await desk.look('A01');
    expect(desk.card).toEqual({ name: 'unknown', text: 'A01' });
  });

  test('an unknown code is no fault', async () => {
    await desk.look('00000-00000');
    expect(desk.card).toEqual({ name: 'unknown', text: '00000-00000' });
  });

  test('the answer to an earlier scan does not replace a later one', async () => {
    let late: (answer: unknown) => void = () => undefined;
    answers['GET /api/tickets/0000000000'] = () => new Promise((go) => (late = go));
    const first = desk.look('0000000000');
    await vi.advanceTimersByTimeAsync(10);
    await desk.look('7K3M9QX2T4');
    late({ ticket: deskTicket({ id: 99, code: '0000000000' }) });
    await first;
    expect(desk.card).toMatchObject({ name: 'ticket', ticket: { id: 12 } });
  });

  test('without the hub the text is kept, to be tried again', async () => {
    answers['GET /api/tickets/7K3M9QX2T4'] = () => {
      throw new TypeError('network');
    };
    await desk.look('7K3M9QX2T4');
    expect(desk.card).toMatchObject({ name: 'failed', text: '7K3M9QX2T4', error: { code: 'OFFLINE' } });
  });
});

describe('paper', () => {
  test('a reprint comes out of the own printer and is reported', async () => {
    await desk.look('7K3M9QX2T4');
    await desk.print();
    expect(host.printed).toHaveLength(1);
    expect(desk.paper).toEqual({ name: 'out', warning: null });
    expect(asked('POST', '/api/tickets/7K3M9QX2T4/paper')[0]?.body).toEqual({ state: 'printed' });
  });

  test('a fault is put into words and reported', async () => {
    host.printerFault = 'out_of_paper';
    await desk.look('7K3M9QX2T4');
    await desk.print();
    expect(desk.paper).toEqual({ name: 'failed', words: 'Kertas habis: pasang gulungan baru.' });
    expect(asked('POST', '/api/tickets/7K3M9QX2T4/paper')[0]?.body).toEqual({
      state: 'failed',
      fault: 'out_of_paper',
    });
  });

  test('a second press while it prints prints nothing more', async () => {
    host.printMs = 500;
    await desk.look('7K3M9QX2T4');
    const first = desk.print();
    void desk.print();
    await vi.advanceTimersByTimeAsync(1_000);
    await first;
    expect(host.printed).toHaveLength(1);
  });

  test('a fault that only the driver knows is still told', async () => {
    host.printer!.print = () => Promise.reject(new DeviceFault('gremlins'));
    await desk.look('7K3M9QX2T4');
    await desk.print();
    expect(desk.paper).toMatchObject({ name: 'failed', words: expect.stringContaining('gremlins') });
  });
});

describe('deeds', () => {
  test('a skipped one goes back, and the card shows it at once', async () => {
    const skipped = { ...siti, status: 'dilewati' as const };
    answers['GET /api/tickets/7K3M9QX2T4'] = () => ({ ticket: skipped });
    answers['GET /api/dashboard/queues'] = () => day([skipped]);
    await desk.look('7K3M9QX2T4');
    answers['POST /api/queue/12/return'] = () => ({ ticket: siti });
    await desk.act('return');
    expect(desk.card).toMatchObject({ ticket: { status: 'menunggu' } });
    expect(desk.notice).toEqual({ key: 'reception.toast_returned', nomor: 'A012' });
  });

  test('a new number sent twice after a lost answer keeps its key; other words are another wish', async () => {
    answers['POST /api/register'] = () => {
      throw new TypeError('network');
    };
    const keys = () => asked('POST', '/api/register').map((one) => one.key);
    const given = async (nama: string) => {
      const wish = expect(desk.issue('umum', { nama })).rejects.toMatchObject({ code: 'OFFLINE' });
      await vi.advanceTimersByTimeAsync(60_000);
      await wish;
    };
    await given('Budi');
    await given('Budi');
    expect(new Set(keys()).size).toBe(1);
    await given('Budiman');
    expect(new Set(keys()).size).toBe(2);
  });

  test('an odd NIK is looked at again first, and taken when staff are sure', async () => {
    answers['POST /api/register'] = (body) =>
      (body as { periksa_nik?: boolean }).periksa_nik ? refusal(409, 'NIK_DOUBTED') : { ticket: siti };
    const visitor = { nama: 'Siti', nik: '7371112111260001' };
    await expect(desk.issue('umum', visitor)).rejects.toMatchObject({ code: 'NIK_DOUBTED' });
    await desk.issue('umum', visitor, true);
    expect(desk.card).toMatchObject({ name: 'ticket', fresh: true });
    const [first, second] = asked('POST', '/api/register');
    expect(first?.key).not.toBe(second?.key);
    await desk.issue('umum', { nama: 'Siti' });
    expect(asked('POST', '/api/register')[2]?.body).not.toHaveProperty('periksa_nik');
  });

  test('a new number is shown as fresh and printed by itself', async () => {
    answers['POST /api/register'] = () => ({ ticket: siti });
    await desk.issue('umum', { nama: 'Siti Rahmawati' });
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.card).toMatchObject({ name: 'ticket', fresh: true, ticket: { nama: 'Siti Rahmawati' } });
    expect(asked('POST', '/api/register')[0]?.body).toMatchObject({ poli: 'umum', cetak: true });
    expect(host.printed).toHaveLength(1);
  });
});

describe('going on while a paper is under way', () => {
  const budi = deskTicket({ id: 13, code: '8K3M9QX2T4', nomor_antrean: 'A013', nama: 'Budi' });

  beforeEach(() => {
    answers['POST /api/register'] = () => ({ ticket: budi });
    answers['GET /api/tickets/8K3M9QX2T4'] = () => ({ ticket: budi });
    answers['GET /api/tickets/8K3M9QX2T4/printout'] = () => ({ printout: { lines: [] }, copy: false });
    answers['POST /api/tickets/8K3M9QX2T4/paper'] = () => ({ ticket: budi });
  });

  test('the paper of a new number waits for its turn, and comes', async () => {
    host.printMs = 500;
    await desk.look('7K3M9QX2T4');
    void desk.print();
    await desk.issue('umum', { nama: 'Budi' });
    expect(desk.paper).toEqual({ name: 'printing' });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(host.printed).toHaveLength(2);
    expect([desk.paper, desk.pending]).toEqual([{ name: 'out', warning: null }, null]);
  });

  test('a paper that failed behind another card is told with its number and its fault', async () => {
    host.printMs = 500;
    host.printerFault = 'out_of_paper';
    await desk.look('7K3M9QX2T4');
    void desk.print();
    await desk.look('8K3M9QX2T4');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(desk.paper).toEqual({ name: 'rest' });
    expect(desk.error).toBeNull();
    expect(desk.notice).toMatchObject({
      key: 'reception.toast_not_printed',
      nomor: 'A012',
      masalah: expect.stringContaining('Kertas habis'),
    });
  });

  test('the card knows of the paper before the hub was told', async () => {
    answers['POST /api/tickets/7K3M9QX2T4/paper'] = () => {
      throw new TypeError('network');
    };
    await desk.look('7K3M9QX2T4');
    void desk.print();
    await vi.advanceTimersByTimeAsync(100);
    expect(desk.paper).toEqual({ name: 'out', warning: null });
    // Nothing more is printed before it: the next one would not know that it is a copy.
    expect(desk.pending).toBe('print');
  });
});

describe('the list of the day', () => {
  test('typing asks once the fingers rest', async () => {
    const before = asked('GET', '/api/dashboard/queues').length;
    for (const text of ['s', 'si', 'sit', 'siti']) {
      desk.list.search(text);
      await vi.advanceTimersByTimeAsync(60);
    }
    await vi.advanceTimersByTimeAsync(300);
    const since = asked('GET', '/api/dashboard/queues').slice(before);
    expect(since).toHaveLength(1);
    expect(since[0]?.path).toContain('cari=siti');
  });

  test('word of a paper changes the row at once', () => {
    const paper = { state: 'failed' as const, fault: 'out_of_paper', copies: 0 };
    const socket = host.sockets.find((one) => !one.closed)!;
    socket.handlers.opened();
    const messages = host.sockets.map((one) => one.handlers.message);
    for (const hear of messages) hear(JSON.stringify(event(9, 'PaperUpdated', aTicket({ id: 12, paper }))));
    expect(desk.list.tickets[0]?.paper).toEqual(paper);
  });

  test('a quiet day asks for nothing', async () => {
    await desk.look('7K3M9QX2T4');
    await vi.advanceTimersByTimeAsync(1_000);
    const before = host.requests.length;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(host.requests.length).toBe(before);
  });
});
