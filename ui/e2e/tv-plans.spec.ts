// What a TV shows is said at a desk: layouts, looks, services; the desk sees what the TV shows.
import { expect, test, type Page } from '@playwright/test';
import { accessible } from './accessible';
import { Desk, Hub, register } from './hub';
import { open, openTv, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

const tile = (page: Page, name: string) => page.getByRole('complementary').getByText(name, { exact: true });

test('an admin sends a TV another layout, and sees what it shows', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'admin');
  const umum = await register(hub, 'umum');
  await desk.clear(1);
  await desk.act(umum.id, 'call', 1);
  await desk.clear(2);
  const tv = await openTv(browser, hub);
  const page = await open(browser, hub, '/settings/screens');
  await signIn(page, 'admin');
  const row = page.getByRole('row', { name: /TV ruang tunggu/ });
  await expect(row).toContainText(`Menampilkan ${umum.nomor_antrean}`);
  await row.click();

  await tile(page, 'Tabel semua loket').click();
  await page.getByText('Terang', { exact: true }).click();
  await accessible(page, 'what a TV is to show');
  await page.getByRole('button', { name: 'Kirim ke TV' }).click();
  await expect(row).toContainText('Tabel semua loket');
  const table = tv.getByRole('region', { name: 'Semua loket' });
  await expect(table.getByRole('listitem').first()).toContainText(umum.nomor_antrean);
  await accessible(tv, 'the table of counters in the light');

  await desk.pause(2, 'Istirahat');
  await expect(table.getByRole('listitem').nth(1)).toContainText('Istirahat');
  const next = await register(hub, 'umum');
  await desk.act(umum.id, 'finish');
  await desk.act(next.id, 'call', 1);
  await expect(table.getByRole('listitem').first()).toContainText(next.nomor_antrean);
  await expect(tv.getByTestId('big-call')).toHaveAttribute('data-number', next.nomor_antrean);
  await expect(row).toContainText(`Menampilkan ${next.nomor_antrean}`);

  await tile(page, 'Dua layanan').click();
  await expect(page.getByText('Pilih tepat dua layanan')).toBeVisible();
  await page.getByRole('complementary').getByText('Poli Umum', { exact: true }).click();
  await page.getByRole('complementary').getByText('KIA & Imunisasi', { exact: true }).click();
  await page.getByText('Kontras tinggi', { exact: true }).click();
  await page.getByRole('button', { name: 'Kirim ke TV' }).click();
  await expect(tv.getByTestId('big-call').first()).toHaveAttribute('data-number', next.nomor_antrean);
  await expect(table).toBeHidden();
  await accessible(tv, 'two services in high contrast');

  // With a third service its calls would have no place: all are shown as usual.
  const third = page.getByRole('complementary').getByText('Poli Gigi', { exact: true });
  await third.click();
  await page.getByRole('button', { name: 'Kirim ke TV' }).click();
  await expect(tv.getByRole('main')).toHaveClass(/panggilan kontras/);
  await third.click();
  await page.getByRole('button', { name: 'Kirim ke TV' }).click();
  await expect(tv.getByRole('main')).toHaveClass(/dua kontras/);

  // It is the TV's own: another start shows the same, also before the hub answers.
  await tv.reload();
  await expect(tv.getByRole('main')).toHaveClass(/dua kontras/);
  await hub.kill();
  await hub.start();
  await expect(tv.getByRole('main')).toHaveClass(/dua kontras/);
});

test('all TVs keep the times of quiet and show the lines that an admin wrote', async ({ browser }) => {
  const tv = await openTv(browser, hub);
  const page = await open(browser, hub, '/settings/screens');
  await signIn(page, 'admin');
  await page.getByRole('button', { name: 'Tambah jam tenang' }).click();
  const quiet = page.getByRole('group', { name: 'Jam tenang' });
  await quiet.getByLabel('Dari').fill('25.00');
  await quiet.getByLabel('Sampai').fill('23.59');
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.getByText('Tulis jam seperti 11.55.')).toBeVisible();
  await quiet.getByLabel('Dari').fill('0.00');
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.getByText('Beri setiap jam tenang nama')).toBeVisible();
  await page.getByLabel('Nama jam tenang').fill('Salat Zuhur');
  await page.getByRole('button', { name: 'Tambah teks' }).click();
  await page.getByRole('textbox', { name: 'Teks', exact: true }).fill('Cuci tangan 6 langkah.');
  await accessible(page, 'what all TVs keep to');
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(tv.getByText('Salat Zuhur · tanpa suara sampai 23.59')).toBeVisible();
  await expect(tv.getByText('Cuci tangan 6 langkah.')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Tersimpan')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Nama jam tenang')).toHaveValue('Salat Zuhur');
  await page.getByRole('button', { name: 'Hapus Salat Zuhur' }).click();
  await page.getByRole('button', { name: 'Hapus Cuci tangan 6 langkah.' }).click();
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(tv.getByText('Salat Zuhur · tanpa suara sampai 23.59')).toBeHidden();
});
