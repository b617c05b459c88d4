// The door to this machine's settings: the admin's password opens it, anything else is told why.
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useHost } from '../../../host';
import { fakeHost, type FakeHost } from '../../../host/fake';
import MachineDialog from './MachineDialog.svelte';

let host: FakeHost;
const close = vi.fn();

beforeEach(() => {
  close.mockReset();
  host = fakeHost();
  useHost(host);
});
afterEach(cleanup);

function show() {
  render(MachineDialog, { open: true, close, rest: () => undefined });
}
const password = () => screen.getByLabelText<HTMLInputElement>('Kata sandi');
async function enter(words: string) {
  await fireEvent.input(password(), { target: { value: words } });
  await fireEvent.submit(password().form!);
}

test('the password opens the settings, and the dialog closes', async () => {
  show();
  await enter('rahasia-kami');
  await waitFor(() => expect(close).toHaveBeenCalledOnce());
  expect(host.doors).toEqual([{ door: 'settings', username: 'admin', password: 'rahasia-kami' }]);
  expect(screen.queryByRole('alert')).toBeNull();
});

test('another name than admin is sent without the spaces around it', async () => {
  show();
  await fireEvent.input(screen.getByLabelText('Nama pengguna'), { target: { value: ' ratna ' } });
  await enter('rahasia-kami');
  await waitFor(() => expect(host.doors[0]?.username).toBe('ratna'));
});

test('a refusal is told in the program’s words, and the password must be typed again', async () => {
  const message = 'Nama pengguna atau kata sandi salah.';
  host.openSettings = () => Promise.reject({ code: 'refused', message });
  show();
  await enter('salah');
  expect((await screen.findByRole('alert')).textContent).toBe(message);
  expect(close).not.toHaveBeenCalled();
  await waitFor(() => expect(password().value).toBe(''));
});

test('while the program is being asked, a second Enter asks nothing', async () => {
  const ask = vi.fn(() => new Promise<void>(() => undefined));
  host.openSettings = ask;
  show();
  await enter('rahasia-kami');
  await fireEvent.submit(password().form!);
  expect(ask).toHaveBeenCalledOnce();
});
