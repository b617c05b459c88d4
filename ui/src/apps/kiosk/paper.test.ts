// A touch gives paper where there is a printer, and a number in any case.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Site } from '../../api/types';
import { useHost } from '../../host';
import { fakeHost, refusal, type FakeHost } from '../../host/fake';
import { aService, ownTicket } from '../../data/builders';
import { Kiosk, NUMBER_SECONDS, SETTLE_MS } from './kiosk.svelte';
import { language } from '../../words/language.svelte';
import { STATUS_MS } from './paper.svelte';
import { site } from '../../data/site.svelte';

const service = aService();
const printout = { lines: [{ kind: 'rule' as const }] };
let host: FakeHost;
let kiosk: Kiosk;
let print: () => unknown;

async function switchOn(own: boolean, sites = false): Promise<void> {
  const can = { speak: false, print: own, scan: false, settings: own };
  host = fakeHost({
    can,
    answer: (_, path) => {
      if (path === '/api/register') return { ticket: ownTicket({ id: 13, code: 'KODE13' }) };
      if (path.includes('/printout')) return { printout, copy: false };
      if (path.includes('/print?')) return print();
      if (path.includes('/paper')) return { ticket: ownTicket({ id: 13 }) };
      return path === '/api/devices' ? {} : { services: [service], kelas: [], seq: 1 };
    },
  });
  useHost(host);
  site.info = { printer: sites } as Site;
  language.show('id');
  kiosk = new Kiosk();
  kiosk.start();
  await vi.advanceTimersByTimeAsync(SETTLE_MS);
}
const take = async () => {
  await kiosk.take(service);
  await vi.advanceTimersByTimeAsync(0);
};
const asked = (part: string) => host.requests.filter((one) => one.path.includes(part));
const devices = () => asked('/api/devices').at(-1)?.body as { devices: unknown[] };

beforeEach(() => {
  vi.useFakeTimers();
  print = () => ({ ticket: ownTicket({ id: 13 }) });
});
afterEach(() => {
  kiosk.stop();
  site.info = null;
  vi.useRealTimers();
});

describe('a kiosk with a printer', () => {
  test('prints what the hub composed, and tells that it did', async () => {
    await switchOn(true);
    await take();
    expect(asked('/api/register')[0]!.body).toMatchObject({ cetak: true });
    expect(asked('/printout')[0]!.path).toBe('/api/tickets/KODE13/printout?bahasa=id');
    expect(host.printed).toEqual([printout]);
    expect(kiosk.paper.shown).toEqual({ code: 'KODE13', state: 'printed', fault: null });
    expect(asked('/paper')[0]!.body).toEqual({ state: 'printed' });
  });

  test('says that it prints for as long as it does', async () => {
    await switchOn(true);
    host.printMs = 2_000;
    await take();
    expect(kiosk.paper.shown?.state).toBe('printing');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(kiosk.paper.shown?.state).toBe('printed');
  });

  test('without paper the number is shown all the same, and hub and staff hear why', async () => {
    await switchOn(true);
    host.printerFault = 'out_of_paper';
    await take();
    expect(kiosk.view.name).toBe('number');
    expect(kiosk.paper.shown).toMatchObject({ state: 'failed', fault: 'out_of_paper' });
    expect(asked('/paper')[0]!.body).toEqual({ state: 'failed', fault: 'out_of_paper' });
    await vi.advanceTimersByTimeAsync(0);
    expect(devices().devices).toEqual([{ kind: 'printer', state: 'fault', fault: 'out_of_paper' }]);
  });

  test('a number whose paper failed stays for its whole time', async () => {
    await switchOn(true);
    host.printMs = 15_000;
    host.printerFault = 'hung_up';
    await take();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(kiosk.secondsLeft).toBe(NUMBER_SECONDS);
  });

  test('a printer that never answers is given up', async () => {
    await switchOn(true);
    host.printer!.print = () => new Promise(() => undefined);
    await take();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(kiosk.paper.shown).toMatchObject({ state: 'failed', fault: 'hung_up' });
  });

  test('the next visitor is told beforehand, until there is paper again', async () => {
    await switchOn(true);
    host.printerFault = 'out_of_paper';
    await vi.advanceTimersByTimeAsync(STATUS_MS);
    expect(kiosk.paper.fault).toBe('out_of_paper');
    host.printerFault = null;
    await vi.advanceTimersByTimeAsync(STATUS_MS);
    expect(kiosk.paper.fault).toBeNull();
  });

  test('paper that runs out soon is news for staff, not for visitors', async () => {
    await switchOn(true);
    host.printerWarning = 'paper_near_end';
    await vi.advanceTimersByTimeAsync(STATUS_MS);
    expect(kiosk.paper.fault).toBeNull();
    expect(devices().devices).toEqual([{ kind: 'printer', state: 'warning', fault: 'paper_near_end' }]);
  });

  test('the second of two papers waits for the first', async () => {
    await switchOn(true);
    host.printMs = 3_000;
    await take();
    void kiosk.paper.print(ownTicket({ id: 14, code: 'KODE14' }));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(host.printed).toHaveLength(1);
    expect(kiosk.paper.shown).toMatchObject({ code: 'KODE14', state: 'printing' });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(host.printed).toHaveLength(2);
  });
});

describe("a browser kiosk on the site's printer", () => {
  test('lets the hub print', async () => {
    await switchOn(false, true);
    await take();
    expect(asked('/print?')[0]).toMatchObject({
      method: 'POST',
      path: '/api/tickets/KODE13/print?bahasa=id',
    });
    expect(kiosk.paper.shown?.state).toBe('printed');
  });

  test.each([
    ['PRINTER_OUT_OF_PAPER', 'out_of_paper'],
    ['PRINTER_ERROR', 'printer_error'],
    ['NO_PRINTER', 'not_found'],
    ['TICKET_NOT_FOUND', null],
  ])('a refusal %s is the fault %s', async (code, fault) => {
    await switchOn(false, true);
    print = () => refusal(503, code);
    await take();
    expect(kiosk.paper.shown).toMatchObject({ state: 'failed', fault });
  });
});

test('without any printer nothing is asked to be printed', async () => {
  await switchOn(false);
  await take();
  expect(asked('/api/register')[0]!.body).not.toHaveProperty('cetak');
  expect([kiosk.paper.shown, asked('print').length]).toEqual([null, 0]);
});
