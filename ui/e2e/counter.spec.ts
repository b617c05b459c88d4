// The counter as a petugas uses it all day: signing in, keys, mistakes and how to take them back.
import { expect, test } from '@playwright/test';
import { accessible } from './accessible';
import { Desk, Hub, register } from './hub';
import { chooseLoket, open, openCounter, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.beforeEach(async () => (await Desk.signIn(hub, 'rina')).clear(3));
test.afterAll(() => hub.stop());

test('a wrong password is told in a sentence, an empty form too', async ({ browser }) => {
  const page = await open(browser, hub, '/counter');
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveText('Isi nama pengguna dan kata sandi.');
  await signIn(page, 'rina', 'bukan-ini');
  await expect(page.getByRole('alert')).toContainText('salah');
  await expect(page.getByLabel('Kata sandi', { exact: true })).toBeFocused();
});

test('the password can be shown, and demo accounts fill themselves in', async ({ browser }) => {
  const page = await open(browser, hub, '/counter');
  await page.getByRole('button', { name: 'Pakai dewi' }).click();
  const password = page.getByLabel('Kata sandi', { exact: true });
  await expect(password).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Tampilkan kata sandi' }).click();
  await expect(password).toHaveAttribute('type', 'text');
  await expect(password).toHaveValue('lobi-demo');
});

test('only allowed counters can be chosen, and the choice survives a reload', async ({ browser }) => {
  const page = await open(browser, hub, '/counter');
  await signIn(page, 'dewi');
  await page.getByRole('button', { name: /^Loket 1/ }).click({ force: true });
  await expect(page.getByRole('heading', { name: /Halo/ })).toBeVisible();
  await chooseLoket(page, 2);
  await page.reload();
  await expect(page.getByTestId('current')).toBeVisible();
  await expect(page.getByRole('heading', { name: /Loket 2/ })).toBeVisible();
});

test('keys do nothing while typing, in dialogs, or when held down', async ({ browser }) => {
  for (let i = 0; i < 3; i++) await register(hub, 'umum');
  const page = await openCounter(browser, hub, 'rina', 3);
  const current = page.getByTestId('current');
  let actions = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/api/queue/')) actions++;
  });
  const before = await current.innerText();

  await page.keyboard.press('/');
  await page.keyboard.type('su l s');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  for (const key of ['s', 'l', 'u']) await page.keyboard.press(key);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(actions).toBe(0);
  expect((await current.innerText()).split('·')[0]).toBe(before.split('·')[0]);

  await page.keyboard.down('Space');
  for (let i = 0; i < 5; i++) await page.keyboard.down('Space');
  await page.keyboard.up('Space');
  await expect(current).toHaveAttribute('data-status', 'dipanggil');
  // What was sent before is answered before: one call, and one recall.
  await page.keyboard.press('u');
  await expect(page.getByText('Dipanggil 2×')).toBeVisible();
  expect(actions).toBe(2);
});

test('every button does what its key does', async ({ browser }) => {
  for (let i = 0; i < 2; i++) await register(hub, 'umum');
  const page = await openCounter(browser, hub, 'rina', 3);
  const current = page.getByTestId('current');
  await page.getByRole('button', { name: 'Panggil berikutnya' }).click();
  await expect(current).toHaveAttribute('data-status', 'dipanggil');
  await page.getByRole('button', { name: 'Layani' }).click();
  await expect(current).toHaveAttribute('data-status', 'sedang_dilayani');
  await expect(page.getByRole('button', { name: 'Lewati', exact: true })).toHaveAttribute(
    'title',
    'Sudah dilayani. Selesaikan dulu.',
  );
  // The mouse left no focus behind: Enter means "Selesai", not the button just clicked.
  await page.keyboard.press('Enter');
  await expect(current).toHaveAttribute('data-status', 'none');
  await expect(page.getByRole('button', { name: 'Layani' })).toHaveAttribute('aria-disabled', 'true');
});

test('a skip can be undone', async ({ browser }) => {
  await register(hub, 'umum');
  const page = await openCounter(browser, hub, 'rina', 3);
  await page.keyboard.press('Space');
  const current = page.getByTestId('current');
  await expect(current).toHaveAttribute('data-status', 'dipanggil');
  const number = await page.getByTestId('current-number').innerText();
  await page.keyboard.press('s');
  await expect(current).toHaveAttribute('data-status', 'none');
  await page.getByRole('button', { name: 'Urungkan' }).click();
  await expect(page.getByTestId('current-number')).toHaveText(number);
});

test('a number is called out of turn and another cancelled after a question', async ({ browser }) => {
  const one = await register(hub, 'umum', 'Siti Rahmawati');
  const two = await register(hub, 'umum');
  const page = await openCounter(browser, hub, 'rina', 3);
  await page.keyboard.press('/');
  await page.keyboard.type('siti');
  await expect(page.locator('li[data-number]')).toHaveCount(1);
  await page.getByRole('button', { name: `Tindakan untuk ${one.nomor_antrean}` }).click();
  await page.getByRole('menuitem', { name: `Panggil ${one.nomor_antrean} sekarang` }).click();
  await page.getByLabel('Mendesak').check();
  await page.getByRole('button', { name: `Panggil ${one.nomor_antrean}`, exact: true }).click();
  await expect(page.getByTestId('current-number')).toHaveText(one.nomor_antrean);
  await page.getByRole('button', { name: 'Hapus pencarian' }).click();

  const row = page.locator(`li[data-number="${two.nomor_antrean}"]`);
  await page.getByRole('button', { name: `Tindakan untuk ${two.nomor_antrean}` }).click();
  await page.getByRole('menuitem', { name: 'Batalkan nomor…' }).click();
  await page.getByRole('button', { name: 'Tidak jadi' }).click();
  await expect(row).toBeVisible();
  await page.getByRole('button', { name: `Tindakan untuk ${two.nomor_antrean}` }).click();
  await page.getByRole('menuitem', { name: 'Batalkan nomor…' }).click();
  await page.getByRole('button', { name: `Ya, batalkan ${two.nomor_antrean}` }).click();
  await expect(row).toHaveCount(0);
  await expect(page.getByText(`${two.nomor_antrean} dibatalkan`)).toBeVisible();
});

test('nobody who was called and not served becomes “selesai” by calling the next', async ({ browser }) => {
  for (let i = 0; i < 3; i++) await register(hub, 'umum');
  const page = await openCounter(browser, hub, 'rina', 3);
  const [current, number] = [page.getByTestId('current'), page.getByTestId('current-number')];
  // One press too many, right after the first, is none.
  await page.keyboard.press('Space');
  await expect(current).toHaveAttribute('data-status', 'dipanggil');
  await page.keyboard.press('Space');
  const first = await number.innerText();
  await expect(page.getByRole('dialog')).toBeHidden();

  const question = page.getByRole('dialog', { name: `${first} sudah datang?` });
  await expect(async () => {
    await page.keyboard.press('Space');
    await expect(question).toBeVisible({ timeout: 300 });
  }).toPass();
  await accessible(page, 'who stands at the counter');
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(number).toHaveText(first);

  await expect(async () => {
    await page.keyboard.press('Space');
    await expect(question).toBeVisible({ timeout: 300 });
  }).toPass();
  await question.getByRole('button', { name: 'Tidak datang, panggil berikutnya' }).click();
  await expect(number).not.toHaveText(first);
  await page.getByRole('button', { name: /^Dilewati/ }).click();
  await expect(page.locator(`li[data-number="${first}"]`)).toBeVisible();
  // With the focus back at the work Space is no longer the tab's.
  await current.click();

  // The answer that has the focus is the harmless one: they came, and are served.
  const second = await number.innerText();
  await expect(async () => {
    await page.keyboard.press('Space');
    await expect(page.getByRole('dialog', { name: `${second} sudah datang?` })).toBeVisible({ timeout: 300 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(current).toHaveAttribute('data-status', 'sedang_dilayani');
  await page.keyboard.press('Space');
  await expect(page.getByText(`${second} selesai`)).toBeVisible();
});

test('a loket where a colleague works says so, and is taken over only when told to', async ({ browser }) => {
  const rina = await openCounter(browser, hub, 'rina', 3);
  const page = await open(browser, hub, '/counter');
  await signIn(page, 'mira');
  const card = page.getByRole('button', { name: /^Loket 3/ });
  await expect(card).toContainText('Rina di sini sejak');
  await card.click();
  const question = page.getByRole('alertdialog', { name: 'Rina sedang di Loket 3' });
  await accessible(page, 'a counter that is taken');
  await question.getByRole('button', { name: 'Pilih loket lain' }).click();
  await expect(page.getByTestId('current')).toBeHidden();
  await card.click();
  await question.getByRole('button', { name: 'Tetap di loket ini' }).click();
  await expect(page.getByTestId('current')).toBeVisible();
  await rina.context().close();
  await page.context().close();
});

test('whoever was finished by mistake comes back', async ({ browser }) => {
  await register(hub, 'umum');
  const page = await openCounter(browser, hub, 'rina', 3);
  await page.keyboard.press('Space');
  await expect(page.getByTestId('current')).toHaveAttribute('data-status', 'dipanggil');
  const number = await page.getByTestId('current-number').innerText();
  await page.keyboard.press('Enter');
  await expect(page.getByText(`${number} selesai`)).toBeVisible();
  await page.getByRole('button', { name: 'Urungkan' }).click();
  await expect(page.getByTestId('current-number')).toHaveText(number);
});

test('after the two minutes of “Urungkan” a finished visitor is still one tab away', async ({ browser }) => {
  const given = await register(hub, 'umum');
  const desk = await Desk.signIn(hub, 'rina');
  await desk.act(given.id, 'call', 3);
  await desk.act(given.id, 'finish');
  const page = await openCounter(browser, hub, 'rina', 3);
  await page.keyboard.press('/');
  await page.keyboard.type(given.nomor_antrean);
  await expect(page.getByText(`${given.nomor_antrean} ada di daftar Selesai.`)).toBeVisible();
  await page.getByRole('button', { name: 'Tampilkan' }).click();
  await page.getByRole('button', { name: 'Panggil lagi' }).click();
  await expect(page.getByTestId('current')).toContainText(given.nomor_antrean);
});

test('keys of one letter can be switched off, and a list that scrolls keeps its Space', async ({
  browser,
}) => {
  for (let i = 0; i < 2; i++) await register(hub, 'umum');
  const page = await openCounter(browser, hub, 'rina', 3);
  let posts = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/api/queue/')) posts++;
  });
  await page.getByRole('region', { name: 'Menunggu' }).focus();
  await page.keyboard.press('Space');
  await page.goto(`${hub.address}/account`);
  await page.getByRole('switch', { name: /Tombol satu huruf/ }).uncheck({ force: true });
  await page.goBack();
  await expect(page.getByTestId('current')).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(posts).toBe(0);
  await page.keyboard.press('Space');
  await expect.poll(() => posts).toBe(1);
});

test('an ended session says so and comes back to the same loket', async ({ browser }) => {
  const page = await openCounter(browser, hub, 'rina', 3);
  const token = await page.evaluate(
    () => JSON.parse(sessionStorage.getItem('lobi.session')!).token as string,
  );
  await fetch(`${hub.address}/api/logout`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  await page.keyboard.press('Space');
  await expect(page.getByText('Sesi Anda sudah berakhir')).toBeVisible();
  await signIn(page, 'rina');
  await expect(page.getByRole('heading', { name: /Loket 3/ })).toBeVisible();
});

test('nobody is left behind at an empty desk unasked', async ({ browser }) => {
  await register(hub, 'umum');
  const page = await openCounter(browser, hub, 'rina', 3);
  await page.keyboard.press('Space');
  await expect(page.getByTestId('current')).toHaveAttribute('data-status', 'dipanggil');
  const number = await page.getByTestId('current-number').innerText();
  await page.getByRole('button', { name: /^Menu / }).click();
  await page.getByRole('menuitem', { name: 'Keluar' }).click();
  const question = page.getByRole('alertdialog', { name: `${number} masih di loket ini` });
  await question.getByRole('button', { name: 'Kembali ke loket' }).click();
  await expect(page.getByTestId('current-number')).toHaveText(number);
  await page.getByRole('button', { name: /^Menu / }).click();
  await page.getByRole('menuitem', { name: 'Keluar' }).click();
  await question.getByRole('button', { name: 'Tinggalkan saja' }).click();
  await expect(page.getByRole('heading', { name: 'Masuk sebagai petugas' })).toBeVisible();
});

test('signing out forgets everything', async ({ browser }) => {
  const page = await openCounter(browser, hub, 'rina', 3);
  await page.getByRole('button', { name: /^Menu / }).click();
  await page.getByRole('menuitem', { name: 'Keluar' }).click();
  await expect(page.getByRole('heading', { name: 'Masuk sebagai petugas' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Masuk sebagai petugas' })).toBeVisible();
});

test('a lost answer is asked for again and calls one number', async ({ browser }) => {
  await register(hub, 'umum');
  await register(hub, 'umum');
  const page = await openCounter(browser, hub, 'rina', 3);
  const desk = await Desk.signIn(hub, 'rina');
  const before = (await desk.waiting(3)).length;
  let lost = false;
  await page.route('**/api/queue/call-next', async (route) => {
    if (lost) return route.continue();
    lost = true;
    await route.fetch();
    await route.abort('connectionreset');
  });
  await page.keyboard.press('Space');
  await expect(page.getByText('Menyambung, tindakan Anda dikirim ulang…')).toBeVisible();
  await expect(page.getByTestId('current')).toHaveAttribute('data-status', 'dipanggil');
  expect((await desk.waiting(3)).length).toBe(before - 1);
});

test('works on a phone-wide screen without sideways scrolling', async ({ browser }) => {
  const page = await open(browser, hub, '/counter', { width: 390, height: 844 });
  await signIn(page, 'rina');
  await chooseLoket(page, 3);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await expect(page.getByRole('button', { name: 'Panggil berikutnya' })).toBeInViewport();
});

test('a visitor is sent on: the number stays, the other counter has it, and one key takes it back', async ({
  browser,
}) => {
  const given = await register(hub, 'umum', 'Siti Rahmawati');
  const desk = await Desk.signIn(hub, 'rina');
  await desk.act(given.id, 'call', 3);
  await desk.act(given.id, 'serve');
  const phone = await open(browser, hub, `/t/${given.code}`, { width: 390, height: 844 });
  await expect(phone.getByText('Anda sedang dilayani')).toBeVisible();
  const page = await openCounter(browser, hub, 'rina', 3);
  await page.getByRole('button', { name: 'Pindahkan…' }).click();
  const dialog = page.getByRole('dialog', { name: `Pindahkan ${given.nomor_antrean} ke…` });
  await dialog.getByRole('button', { name: 'Pindahkan', exact: true }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Pilih layanannya dulu.');
  await dialog.getByText('Poli Gigi').click();
  await dialog.getByLabel(/Alasan/).fill('Rujuk ke gigi');
  await accessible(page, 'sending on');
  await dialog.getByRole('button', { name: 'Pindahkan', exact: true }).click();
  await expect(page.getByText(`${given.nomor_antrean} dipindahkan`)).toBeVisible();
  await expect(page.getByTestId('current')).toHaveAttribute('data-status', 'none');
  await expect(phone.getByText('Poli Gigi')).toBeVisible();
  await expect(phone.getByTestId('number')).toHaveText(given.nomor_antrean);
  const other = await openCounter(browser, hub, 'dewi', 2);
  await expect(other.locator(`li[data-number="${given.nomor_antrean}"]`)).toBeVisible();

  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('current')).toContainText(given.nomor_antrean);
  await expect(other.locator(`li[data-number="${given.nomor_antrean}"]`)).toHaveCount(0);
  await expect(phone.getByText('Anda sedang dilayani')).toBeVisible();
});
