// A day of 300 visitors: kiosk, two counters, board, TV and phone, with ways, classes, late people, a pause, a transfer and a
// power cut. At the end the board is what the events say, and no call was lost or made twice.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { Desk, Hub, type Given } from './hub';
import { callsSeen, open, openCounter, openKiosk, openTv, signIn, takeNumber } from './screens';

const VISITORS = 300;
const AT_KIOSK = 8;
const BY_KEY = 12;

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

interface Told {
  seq: number;
  type: string;
  data: { ticket?: Ticket };
}
interface Ticket extends Given {
  status: string;
  poli: { slug: string };
  call_order: number | null;
}

/** Everything that every TV hears, also what was said while the line was cut; through a page, which has WebSockets. */
class Ear {
  readonly heard: Told[] = [];
  #page: Page;
  #seq = -1;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async at(browser: Browser): Promise<Ear> {
    const ear = new Ear(await open(browser, hub, '/saya'));
    await ear.#page.exposeFunction('told', (said: Told) => {
      if (typeof said.seq !== 'number' || said.seq <= ear.#seq || said.type === 'Snapshot') return;
      ear.#seq = said.seq;
      ear.heard.push(said);
    });
    await ear.listen();
    return ear;
  }

  async listen(): Promise<void> {
    const since = this.#seq < 0 ? null : this.#seq;
    await this.#page.evaluate(async (since) => {
      const socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws');
      await new Promise((open, failed) => {
        socket.onopen = open;
        socket.onerror = failed;
      });
      const told = (window as unknown as { told: (said: unknown) => void }).told;
      socket.onmessage = ({ data }) => told(JSON.parse(String(data)));
      socket.send(JSON.stringify({ subscribe: ['display'], since }));
    }, since);
  }

  tickets(type?: string): Ticket[] {
    const wanted = this.heard.filter((one) => one.data?.ticket && (!type || one.type === type));
    return wanted.map((one) => one.data.ticket!);
  }
}

test('three hundred visitors go through a day, and everything adds up', async ({ browser }) => {
  test.setTimeout(240_000);
  const ear = await Ear.at(browser);
  const admin = await Desk.signIn(hub, 'admin');
  for (const loket of [1, 2, 3, 4]) {
    await admin.clear(loket);
    for (const one of await admin.waiting(loket)) await admin.act(one.id, 'cancel');
  }
  await admin.say('POST', '/api/journeys', { nama: 'Periksa lalu gigi', poli: ['umum', 'gigi'] });

  const kiosk = await openKiosk(browser, hub);
  const counter = await openCounter(browser, hub, 'rina', 1);
  const dental = await openCounter(browser, hub, 'dewi', 2);
  const tv = await openTv(browser, hub);
  const board = await open(browser, hub, '/supervisor');
  await signIn(board, 'admin');

  // They come: a few touch the kiosk, the desk gives the others theirs with class and way.
  const given: Given[] = [];
  for (let n = 0; n < AT_KIOSK; n++) await takeNumber(kiosk, n % 2 ? 'gigi' : 'umum');
  for (let n = AT_KIOSK; n < VISITORS; n++) {
    const poli = n % 3 === 2 ? 'gigi' : 'umum';
    const kelas = n % 17 === 0 ? 'lansia' : n % 71 === 0 ? 'gawat' : null;
    const alur = poli === 'umum' && n % 9 === 0 ? 'periksa-lalu-gigi' : null;
    const wish = { poli, nama: `Pengunjung ${n}`, ...(kelas ? { kelas } : {}), ...(alur ? { alur } : {}) };
    given.push(((await admin.say('POST', '/api/register', wish)) as { ticket: Given }).ticket);
  }
  const phone = await open(browser, hub, `/t/${given.at(-1)!.code}`, { width: 390, height: 844 });
  await expect(phone.getByTestId('number')).toHaveText(given.at(-1)!.nomor_antrean);

  // Two counters work by key.
  for (const page of [counter, dental]) {
    for (let n = 0; n < BY_KEY; n++) {
      const current = page.getByTestId('current');
      await page.keyboard.press('Space');
      await expect(current).toHaveAttribute('data-status', 'dipanggil');
      await page.keyboard.press(n % 5 === 4 ? 's' : 'l');
      if (n % 5 === 4) await expect(current).toHaveAttribute('data-status', 'none');
      else {
        await expect(current).toHaveAttribute('data-status', 'sedang_dilayani');
        await page.keyboard.press('Enter');
        await expect(current).toHaveAttribute('data-status', 'none');
      }
    }
  }

  // The board pauses a counter and sends somebody elsewhere; then the power goes.
  await admin.say('POST', '/api/counters/3/pause', { alasan: 'Istirahat' });
  await expect(board.getByText(/Istirahat/).first()).toBeVisible();
  await admin.say('POST', `/api/queue/${given.at(-2)!.id}/transfer`, {
    poli: 'gigi',
    alasan: 'Salah sentuh',
  });
  await hub.kill();
  await hub.start();
  await ear.listen();
  await expect(counter.getByText('Terhubung')).toBeVisible({ timeout: 20_000 });
  await admin.say('POST', '/api/counters/3/open');

  // The rest is called by all counters in turn; who was late comes back once.
  const late: number[] = [];
  for (let empty = 0, n = 0; empty < 3; n++) {
    const loket = [1, 2, 3][n % 3]!;
    const called = await admin.callNext(loket).catch(() => null);
    if (!called) {
      empty += 1;
      await admin.clear(loket);
      const back = late.pop();
      if (back !== undefined) {
        await admin.act(back, 'return');
        empty = 0;
      }
      continue;
    }
    empty = 0;
    if (n % 23 === 22) {
      await admin.act(called.id, 'skip');
      if (late.length < 5) late.push(called.id);
    } else {
      await admin.act(called.id, 'serve');
      await admin.act(called.id, 'finish');
    }
  }

  // The board says what the events say.
  const stats = (await admin.say('GET', '/api/stats')) as Record<string, number>;
  const heard = () => {
    const last = new Map(ear.tickets().map((one) => [one.id, one]));
    const taken = new Set(ear.tickets('NewRegistration').map((one) => one.id));
    return [...last.values()].filter((one) => taken.has(one.id));
  };
  const ended = (one: Ticket) => !['menunggu', 'dipanggil', 'sedang_dilayani'].includes(one.status);
  // The last events may still be on their way to the ear.
  await expect.poll(() => heard().filter(ended).length).toBe(VISITORS);
  const mine = heard();
  const of = (status: string) => mine.filter((one) => one.status === status).length;
  expect(mine).toHaveLength(VISITORS);
  expect([stats.menunggu, stats.dipanggil, stats.sedang_dilayani]).toEqual([0, 0, 0]);
  expect(of('selesai') + of('dilewati')).toBe(VISITORS);
  for (const one of mine) {
    const now = (await admin.say('GET', `/api/queue/status/${one.nomor_antrean}`)) as Ticket;
    expect([now.status, now.poli.slug], one.nomor_antrean).toEqual([one.status, one.poli.slug]);
  }

  // No call was lost or made twice: each has its own place in the order of events, and whoever is done was called.
  const calls = ear.tickets('QueueCalled');
  const orders = calls.map((one) => one.call_order);
  expect(new Set(orders).size).toBe(orders.length);
  expect(orders).toEqual([...orders].sort((one, other) => one! - other!));
  const called = new Set(calls.map((one) => one.id));
  expect(mine.filter((one) => !called.has(one.id))).toEqual([]);

  // What the TV announced are calls, in their order.
  const seen = await callsSeen(tv);
  let at = 0;
  for (const { nomor_antrean } of calls) if (seen[at] === nomor_antrean) at += 1;
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.slice(at), 'announced, in the order of the calls').toEqual([]);
  await expect(phone.getByText(/Sudah selesai|Nomor terlewat|terlewat/).first()).toBeVisible();
  await expect(counter.getByTestId('current')).toHaveAttribute('data-status', 'none');
});
