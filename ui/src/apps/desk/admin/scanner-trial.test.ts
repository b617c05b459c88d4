// What the trial says of a scanner, a person and a stray key.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useHost } from '../../../host';
import { fakeHost } from '../../../host/fake';
import { ScannerTrial } from './scanner-trial.svelte';

const CODE = '7K3M9QX2T4';
let trial: ScannerTrial;

beforeEach(() => {
  vi.useFakeTimers();
  useHost(fakeHost());
  trial = new ScannerTrial();
});
afterEach(() => {
  trial.stop();
  vi.useRealTimers();
});

function type(text: string, gaps: number[], end: string | null): void {
  let at = performance.now();
  [...text].forEach((key, index) => {
    trial.press(key, at);
    at += gaps[index % gaps.length]!;
  });
  if (end) trial.press(end, at);
  else vi.runAllTimers();
}

test.each(['Enter', 'Tab', null])('a code that ends with %s is read', (suffix) => {
  type(CODE, [61], suffix);
  expect(trial.tried).toEqual({ text: CODE, pace: 61, suffix, outcome: 'read' });
});

test('another code was read, too, but is none of ours', () => {
  type('https://example.id/promo', [12], 'Enter');
  expect(trial.tried?.outcome).toBe('other');
});

test.each([
  ['Siti Aminah', 'person'],
  ['ab', 'short'],
])('%s, typed by hand, is told from a scan', (text, outcome) => {
  type(text, [95, 140, 70, 120], null);
  expect(trial.tried).toMatchObject({ text, outcome, suffix: null });
});

test('the next one replaces what is shown', () => {
  type(CODE, [200], null);
  type(CODE, [12], 'Enter');
  expect(trial.tried).toMatchObject({ text: CODE, outcome: 'read' });
});

test('Tab alone leaves the box, Enter alone sends no form', () => {
  expect([trial.press('Tab', 0), trial.press('Enter', 500)]).toEqual([false, true]);
});

test('what was learned is kept for the desk', () => {
  type(CODE, [80], 'Tab');
  const again = new ScannerTrial();
  let at = 0;
  for (const key of 'A012') again.press(key, (at += 80));
  again.press('Tab', at + 80);
  expect(again.tried).toMatchObject({ text: 'A012', outcome: 'read' });
});
