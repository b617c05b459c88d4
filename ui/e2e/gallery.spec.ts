// The kit in all its states: both languages, high contrast, a phone, and what lies over a page.
import { expect, test } from '@playwright/test';
import { accessible } from './accessible';
import { Hub } from './hub';
import { open } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

test('every piece of the kit in its states', async ({ browser }) => {
  const page = await open(browser, hub, '/_kit');
  await expect(page.getByRole('heading', { name: 'Kit', exact: true })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Akupuntur' })).toBeVisible();
  await accessible(page, 'Indonesian');
  await page.getByRole('button', { name: 'English' }).click();
  await accessible(page, 'English');
  await page.getByRole('checkbox', { name: /data-contrast/ }).check();
  await accessible(page, 'high contrast');
});

test('what lies over a page', async ({ browser }) => {
  const page = await open(browser, hub, '/_kit');
  for (const [button, role] of [
    ['Sheet', 'dialog'],
    ['Confirm', 'alertdialog'],
    ['TypeToConfirm', 'dialog'],
  ] as const) {
    await page.getByRole('button', { name: button, exact: true }).click();
    await expect(page.getByRole(role)).toBeVisible();
    await accessible(page, button);
    await page.keyboard.press('Escape');
    await expect(page.getByRole(role)).toBeHidden();
    await expect(page.getByRole('button', { name: button, exact: true })).toBeFocused();
  }
});

test('on a phone nothing is wider than the glass', async ({ browser }) => {
  const page = await open(browser, hub, '/_kit', { width: 390, height: 844 });
  await expect(page.getByRole('heading', { name: 'Kit', exact: true })).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
});
