// "/daftar": a number from one's own phone, with consent; what is missing is said, and one person has one number.
import { expect, test } from '@playwright/test';
import { accessible } from './accessible';
import { Hub } from './hub';
import { open } from './screens';

const hub = new Hub();
const PHONE = { width: 390, height: 844 };
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

test('a number is taken from a phone, once', async ({ browser }) => {
  const page = await open(browser, hub, '/daftar', PHONE);
  await expect(page.getByText('Poli Gigi')).toBeVisible();
  await accessible(page, 'an empty form');
  const go = page.getByRole('button', { name: 'Ambil nomor' });
  await go.click();
  for (const words of [
    'Pilih layanan dulu.',
    'Tulis nama Anda.',
    'Tulis nomor HP Anda.',
    'Centang persetujuan',
  ])
    await expect(page.getByText(words)).toBeVisible();
  await accessible(page, 'what is missing');

  await page.getByText('Poli Gigi').click();
  await page.getByLabel('Nama', { exact: true }).fill('Hasnah Daeng');
  await page.getByLabel('Nomor HP', { exact: true }).fill('12');
  await page.getByText(/Saya setuju/).click();
  await go.click();
  await expect(page.getByText('Nomor HP tidak dikenali.')).toBeVisible();
  await expect(page.getByLabel('Nomor HP', { exact: true })).toBeFocused();
  await page.getByLabel('Nomor HP', { exact: true }).fill('0813-5555-6677');
  await go.click();
  await expect(page).toHaveURL(/\/t\/\w+/);
  await expect(page.getByTestId('number')).toHaveText(/^B\d+/);

  const again = await open(browser, hub, '/daftar', PHONE);
  await again.getByRole('button', { name: 'English' }).click();
  await again.getByText('Dental').first().click();
  await again.getByLabel('Name', { exact: true }).fill('Hasnah Daeng');
  await again.getByLabel('Telephone', { exact: true }).fill('+62 813 5555 6677');
  await again.getByText(/I agree/).click();
  await again.getByRole('button', { name: 'Take a number' }).click();
  await expect(again.getByRole('alert')).toContainText('B0');
  await accessible(again, 'who has a number already, in English');
});
