// What the hub asks of an admin: its clock, and what it gave up.
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clock, Job } from '../../../api/upkeep';
import { useHost } from '../../../host';
import { fakeHost, refusal, type FakeHost } from '../../../host/fake';
import { language } from '../../../words/language.svelte';
import HubNeeds from './HubNeeds.svelte';
import { Upkeep } from './upkeep.svelte';

const believed: Clock = { now: '2036-11-20T08:00:00+08:00', service_day: '2036-11-20', doubted: null };
const doubted: Clock = { ...believed, service_day: '2026-11-20', doubted: '2036-11-20' };
const paper: Job = {
  id: 4,
  kind: 'print',
  about: '7K3M9QX2',
  state: 'given_up',
  tries: 1,
  fault: 'out_of_paper',
  at: Date.parse('2026-11-20T01:42:00Z'),
};
let host: FakeHost;
let upkeep: Upkeep;
let clock: Clock;
let jobs: Job[];
let confirmed: () => unknown;
let decided: (decision: 'retry' | 'dismiss') => unknown;

beforeEach(() => {
  language.show('id');
  [clock, jobs] = [believed, []];
  confirmed = () => (clock = believed);
  decided = () => ({ jobs: [] });
  const answers: Record<string, () => unknown> = {
    'GET /api/clock': () => clock,
    'GET /api/jobs': () => ({ jobs }),
    'POST /api/clock/confirm': () => confirmed(),
    'POST /api/jobs/4/retry': () => decided('retry'),
    'POST /api/jobs/4/dismiss': () => decided('dismiss'),
  };
  host = fakeHost({ answer: (method, path) => answers[`${method} ${path}`]?.() ?? {} });
  useHost(host);
});
afterEach(cleanup);

async function show() {
  upkeep = new Upkeep();
  await upkeep.refresh();
  render(HubNeeds, { upkeep });
}
const confirmations = () => host.requests.filter((one) => one.path === '/api/clock/confirm');
const right = () => screen.findByRole('button', { name: 'Jam ini benar' });

test('a hub that is well asks for nothing', async () => {
  await show();
  expect(upkeep.needs).toBe(0);
  expect(screen.queryByRole('button', { name: 'Jam ini benar' })).toBeNull();
  expect(screen.queryByText('Yang tidak berhasil dikerjakan hub')).toBeNull();
});

test('a clock in doubt is told with both days, and believed after a second thought only', async () => {
  clock = doubted;
  await show();
  await fireEvent.click(await right());
  expect(screen.getByRole('alert').textContent).toContain(
    'Jam komputer hub menunjuk Kamis, 20 November 2036, hari layanan masih Jumat, 20 November 2026.',
  );
  expect((await screen.findByRole('dialog')).textContent).toContain(
    'Benar hari ini Kamis, 20 November 2036?',
  );
  expect(confirmations()).toEqual([]);

  await fireEvent.click(screen.getByRole('button', { name: 'Ya, mulai hari itu' }));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  expect(confirmations()).toEqual([expect.objectContaining({ method: 'POST', key: expect.any(String) })]);
});

test('whoever thinks again confirms nothing', async () => {
  clock = doubted;
  await show();
  await fireEvent.click(await right());
  await fireEvent.click(await screen.findByRole('button', { name: 'Belum' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(confirmations()).toEqual([]);
  await right();
});

test('a refusal is told, and the clock stays in doubt', async () => {
  clock = doubted;
  confirmed = () => refusal(403, 'FORBIDDEN', 'Anda tidak berhak melakukan ini.');
  await show();
  await fireEvent.click(await right());
  await fireEvent.click(await screen.findByRole('button', { name: 'Ya, mulai hari itu' }));
  await screen.findByText('Anda tidak berhak melakukan ini.');
  await right();
});

test('a clock that was set right meanwhile leaves nothing to ask', async () => {
  clock = doubted;
  confirmed = () => {
    clock = believed;
    return refusal(409, 'CLOCK_AGREES', 'Jam hub sudah cocok.');
  };
  await show();
  await fireEvent.click(await right());
  await fireEvent.click(await screen.findByRole('button', { name: 'Ya, mulai hari itu' }));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
});

test('what the hub gave up is listed in words, what it still tries is not', async () => {
  jobs = [
    paper,
    { ...paper, id: 5, about: 'MASIH', state: 'due' },
    { ...paper, id: 6, kind: 'backup', about: 'harian', fault: 'disk full' },
  ];
  await show();
  expect((await screen.findByText('Cetak tiket 7K3M9QX2')).closest('li')?.textContent).toMatch(
    /kertas habis – pasang gulungan baru.*Jumat, 20 November 2026/s,
  );
  expect(screen.getByText('backup: harian').closest('li')?.textContent).toContain('disk full');
  expect(screen.queryByText(/MASIH/)).toBeNull();
});

test('what was given up is tried again or let go at a touch, and leaves the list', async () => {
  for (const [button, path] of [
    ['Coba lagi', '/api/jobs/4/retry'],
    ['Abaikan', '/api/jobs/4/dismiss'],
  ] as const) {
    jobs = [paper];
    await show();
    await fireEvent.click(await screen.findByRole('button', { name: button }));
    await waitFor(() => expect(screen.queryByText('Cetak tiket 7K3M9QX2')).toBeNull());
    expect(host.requests).toContainEqual(
      expect.objectContaining({ method: 'POST', path, key: expect.any(String) }),
    );
    cleanup();
  }
});

test('a job that somebody else settled meanwhile is told, and the list is asked for again', async () => {
  jobs = [paper];
  decided = () => {
    jobs = [];
    return refusal(404, 'JOB_NOT_FOUND', 'Pekerjaan itu tidak ada lagi. Muat ulang daftarnya.');
  };
  await show();
  await fireEvent.click(await screen.findByRole('button', { name: 'Coba lagi' }));
  await waitFor(() => expect(screen.queryByText('Cetak tiket 7K3M9QX2')).toBeNull());
});
