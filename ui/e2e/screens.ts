// What a person does at each screen, in their words, so that the stories read as stories.
import { expect, type Browser, type Page } from '@playwright/test';
import type { Hub } from './hub';

export async function openKiosk(browser: Browser, hub: Hub): Promise<Page> {
  const page = await open(browser, hub, '/kiosk', { width: 1080, height: 1920 });
  await expect(page.locator('[data-service]').first()).toBeVisible();
  return page;
}

/** Touches a service and reads the number. */
export async function takeNumber(kiosk: Page, slug: string): Promise<string> {
  await touch(kiosk, slug);
  const number = await kiosk.getByTestId('number').innerText();
  await settled(kiosk);
  await kiosk.getByRole('button', { name: 'Selesai' }).click();
  await expect(kiosk.locator('[data-service]').first()).toBeVisible();
  return number.trim();
}

export async function touch(kiosk: Page, slug: string): Promise<void> {
  await settled(kiosk);
  await kiosk.locator(`[data-service="${slug}"]`).click();
  await expect(kiosk.getByTestId('number')).toBeVisible();
}

/** A finger that has just pressed something is not taken for one that presses what came in its place. */
export async function settled(kiosk: Page): Promise<void> {
  await expect(kiosk.locator('main[data-settled="true"]')).toBeVisible();
}

export async function openCounter(
  browser: Browser,
  hub: Hub,
  username: string,
  loket: number,
): Promise<Page> {
  const page = await open(browser, hub, '/counter');
  await signIn(page, username);
  await chooseLoket(page, loket);
  return page;
}

export async function signIn(page: Page, username: string, password = 'lobi-demo'): Promise<void> {
  await page.getByLabel('Nama pengguna').fill(username);
  await page.getByLabel('Kata sandi', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
}

export async function chooseLoket(page: Page, loket: number): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^Loket ${loket}`) }).click();
  await expect(page.getByTestId('current')).toBeVisible();
}

export async function openTv(browser: Browser, hub: Hub, query = ''): Promise<Page> {
  const page = await open(browser, hub, `/tv${query}`, { width: 1920, height: 1080 }, watchCalls);
  await expect(page.locator('main')).toHaveAttribute('data-away', 'false');
  return page;
}

/** Every number the TV has shown large, in order, also those of before a reload. */
export async function callsSeen(tv: Page): Promise<string[]> {
  return tv.evaluate(() => JSON.parse(sessionStorage.getItem('test.calls') ?? '[]') as string[]);
}

export async function open(
  browser: Browser,
  hub: Hub,
  path: string,
  viewport = { width: 1366, height: 768 },
  before?: () => void,
): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'id-ID', reducedMotion: 'reduce' });
  const page = await context.newPage();
  if (before) await page.addInitScript(before);
  await page.goto(hub.address + path);
  return page;
}

/** Runs inside the TV page: notes every call at the moment it is announced. */
function watchCalls(): void {
  let last: Element | null = null;
  new MutationObserver(() => {
    const call = document.querySelector('[data-testid="big-call"].speaking');
    if (!call || call === last) return;
    last = call;
    const seen = JSON.parse(sessionStorage.getItem('test.calls') ?? '[]') as string[];
    seen.push(call.getAttribute('data-number') ?? '');
    sessionStorage.setItem('test.calls', JSON.stringify(seen));
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
}

/** Resolves when the page has heard its first words over a live connection; to be asked before it opens one. */
export function hearing(page: Page): Promise<void> {
  return new Promise((heard) => {
    page.once('websocket', (line) => line.once('framereceived', () => heard()));
  });
}
