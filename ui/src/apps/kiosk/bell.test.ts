// A visitor's call for help reaches the desks, and the screen never says so when it did not.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useHost } from '../../host';
import { fakeHost, type FakeHost } from '../../host/fake';
import { MachineReporter } from '../../parts/machine-report';
import { Bell, RINGS_MS } from './bell.svelte';

let host: FakeHost;
let reporter: MachineReporter;
let bell: Bell;
let answer: () => unknown;

beforeEach(async () => {
  vi.useFakeTimers();
  answer = () => ({});
  host = fakeHost({ answer: () => answer() });
  useHost(host);
  reporter = new MachineReporter('kiosk');
  reporter.start();
  await vi.advanceTimersByTimeAsync(0);
  bell = new Bell(reporter);
});
afterEach(() => {
  bell.hush();
  reporter.stop();
  vi.useRealTimers();
});

const told = () =>
  host.requests.map((one) => (one.body as { devices: { state: string; fault: string | null }[] }).devices);

test('the desks are told, and the screen says so once they are', async () => {
  const rung = bell.ring();
  expect(bell.state).toBe('ringing');
  await rung;
  expect(bell.state).toBe('told');
  expect(told().at(-1)).toEqual([{ kind: 'bell', state: 'warning', fault: 'wanted' }]);
});

test('pressed again and again it is one call', async () => {
  await Promise.all([bell.ring(), bell.ring()]);
  await bell.ring();
  expect(told()).toHaveLength(2);
});

test('a hub that does not answer is not called told, and a new press tries again', async () => {
  answer = () => {
    throw new TypeError('network');
  };
  await bell.ring();
  expect(bell.state).toBe('unheard');
  answer = () => ({});
  await bell.ring();
  expect(bell.state).toBe('told');
});

test('it is still once somebody came', async () => {
  await bell.ring();
  bell.hush();
  await vi.advanceTimersByTimeAsync(0);
  expect(told().at(-1)).toEqual([{ kind: 'bell', state: 'ok', fault: null }]);
  expect(bell.state).toBe('still');
});

test('a bell that nobody ends falls silent by itself', async () => {
  await bell.ring();
  await vi.advanceTimersByTimeAsync(RINGS_MS);
  expect(bell.state).toBe('still');
  expect(told().at(-1)).toEqual([{ kind: 'bell', state: 'ok', fault: null }]);
});
