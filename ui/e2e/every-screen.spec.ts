// Every screen of the desk: an address of its own, both languages, and hands that never touch a mouse.
import { expect, test, type Page } from '@playwright/test';
import { accessible } from './accessible';
import { Desk, Hub } from './hub';
import { open, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

/** What an admin may open. */
const SCREENS = [
  '/receptionist',
  '/supervisor',
  '/patients',
  '/patients/1',
  '/reports',
  '/announcements',
  '/settings',
  '/settings/first',
  '/settings/services',
  '/settings/services/gigi',
  '/saya',
  '/settings/journeys',
  '/settings/journeys/baru',
  '/settings/classes',
  '/settings/classes/lansia',
  '/settings/classes/baru',
  '/settings/hours',
  '/settings/hours/umum',
  '/settings/holidays',
  '/settings/holidays/baru',
  '/settings/counters',
  '/settings/counters/2',
  '/settings/staff',
  '/settings/staff/baru',
  '/settings/devices',
  '/settings/keys',
  '/settings/keys/baru',
  '/settings/screens',
  '/settings/webhooks',
  '/settings/webhooks/baru',
  '/settings/hub',
  '/account',
];

test('each has an address that can be opened, reloaded and read aloud, in both languages', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const page = await open(browser, hub, '/account');
  await signIn(page, 'admin');
  await expect(page.getByRole('switch', { name: /Tombol satu huruf/ })).toBeVisible();
  for (const english of [false, true]) {
    if (english) {
      await page.getByRole('button', { name: /Admin/ }).click();
      await page.getByRole('menuitem', { name: 'English' }).click();
      await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    }
    const titles = new Set<string>();
    for (const path of SCREENS) {
      await page.goto(hub.address + path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('main')).not.toBeEmpty();
      await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
      expect(new URL(page.url()).pathname).toBe(path);
      await accessible(page, `${path} ${english ? 'en' : 'id'}`);
      if (path.split('/').length < 4 && !path.endsWith('/1')) titles.add(await page.title());
    }
    expect(titles.size, 'each says where one is').toBe(
      SCREENS.filter((one) => one.split('/').length < 4 && !one.endsWith('/1')).length,
    );
  }
});

/** Presses Tab until the focus is on such a control. */
async function tabTo(page: Page, control: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, control)) return;
  }
  throw new Error(`Tab never came to ${control}`);
}

async function goTo(page: Page, words: string, path: RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await page.keyboard.type(words);
  await expect(page.getByRole('option').first()).toContainText(words);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(path);
}

test('a morning of an admin by keyboard alone', async ({ browser }) => {
  const page = await open(browser, hub, '/settings');
  await expect(page.getByLabel('Nama pengguna')).toBeFocused();
  await page.keyboard.type('admin');
  await page.keyboard.press('Tab');
  await page.keyboard.type('lobi-demo');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Kota', { exact: true })).toBeVisible();

  await goTo(page, 'Layanan', /services$/);
  await tabTo(page, 'main button');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/services\/baru$/);
  await expect(page.getByRole('complementary').getByRole('heading')).toBeFocused();
  await tabTo(page, 'aside input');
  await page.keyboard.type('Poli Mata');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('row', { name: /Poli Mata/ })).toBeVisible();

  await goTo(page, 'Akun saya', /account$/);
  await tabTo(page, 'header [aria-haspopup="menu"]');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Nama pengguna')).toBeVisible();
});

test('what is wrong with a field is said in English too', async ({ browser }) => {
  const page = await open(browser, hub, '/settings/services');
  await signIn(page, 'admin');
  await expect(page.getByRole('row', { name: /Poli Umum/ })).toBeVisible();
  await page.getByRole('button', { name: /Admin/ }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await page.goto(`${hub.address}/settings/services/gigi`);
  const letter = page.getByLabel('Letter of its numbers', { exact: true });
  await letter.fill('A');
  await page.keyboard.press('Control+s');
  await expect(letter).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('Already taken. Choose another.')).toBeVisible();
});

test('two admins change the same counter: the second sees what the first saved, and loses nothing', async ({
  browser,
}) => {
  const first = await open(browser, hub, '/settings/counters/2');
  await signIn(first, 'admin');
  const name = first.getByLabel('Nama', { exact: true });
  await expect(name).toHaveValue('Loket 2');
  await name.fill('Loket 2 lantai dua');
  const other = await Desk.signIn(hub, 'admin');
  const services = ['umum', 'gigi', 'kia'];
  const answer = await fetch(`${hub.address}/api/admin/counters/2`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${other.token}` },
    body: JSON.stringify({ services }),
  });
  expect(answer.status).toBe(200);
  await expect(first.getByRole('checkbox', { name: 'KIA & Imunisasi' })).toBeChecked();
  await expect(name).toHaveValue('Loket 2 lantai dua');
  await first.keyboard.press('Control+s');
  await expect(first.getByRole('row', { name: /Loket 2 lantai dua/ })).toContainText('KIA & Imunisasi');
});
