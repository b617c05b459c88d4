// Staff hear of a broken machine in words that say what to do.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DeviceReport, Machine } from '../../api/types';
import { wearBadge } from '../../api/badge';
import { useHost } from '../../host';
import { fakeHost, type FakeHost } from '../../host/fake';
import { language } from '../../words/language.svelte';
import { Machines } from './machines.svelte';

let host: FakeHost;
let listed: Machine[];
let machines: Machines;

function machine(changes: Partial<Machine> = {}, ...devices: DeviceReport[]): Machine {
  const here = { seen_at: '2026-11-20T09:00:00+08:00', here: true };
  return { machine: 'k1', nama: 'Kiosk pintu utama', mode: 'kiosk', devices, ...here, ...changes };
}
const NO_PAPER: DeviceReport = { kind: 'printer', state: 'fault', fault: 'out_of_paper' };
const LITTLE: DeviceReport = { kind: 'printer', state: 'warning', fault: 'paper_near_end' };

beforeEach(async () => {
  vi.useFakeTimers();
  language.show('id');
  listed = [];
  host = fakeHost({ answer: () => ({ machines: listed }) });
  useHost(host);
  machines = new Machines();
  wearBadge({ token: () => 'kunci', refused: () => Promise.resolve(false) });
  machines.start();
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => {
  machines.stop();
  wearBadge(null);
  vi.useRealTimers();
});

/** The hub tells; such news has no number. */
function tell(type: string, ...now: Machine[]): void {
  const message = {
    type,
    channel: 'devices',
    data: { machines: now },
    ...(type === 'Snapshot' ? { seq: 4 } : {}),
  };
  host.sockets[0]!.handlers.message(JSON.stringify(message));
}

test('it signs in to the channel of the machines', () => {
  host.sockets[0]!.handlers.opened();
  expect(host.sockets[0]!.sent[0]).toEqual({ subscribe: ['devices'], token: 'kunci' });
});

test('a fault is told as soon as the hub hears of it, and gone once it is mended', () => {
  tell('Snapshot', machine());
  expect(machines.alerts).toEqual([]);
  tell('DevicesChanged', machine({}, NO_PAPER));
  expect(machines.alerts).toMatchObject([
    { machine: 'Kiosk pintu utama', problem: 'kertas habis', todo: 'pasang gulungan baru', warning: false },
  ]);
  tell('DevicesChanged', machine());
  expect(machines.alerts).toEqual([]);
});

test('what was waved away comes back only when it happens again', () => {
  tell('DevicesChanged', machine({}, NO_PAPER));
  machines.dismiss(machines.alerts[0]!.key);
  tell('DevicesChanged', machine({}, NO_PAPER));
  expect(machines.alerts).toEqual([]);
  tell('DevicesChanged', machine());
  tell('DevicesChanged', machine({}, NO_PAPER));
  expect(machines.alerts).toHaveLength(1);
});

test('faults stand before warnings', () => {
  tell('DevicesChanged', machine({}, LITTLE), machine({ machine: 'k2', nama: 'Kiosk 2' }, NO_PAPER));
  expect(machines.alerts.map((one) => [one.machine, one.warning])).toEqual([
    ['Kiosk 2', false],
    ['Kiosk pintu utama', true],
  ]);
});

test('a machine that fell silent is missed within a minute', async () => {
  listed = [machine({ here: false }, NO_PAPER)];
  await vi.advanceTimersByTimeAsync(60_000);
  expect(machines.alerts.map((one) => one.problem)).toEqual(['tidak terhubung']);
});

test('a browser that nobody named and that was closed is not missed', () => {
  const look = { machine: 'web-1', nama: 'TV ruang tunggu', mode: 'tv', here: false };
  tell('DevicesChanged', machine(look), machine({ ...look, nama: 'TV lantai 2' }));
  expect(machines.alerts.map((one) => one.machine)).toEqual(['TV lantai 2']);
});

test('a visitor who rings comes before every fault, then what this machine itself lacks', () => {
  const rings: DeviceReport = { kind: 'bell', state: 'warning', fault: 'wanted' };
  const own = machine({ machine: `${host.machine().id}-counter`, nama: 'Loket 2' }, LITTLE);
  tell('DevicesChanged', machine({ machine: 'k2', nama: 'Kiosk 2' }, NO_PAPER), own, machine({}, rings));
  expect(machines.alerts.map((one) => [one.machine, one.bell])).toEqual([
    ['Kiosk pintu utama', true],
    ['Loket 2', false],
    ['Kiosk 2', false],
  ]);
});
