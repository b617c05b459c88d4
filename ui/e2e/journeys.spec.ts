// One number through the building: ways in the settings, by the clerk's choice, to one counter, handed over, by weight.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { accessible } from './accessible';
import { Desk, Hub, register, type Given } from './hub';
import { open, openCounter, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

async function admin(browser: Browser, path: string): Promise<Page> {
  const page = await open(browser, hub, path);
  await signIn(page, 'admin');
  return page;
}

/** Somebody of the line is called to that counter. */
async function called(loket: number, id: number): Promise<void> {
  const desk = await Desk.signIn(hub, 'admin');
  await desk.clear(loket);
  await desk.act(id, 'call', loket);
}

test('an admin makes a way, puts its stops in order, and takes it away again', async ({ browser }) => {
  const page = await admin(browser, '/settings/journeys');
  await expect(page.getByText('Belum ada alur')).toBeVisible();
  await page.getByRole('button', { name: 'Tambah alur' }).first().click();
  await page.getByLabel('Nama alur').fill('Periksa lalu gigi');
  await page.getByRole('button', { name: 'Tambahkan' }).click();
  await expect(page.getByRole('complementary')).toContainText('Pilih 2 sampai 12 layanan');
  const add = page.getByLabel('Tambah layanan…');
  for (const poli of ['gigi', 'umum']) {
    await add.selectOption(poli);
    await page.getByRole('button', { name: 'Tambah', exact: true }).click();
  }
  await page.getByRole('button', { name: /Naikkan Poli Umum/ }).click();
  await page.getByText('Otomatis untuk setiap nomor Poli Umum').click();
  await accessible(page, 'a new way');
  await page.getByRole('button', { name: 'Tambahkan' }).click();
  const row = page.getByRole('row', { name: /Periksa lalu gigi/ });
  await expect(row).toContainText('Poli Umum → Poli Gigi');
  await expect(row).toContainText('Otomatis');

  const given = await register(hub, 'umum', 'Andi');
  const phone = await open(browser, hub, `/t/${given.code}`, { width: 390, height: 844 });
  await expect(phone.getByRole('listitem').filter({ hasText: 'Poli Gigi' })).toBeVisible();
  await accessible(phone, 'the way on the phone');

  await row.click();
  await page.getByRole('button', { name: 'Hapus alur' }).click();
  await page.getByRole('button', { name: 'Hapus', exact: true }).click();
  await expect(page.getByText('Belum ada alur')).toBeVisible();
});

test('the counter says where somebody goes, who arrives there by "Selesai", and takes it back', async ({
  browser,
}) => {
  const given = await register(hub, 'umum', 'Budi');
  await called(1, given.id);
  const page = await openCounter(browser, hub, 'rina', 1);
  await expect(page.getByTestId('current-number')).toHaveText(given.nomor_antrean);
  await page.getByRole('button', { name: 'Alur…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Susun sendiri').click();
  await dialog.getByRole('button', { name: 'Simpan alur' }).click();
  await expect(dialog.getByText(/Pilih layanan berikutnya, atau/)).toBeVisible();
  await dialog.getByLabel('Tambah layanan…').selectOption('gigi');
  await dialog.getByRole('button', { name: 'Tambah', exact: true }).click();
  await accessible(page, 'where a number goes');
  await dialog.getByRole('button', { name: 'Simpan alur' }).click();
  await expect(page.getByTestId('onward')).toHaveText(/Setelah ini: Poli Gigi/);
  await page.keyboard.press('l');
  await expect(page.getByTestId('current')).toHaveAttribute('data-status', 'sedang_dilayani');
  await page.keyboard.press('Enter');
  await expect(page.getByText(`${given.nomor_antrean} selesai di sini, lanjut ke Poli Gigi`)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('current-number')).toHaveText(given.nomor_antrean);
  await expect(page.getByTestId('onward')).toHaveText(/Poli Gigi/);
});

test('a visitor is sent to one counter, and another counter takes somebody over', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'admin');
  await desk.clear(3);
  const [mine, theirs] = [await register(hub, 'umum', 'Citra'), await register(hub, 'umum', 'Dedi')];
  await called(1, mine.id);
  const page = await openCounter(browser, hub, 'rina', 1);
  await page.getByRole('button', { name: `Tindakan untuk ${theirs.nomor_antrean}` }).click();
  await page.getByRole('menuitem', { name: /Pindahkan/ }).click();
  await page.getByText('Ke satu loket…').click();
  await page.getByRole('dialog').getByText('Loket 3', { exact: true }).click();
  await accessible(page, 'sent to one counter');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Pindahkan/ })
    .click();
  await expect(page.locator(`li[data-number="${theirs.nomor_antrean}"]`)).toContainText('untuk Loket 3');

  await page.getByRole('button', { name: 'Serahkan…' }).click();
  await page.getByRole('dialog').getByText('Loket 3', { exact: true }).click();
  await accessible(page, 'who takes over');
  await page.getByRole('dialog').getByRole('button', { name: 'Serahkan' }).click();
  await expect(page.getByTestId('current')).toHaveAttribute('data-status', 'none');
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('current-number')).toHaveText(mine.nomor_antrean);
});

test('services weigh differently at a counter once an admin says so', async ({ browser }) => {
  const page = await admin(browser, '/settings/counters/1');
  const weights = page.getByRole('group', { name: 'Bobot layanan' });
  await weights.getByRole('combobox').first().selectOption('3');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Tersimpan').first()).toBeVisible();
  await page.reload();
  await expect(weights.getByRole('combobox').first()).toHaveValue('3');
});

test('the desk says where somebody goes together with the number', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'admin');
  await desk.say('POST', '/api/journeys', { nama: 'Umum lalu gigi', poli: ['umum', 'gigi'] });
  const page = await admin(browser, '/receptionist');
  await page.getByRole('button', { name: /Nomor baru/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Poli Umum').click();
  await dialog.getByLabel('Alur').selectOption({ label: 'Umum lalu gigi' });
  await dialog.getByRole('button', { name: /Beri nomor|Ambilkan|Cetak/ }).click();
  const nomor = (await page.getByTestId('card-number').innerText()).trim();
  const all = (await desk.waiting(1)) as (Given & { lanjut: { slug: string }[] })[];
  expect(all.find((one) => one.nomor_antrean === nomor)?.lanjut.map((one) => one.slug)).toEqual(['gigi']);
});
