// The receptionist's devices: a camera that reads a ticket's QR code, and the site's printer with its faults.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import config from '../playwright.config';
import { Desk, Hub, register } from './hub';
import { FakePrinter } from './printer';
import { open, signIn } from './screens';
import { filmOf } from './video';

const hub = new Hub();
const printer = new FakePrinter();
test.beforeAll(async () => {
  await hub.start();
  await printer.start();
  const admin = await Desk.signIn(hub, 'admin');
  const answer = await fetch(`${hub.address}/api/settings`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${admin.token}` },
    body: JSON.stringify({ printer: { connection: `tcp://${printer.address}`, paper_width: 58 } }),
  });
  expect(answer.ok).toBe(true);
});
test.afterAll(async () => {
  await printer.stop();
  await hub.stop();
});

test('a QR code held to the camera opens its ticket', async () => {
  const ticket = await register(hub, 'umum', 'Siti Rahmawati');
  const folder = mkdtempSync(join(tmpdir(), 'lobi-film-'));
  const film = join(folder, 'ticket.y4m');
  filmOf(`${hub.address}/t/${ticket.code}`, film);
  const options = config.use!.launchOptions!;
  const browser = await chromium.launch({
    ...options,
    args: [
      ...options.args!,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
  try {
    const page = await open(browser, hub, '/receptionist');
    await signIn(page, 'sari');
    await expect(page.getByTestId('card-number')).toHaveText(ticket.nomor_antrean, { timeout: 20_000 });
    await expect(page.getByTestId('card')).toContainText('Siti Rahmawati');
    await expect(page.getByTestId('viewfinder')).toHaveAttribute('data-state', /looking|found/);
    if (process.env.LOBI_SHOTS) await page.screenshot({ path: join(process.env.LOBI_SHOTS, 'camera.png') });
    // The code stays in view: put away, the card does not come back by itself.
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('card')).toHaveAttribute('data-card', 'none');
    await page.waitForTimeout(1_500);
    await expect(page.getByTestId('card')).toHaveAttribute('data-card', 'none');
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a ticket is printed again with one key; a fault says what to do, and the next try works', async ({
  browser,
}) => {
  const ticket = await register(hub, 'gigi', 'I Made Sudarma');
  const page = await open(browser, hub, '/receptionist');
  await signIn(page, 'sari');
  await expect(page.getByTestId('card')).toBeVisible();
  await page.keyboard.type(ticket.code);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('card-number')).toHaveText(ticket.nomor_antrean);

  await printer.mode('out-of-paper on');
  // The Enter that ended the scan was no wish for a paper; one of a person, a moment later, is.
  await page.waitForTimeout(250);
  await page.keyboard.press('Enter');
  const paper = page.getByTestId('paper');
  await expect(paper).toHaveAttribute('data-paper', 'failed', { timeout: 20_000 });
  await expect(paper).toContainText('Kertas printer habis');
  expect(printer.papers).toHaveLength(0);

  await printer.mode('out-of-paper off');
  await page.keyboard.press('Enter');
  await expect(paper).toHaveAttribute('data-paper', 'out', { timeout: 20_000 });
  await expect.poll(() => printer.papers.length).toBe(1);
  await page.getByRole('button', { name: 'Cetak ulang' }).click();
  await expect.poll(() => printer.papers.length, { timeout: 20_000 }).toBe(2);
  await page.keyboard.press('Escape');
  await page.locator(`li[data-number="${ticket.nomor_antrean}"] button`).click();
  await expect(paper).toContainText('1 salinan');
});

test('a new number comes out of the printer by itself', async ({ browser }) => {
  const before = printer.papers.length;
  const page = await open(browser, hub, '/receptionist');
  await signIn(page, 'sari');
  await expect(page.getByTestId('card')).toBeVisible();
  await page.keyboard.press('n');
  await page.getByRole('dialog').getByText('Poli Gigi').click();
  await page.getByRole('button', { name: 'Beri nomor dan cetak' }).click();
  await expect(page.getByTestId('card-number')).toHaveText(/^B\d{3}$/);
  await expect(page.getByTestId('paper')).toHaveAttribute('data-paper', 'out', { timeout: 20_000 });
  await expect.poll(() => printer.papers.length).toBe(before + 1);
});
