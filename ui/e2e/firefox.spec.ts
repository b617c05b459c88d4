// The pages that visitors open on their own phones, in a Firefox of its own: taking a number, waiting, being called, skipped.
// Driven over WebDriver BiDi, because Playwright's Firefox is one that it builds itself. Not run where there is none.
import { expect, test } from '@playwright/test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { Desk, Hub } from './hub';

const FIREFOX = process.env.LOBI_FIREFOX;
test.skip(!FIREFOX, 'no Firefox on this machine');

const hub = new Hub();
let firefox: Browser;
test.beforeAll(async () => {
  await hub.start();
  firefox = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX!, headless: true });
});
test.afterAll(async () => {
  await firefox?.close();
  await hub.stop();
});

/** A page whose errors are kept. */
async function phone(): Promise<{ page: Page; wrong: string[] }> {
  const page = await firefox.newPage();
  await page.setViewport({ width: 390, height: 844 });
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (said) => said.type() === 'error' && wrong.push(said.text()));
  return { page, wrong };
}

async function press(page: Page, what: string): Promise<void> {
  const part = (await page.waitForSelector(what))!;
  await part.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await part.click();
}
const says = (page: Page, words: string) =>
  page.waitForFunction((words) => document.body.innerText.includes(words), {}, words);

test('a number is taken, called and skipped on a phone with Firefox', async () => {
  const { page, wrong } = await phone();
  await page.goto(`${hub.address}/daftar`);
  await press(page, 'label:has(input[value="gigi"])');
  await page.type('#online-name', 'Firefox Uji');
  await page.type('#online-phone', '0813-5555-6677');
  await press(page, '.consent');
  await press(page, 'button.go');
  await page.waitForSelector('[data-testid="number"]');
  const nomor = await page.$eval('[data-testid="number"]', (part) => part.textContent);
  expect(nomor).toMatch(/^B\d{3}$/);

  const desk = await Desk.signIn(hub, 'dewi');
  const own = (await desk.waiting(2)).find((one) => one.nomor_antrean === nomor)!;
  await desk.clear(2);
  await desk.act(own.id, 'call', 2);
  await page.waitForSelector('[data-testid="turn"]');
  await says(page, 'Loket 2');
  await desk.act(own.id, 'skip');
  await says(page, 'Nomor Anda terlewat');
  expect(wrong).toEqual([]);
});

test('a code that nobody gave is said so, and the other pages open', async () => {
  const { page, wrong } = await phone();
  await page.goto(`${hub.address}/`);
  await says(page, 'Layar ini untuk apa?');
  await page.goto(`${hub.address}/kiosk`);
  await page.waitForSelector('[data-service]');
  await page.goto(`${hub.address}/tv`);
  await page.waitForSelector('main[data-away="false"]');
  expect(wrong).toEqual([]);
  await page.goto(`${hub.address}/t/XXXXXXXXXX`);
  await says(page, 'Nomor tidak ditemukan');
});
