// The receptionist's devices: a camera that reads a ticket's QR code, and the site's printer with its faults.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
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
    body: JSON.stringify({ printer: { connection: `tcp://${printer.address}`, width: '58' } }),
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
    const page = await open(browser, hub, '/receptionist', undefined, watchCamera);
    await signIn(page, 'sari');
    await expect(page.getByTestId('card-number')).toHaveText(ticket.nomor_antrean, { timeout: 20_000 });
    await expect(page.getByTestId('card')).toContainText('Siti Rahmawati');
    await expect(page.getByTestId('viewfinder')).toHaveAttribute('data-state', /looking|found/);
    if (process.env.LOBI_SHOTS) await page.screenshot({ path: join(process.env.LOBI_SHOTS, 'camera.png') });
    // The code stays in view: put away, the card does not come back by itself.
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('card')).toHaveAttribute('data-card', 'none');
    await frames(page, 30);
    await expect(page.getByTestId('card')).toHaveAttribute('data-card', 'none');
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** When a key was pressed last: a scan ends with a pause. */
type Pressed = { pressed?: number };
type Seeing = { camera?: HTMLVideoElement };

/** Keeps hold of the picture that the page looks at; it hangs in no document. */
function watchCamera() {
  const play = HTMLVideoElement.prototype.play;
  HTMLVideoElement.prototype.play = function () {
    (window as Seeing).camera = this;
    return play.call(this);
  };
}

/** Waits until the camera has shown so many further pictures. */
async function frames(page: Page, further: number): Promise<void> {
  const shown = () =>
    page.evaluate(() => (window as Seeing).camera?.getVideoPlaybackQuality().totalVideoFrames ?? 0);
  const before = await shown();
  await expect.poll(shown).toBeGreaterThan(before + further);
}

async function openWith(browser: Browser, code: string): Promise<Page> {
  const page = await open(browser, hub, '/receptionist');
  await signIn(page, 'sari');
  await expect(page.getByTestId('card')).toBeVisible();
  await page.evaluate(() => {
    addEventListener('keydown', (event) => ((window as Pressed).pressed = event.timeStamp), true);
  });
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  // The Enter that ended the scan was no wish for a paper; one of a person, a moment later, is.
  await page.waitForFunction(() => performance.now() - (window as Pressed).pressed! > 250);
  await expect(page.getByTestId('card-number')).toBeVisible();
  return page;
}

/** What hung up half way leaves a torn paper; only whole ones are tickets. Pictures are drawn aside, so they come late. */
function wholePapers(): number {
  return printer.papers.filter((paper) => !paper.includes('-torn')).length;
}

for (const [mode, words] of [
  ['out-of-paper on', 'Kertas printer habis'],
  ['cover-open on', 'Tutup printer terbuka'],
  ['cutter-error on', 'Pemotong kertas printer macet'],
  ['hang-up-at 400', 'Sambungan ke printer putus saat mencetak'],
] as const) {
  test(`the site's printer with ${mode}: told what to do, and the next try prints`, async ({ browser }) => {
    const ticket = await register(hub, 'gigi', 'I Made Sudarma');
    const before = wholePapers();
    const page = await openWith(browser, ticket.code);
    await expect(page.getByTestId('card-number')).toHaveText(ticket.nomor_antrean);
    await printer.mode(mode);
    await page.keyboard.press('Enter');
    const paper = page.getByTestId('paper');
    await expect(paper).toHaveAttribute('data-paper', 'failed', { timeout: 20_000 });
    await expect(paper).toContainText(words);
    expect(wholePapers()).toBe(before);
    if (process.env.LOBI_SHOTS)
      await page.screenshot({ path: join(process.env.LOBI_SHOTS, `site-printer-${mode.split(' ')[0]}.png`) });

    await printer.mode(`${mode.split(' ')[0]} off`);
    await page.keyboard.press('Enter');
    await expect(paper).toHaveAttribute('data-paper', 'out', { timeout: 20_000 });
    await expect.poll(wholePapers).toBe(before + 1);
  });
}

test('a ticket is printed again with one key, and the copies are counted', async ({ browser }) => {
  const ticket = await register(hub, 'gigi', 'I Made Sudarma');
  const before = printer.papers.length;
  const page = await openWith(browser, ticket.code);
  const paper = page.getByTestId('paper');
  await page.keyboard.press('Enter');
  await expect(paper).toHaveAttribute('data-paper', 'out', { timeout: 20_000 });
  await page.getByRole('button', { name: 'Cetak ulang' }).click();
  await expect.poll(() => printer.papers.length, { timeout: 20_000 }).toBe(before + 2);
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
