// What people see of devices and their faults, against the WCAG 2.2 AA rules that a machine can check.
import { expect, test } from '@playwright/test';
import { accessible } from './accessible';
import { Desk, Hub } from './hub';
import { openCounter, openTv, settled, touch } from './screens';
import { openInShell } from './shell';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

test('kiosk: paper, its faults, and the hidden door', async ({ browser }) => {
  const kiosk = await openInShell(browser, hub, { mode: 'kiosk' });
  await expect(kiosk.locator('[data-service]').first()).toBeVisible();
  await touch(kiosk, 'umum');
  await expect(kiosk.getByText('Ambil kertas Anda')).toBeVisible();
  await accessible(kiosk, 'take your paper');
  await settled(kiosk);
  await kiosk.getByRole('button', { name: 'Selesai' }).click();
  await kiosk.evaluate(() => (window.shell.printer = 'out_of_paper'));
  await settled(kiosk);
  await touch(kiosk, 'umum');
  await expect(kiosk.getByText('Kertas belum keluar')).toBeVisible();
  await accessible(kiosk, 'no paper');
  await settled(kiosk);
  await kiosk.getByRole('button', { name: 'Selesai' }).click();
  await expect(kiosk.getByTestId('no-paper')).toBeVisible();
  await accessible(kiosk, 'services without paper');
  for (let i = 0; i < 5; i++) await kiosk.mouse.click(40, 40);
  await expect(kiosk.getByRole('dialog')).toBeVisible();
  await accessible(kiosk, 'hidden door');
});

test('counter: alerts and announcement', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'rina');
  await desk.report('k1', 'Kiosk pintu utama', 'out_of_paper');
  await desk.report('k2', 'Kiosk apotek', 'paper_near_end', 'printer', 'warning');
  const counter = await openCounter(browser, hub, 'rina', 3);
  await counter.getByRole('button', { name: /lagi$/ }).click();
  await expect(counter.getByTestId('alerts').getByRole('listitem')).not.toHaveCount(1);
  await accessible(counter, 'alerts');
  await counter.keyboard.press('p');
  await expect(counter.getByRole('dialog')).toBeVisible();
  await accessible(counter, 'announcement');
  await counter.getByRole('textbox', { name: 'Isi pengumuman' }).fill('Parkir penuh.');
  await counter.getByRole('button', { name: 'Umumkan sekarang' }).click();
  await expect(counter.getByText('Pengumuman dikirim ke semua TV')).toBeVisible();
});

test('TV: settings and announcement', async ({ browser }) => {
  const tv = await openTv(browser, hub);
  await tv.mouse.move(300, 300);
  await tv.getByRole('button', { name: 'Pengaturan TV' }).click();
  await accessible(tv, 'settings');
  await tv.getByRole('button', { name: 'Tutup' }).click();
  const desk = await Desk.signIn(hub, 'rina');
  await desk.announce('Parkir penuh.');
  await expect(tv.getByTestId('message')).toBeVisible();
  await accessible(tv, 'announcement');
});
