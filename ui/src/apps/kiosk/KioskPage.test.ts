// The kiosk page on a fake machine: what a visitor sees and touches.
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useHost } from '../../host';
import { fakeHost, refusal, type FakeHost } from '../../host/fake';
import { aService, ownTicket } from '../../data/builders';
import { SETTLE_MS } from './kiosk.svelte';
import Kiosk from './Kiosk.svelte';

let host: FakeHost;
let services = [aService(), aService({ slug: 'lansia', kode: 'D', nama: 'Lansia', priority: true })];
let register: () => unknown;

beforeEach(() => {
  vi.useFakeTimers();
  services = [
    aService(),
    aService({ slug: 'lansia', kode: 'D', nama: 'Lansia', nama_en: 'Elderly', priority: true }),
  ];
  register = () => ({ ticket: ownTicket({ id: 13, position: 1 }) });
  host = fakeHost({
    answer: (_, path) => (path === '/api/register' ? register() : { services, kelas: [], seq: 1 }),
  });
  useHost(host);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function show() {
  render(Kiosk);
  await vi.advanceTimersByTimeAsync(SETTLE_MS);
}
const service = (name: RegExp) => screen.getByRole('button', { name });

test('shows each service with how long it takes', async () => {
  await show();
  expect(service(/Poli Umum/).textContent).toMatch(/4 menunggu · sekitar\s15\smenit/);
  expect(service(/Lansia/).textContent).toContain('Didahulukan');
});

test('a touch shows the number, its code and no word about paper', async () => {
  await show();
  await fireEvent.click(service(/Poli Umum/));
  await vi.advanceTimersByTimeAsync(0);
  expect(screen.getByTestId('number').textContent).toBe('A013');
  expect(screen.getByText('Anda berikutnya')).toBeTruthy();
  expect(screen.getByText('Kode 7K3M-9QX2')).toBeTruthy();
  expect(screen.getByText('Foto atau ingat nomor ini')).toBeTruthy();
  expect(document.body.textContent).not.toMatch(/cetak|kertas/i);
});

test('reading aloud is offered only where the machine can', async () => {
  await show();
  expect(screen.queryByText('Bacakan')).toBeNull();
  cleanup();
  host.can.speak = true;
  await show();
  await fireEvent.click(screen.getByText('Bacakan'));
  expect(host.spoken[0]).toContain('Poli Umum, Lansia');
});

test('English names come from the hub', async () => {
  await show();
  await fireEvent.click(screen.getByText('English'));
  expect(service(/General Clinic/)).toBeTruthy();
  expect(service(/Elderly/).textContent).toContain('Goes first');
});

test('a closed clinic says so', async () => {
  services = [];
  await show();
  expect(screen.getByText('Loket sedang tutup')).toBeTruthy();
});

test('a hub that cannot be reached is told calmly', async () => {
  host.answer = () => {
    throw new TypeError('network');
  };
  await show();
  expect(screen.getByText('Sebentar, mesin sedang menyambung')).toBeTruthy();
});

test('a refusal is shown in the hub’s own words', async () => {
  register = () => refusal(409, 'SERVICE_CLOSED', 'Poli Umum sedang tutup.');
  await show();
  await fireEvent.click(service(/Poli Umum/));
  await vi.advanceTimersByTimeAsync(0);
  expect(screen.getByText('Poli Umum sedang tutup.')).toBeTruthy();
});
