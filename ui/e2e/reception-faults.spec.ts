// The receptionist's window of the desktop program: every fault of its camera and its printer in words, and the work goes on.
import { expect, test, type Page } from '@playwright/test';
import { accessible } from './accessible';
import { Hub, register, type Given } from './hub';
import { signIn } from './screens';
import { openInShell } from './shell';

const hub = new Hub();
let ticket: Given;
test.beforeAll(async () => {
  await hub.start();
  ticket = await register(hub, 'umum', 'Siti Rahmawati');
});
test.afterAll(() => hub.stop());

async function openDesk(browser: Parameters<typeof openInShell>[0]): Promise<Page> {
  const page = await openInShell(browser, hub, { mode: 'receptionist' }, { width: 1366, height: 768 });
  await signIn(page, 'sari');
  await expect(page.getByTestId('viewfinder')).toHaveAttribute('data-state', 'looking');
  return page;
}

/** `words` also stand in the line of alerts, so that the desk next door knows. */
const CAMERA = [
  ['not_found', /Kamera tidak ditemukan: pasang kabel/],
  ['busy', /Kamera dipakai program lain: tutup program lain/],
  ['unplugged', /Kamera terlepas: pasang lagi kabelnya/],
  ['black', /Gambar kamera hitam: buka tutup lensanya/],
  ['frozen', /Gambar kamera membeku: cabut lalu pasang/],
  ['denied', /Kamera tidak diizinkan: izinkan kamera/],
  ['unreadable', /Gambar kamera tidak terbaca: pilih kamera lain/],
] as const;

for (const [fault, words] of CAMERA) {
  test(`camera ${fault}: told with what to do, typing works, and the picture comes back`, async ({
    browser,
  }) => {
    const page = await openDesk(browser);
    const finder = page.getByTestId('viewfinder');
    const alerts = page.getByTestId('alerts');
    await page.evaluate((fault) => (window.shell.camera = fault), fault);
    await expect(finder).toHaveAttribute('data-state', fault);
    await expect(finder.getByRole('status')).toContainText(words);
    await expect(alerts).toContainText(new RegExp(words.source.split(':')[0]!, 'i'));
    // A picture that is there but useless stays in view.
    const shown = fault === 'black' || fault === 'frozen';
    await expect(finder.locator('canvas')).toBeVisible({ visible: shown });
    if (fault === 'black') await accessible(page, 'a useless picture');
    await expect(finder.getByText('tetap berfungsi')).toBeVisible({ visible: !shown });

    await page.getByRole('search').getByRole('textbox').fill(ticket.code);
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('card-number')).toHaveText(ticket.nomor_antrean);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('card')).toHaveAttribute('data-card', 'none');

    await page.evaluate(() => (window.shell.camera = null));
    await expect(finder).toHaveAttribute('data-state', 'looking');
    await expect(finder.locator('canvas')).toBeVisible();
    await expect(alerts).toBeHidden();
    await page.evaluate((code) => window.shell.show(code), ticket.code);
    await expect(page.getByTestId('card-number')).toHaveText(ticket.nomor_antrean);
    await page.context().close();
  });
}

const PRINTER = [
  ['out_of_paper', /Kertas habis: pasang gulungan baru/],
  ['cover_open', /Penutup printer terbuka: tutup sampai berbunyi klik/],
  ['offline', /Printer tidak menjawab: nyalakan printer/],
  ['wrong_address', /Alamat printer salah: periksa alamatnya/],
  ['hung_up', /Printer berhenti di tengah cetakan: periksa kabel/],
] as const;

for (const [fault, words] of PRINTER) {
  test(`printer ${fault}: told on the card with what to do, and the next try prints`, async ({ browser }) => {
    const page = await openDesk(browser);
    const paper = page.getByTestId('paper');
    await page.evaluate((code) => window.shell.show(code), ticket.code);
    await expect(page.getByTestId('card-number')).toHaveText(ticket.nomor_antrean);
    await page.evaluate((fault) => (window.shell.printer = fault), fault);
    await page.keyboard.press('Enter');
    await expect(paper).toHaveAttribute('data-paper', 'failed');
    await expect(paper).toContainText(words);
    // The desk next door hears of it without waiting for the next look at the printer.
    await expect(page.getByTestId('alerts')).toContainText(new RegExp(words.source.split(':')[0]!, 'i'));
    expect(await page.evaluate(() => window.shell.printed)).toHaveLength(0);

    await page.evaluate(() => (window.shell.printer = null));
    // While the first try is still being reported, a press is the same wish; a person simply presses again.
    await expect(async () => {
      await page.keyboard.press('Enter');
      await expect(paper).toHaveAttribute('data-paper', 'out', { timeout: 2_000 });
    }).toPass();
    await expect(page.getByTestId('alerts')).toBeHidden();
    const [printed] = await page.evaluate(() => window.shell.printed);
    expect(JSON.stringify(printed)).toContain(ticket.nomor_antrean);
    await page.context().close();
  });
}
