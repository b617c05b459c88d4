// The supervisor's board: who waits where, sending somebody on, counters paused and opened, the day's queue ended and brought back.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { accessible } from './accessible';
import { Desk, Hub, register } from './hub';
import { open, openCounter, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

async function board(browser: Browser): Promise<Page> {
  const page = await open(browser, hub, '/supervisor');
  await signIn(page, 'admin');
  await expect(column(page, 'Poli Umum')).toBeVisible();
  return page;
}
const column = (page: Page, name: string) => page.getByRole('region', { name });
const foot = (page: Page, name: string) => page.locator('.foot').getByRole('button', { name });

test('somebody who took the wrong number is sent on, by hand and by key', async ({ browser }) => {
  const page = await board(browser);
  await accessible(page, 'the board');
  const { nomor_antrean } = await register(hub, 'gigi', 'Ibu Aminah');
  const gigi = column(page, 'Poli Gigi');
  if (await gigi.getByRole('button', { name: /orang lagi/ }).isVisible())
    await gigi.getByRole('button', { name: /orang lagi/ }).click();
  const card = gigi.locator(`[data-ticket="${nomor_antrean}"]`);
  await expect(card).toContainText('Ibu Aminah');
  await card.click();
  await page.keyboard.press('t');
  await page.getByRole('dialog').getByText('KIA & Imunisasi').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pindahkan' }).click();
  await expect(card).toBeHidden();
  await expect(column(page, 'KIA & Imunisasi')).toContainText(nomor_antrean);
});

test('a counter is paused where somebody sits, says so there, and calling opens it again', async ({
  browser,
}) => {
  await (await Desk.signIn(hub, 'dewi')).clear(2);
  await register(hub, 'gigi');
  const desk = await openCounter(browser, hub, 'dewi', 2);
  const page = await board(browser);
  const loket = column(page, 'Poli Gigi').locator('[data-counter="2"]');
  await expect(loket).toContainText('Siap');
  await loket.click();
  await foot(page, 'Jeda').click();
  await accessible(page, 'why a counter pauses');
  await page.getByRole('dialog').getByText('Salat', { exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Jeda', exact: true }).click();
  await expect(loket).toContainText('Salat');
  await expect(desk.getByText('Loket ini jeda: Salat.')).toBeVisible();
  await accessible(desk, 'a counter that pauses');

  await desk.keyboard.press('Space');
  await expect(desk.getByText('Loket ini jeda')).toBeHidden();
  await expect(loket).not.toContainText('Salat');

  // By oneself, from the menu of the counter; somebody is there, and is not left.
  await desk.getByRole('button', { name: /Dewi/ }).click();
  await desk.getByRole('menuitem', { name: 'Jeda…' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: 'Jeda', exact: true }).click();
  await expect(desk.getByRole('dialog').getByRole('alert')).toBeVisible();
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('l');
  await expect(desk.getByTestId('current')).toHaveAttribute('data-status', 'sedang_dilayani');
  await desk.keyboard.press('Enter');
  await expect(desk.getByText('Belum ada yang dipanggil')).toBeVisible();
  await desk.getByRole('button', { name: /Dewi/ }).click();
  await desk.getByRole('menuitem', { name: 'Jeda…' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: 'Jeda', exact: true }).click();
  await expect(desk.getByText('Loket ini jeda: Istirahat.')).toBeVisible();
  await desk.getByRole('button', { name: 'Buka lagi' }).click();
  await expect(desk.getByText('Loket ini jeda')).toBeHidden();
});

test("the day's queue is ended by a typed word, and brought back", async ({ browser }) => {
  await register(hub, 'umum', 'Pak Darwis');
  const page = await board(browser);
  const waiting = page.getByTestId('stat-waiting');
  await expect(waiting).not.toHaveText('0');
  const before = await waiting.innerText();
  await foot(page, 'Akhiri antrean hari ini').click();
  await page.getByRole('dialog').getByRole('textbox').fill('reset');
  await page.getByRole('dialog').getByRole('button', { name: 'Akhiri antrean' }).click();
  await expect(waiting).toHaveText('0');
  // What is chosen in between does not take the way back away.
  await page.locator('[data-counter="4"]').click();
  await page.keyboard.press('Escape');
  await foot(page, 'Urungkan').click();
  await expect(page.getByText(/nomor kembali seperti semula/)).toBeVisible();
  await expect(waiting).toHaveText(before);
});
