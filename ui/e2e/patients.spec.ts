// Patients at the desks: found, corrected with their history, made one and two again, known at reception.
import { expect, test, type Page } from '@playwright/test';
import { accessible } from './accessible';
import { Hub } from './hub';
import { open, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

const panel = (page: Page) => page.getByRole('complementary');
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });

async function look(page: Page, words: string): Promise<void> {
  await page.getByRole('searchbox').fill(words);
  await page.getByRole('searchbox').press('Enter');
}

test('a petugas finds a patient by ear, corrects the name, and sees who changed what', async ({
  browser,
}) => {
  const page = await open(browser, hub, '/patients');
  await signIn(page, 'rina');
  await look(page, 'sitti rachma');
  await expect(row(page, 'Siti Rahmawati')).toBeVisible();
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await accessible(page, 'patients found');
  await row(page, 'Siti Rahmawati').getByRole('link').click();
  await expect(page).toHaveURL(/\/patients\/\d+\?cari=/);
  await expect(panel(page).getByLabel('Nama', { exact: true })).toHaveValue('Siti Rahmawati');
  await panel(page).getByLabel('Nama', { exact: true }).fill('Siti Rahmawati Daud');
  await panel(page).getByLabel('Tanggal lahir').fill('31-02-1990');
  await panel(page).getByRole('button', { name: 'Simpan' }).click();
  await expect(panel(page).getByLabel('Tanggal lahir')).toBeFocused();
  await expect(panel(page)).toContainText('17-08-1990');
  await panel(page).getByLabel('Tanggal lahir').fill('5-6-1985');
  await panel(page).getByText('Sudah dicocokkan dengan kartu').click();
  await panel(page).getByRole('button', { name: 'Simpan' }).click();
  await expect(panel(page).getByText('Tersimpan')).toBeVisible();
  await expect(panel(page)).toContainText('Rina');
  await expect(panel(page).locator('del').filter({ hasText: 'Siti Rahmawati' })).toBeVisible();
  // The NIK tells another birthday: a reason to look again, never one to refuse.
  await expect(panel(page).getByText('Tanggal lahir tidak sama')).toBeVisible();
  await accessible(page, 'a patient with a doubt');
  await look(page, 'daud');
  await expect(row(page, 'Siti Rahmawati Daud')).toContainText('Perlu dilihat lagi');
});

test('two records of one person become one, and two again', async ({ browser }) => {
  const page = await open(browser, hub, '/patients');
  await signIn(page, 'rina');
  const take = (nama: string, no_hp: string) =>
    page.request.post(`${hub.address}/api/patients`, { data: { nama, poli: 'gigi', no_hp } });
  await take('Zulkifli Rahman', '081355550001');
  await take('Dzulkifli Rahman', '081355550002');
  await look(page, 'zulkifli');
  await expect(page.locator('tbody tr')).toHaveCount(2);
  await row(page, 'Dzulkifli').getByRole('link').click();
  await panel(page).getByRole('button', { name: 'Gabungkan…' }).click();
  const dialog = page.getByRole('dialog');
  await accessible(page, 'whom to merge with');
  await dialog.getByRole('button', { name: /^Zulkifli Rahman/ }).click();
  await expect(dialog).toContainText('tetap dipakai');
  await accessible(page, 'a merge about to be done');
  await dialog.getByRole('button', { name: 'Gabungkan', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await expect(panel(page).getByRole('heading', { name: 'Zulkifli Rahman' })).toBeVisible();
  await expect(panel(page)).toContainText('Digabungkan dari');
  // Gone back to, the other record says where it went, and is its own again with one button.
  await page.goBack();
  await expect(panel(page).getByText('Data ini sudah digabungkan')).toBeVisible();
  await accessible(page, 'a record that is part of another');
  await panel(page).getByRole('button', { name: 'Pisahkan lagi' }).click();
  await expect(panel(page).getByLabel('Nama', { exact: true })).toHaveValue('Dzulkifli Rahman');
  await expect(page.locator('tbody tr')).toHaveCount(2);
});

test('at reception a known patient is chosen instead of typed anew', async ({ browser }) => {
  const page = await open(browser, hub, '/receptionist');
  await signIn(page, 'sari');
  await page.getByRole('button', { name: /Nomor baru/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('KIA & Imunisasi').click();
  await dialog.getByLabel('Nama').fill('kartin');
  await dialog.getByRole('button', { name: /^Kartini/ }).click();
  await expect(dialog.getByLabel('Nama')).toBeHidden();
  await accessible(page, 'a known patient is chosen');
  await dialog.getByRole('button', { name: /Bukan ini/ }).click();
  await expect(dialog.getByLabel('Nama')).toHaveValue('kartin');
  await dialog.getByRole('button', { name: /^Kartini/ }).click();
  await dialog.getByRole('button', { name: /Beri nomor/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Kartini').first()).toBeVisible();
});
