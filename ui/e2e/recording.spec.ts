// What an admin does in the settings beside the form: words recorded with a real browser, addresses tried by phone, another kind.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as engine, expect, test, type Browser, type Page } from '@playwright/test';
import { chromium } from '../playwright.config';
import { wavOf } from '../src/apps/desk/admin/recording';
import { Desk, Hub, register } from './hub';
import { open, openTv, signIn } from './screens';

const RATE = 22_050;
/** What the microphone hears again and again: the quiet of a room, a voice's tone of one second, quiet. */
const [BEFORE, SPOKEN, AFTER] = [0.8, 1, 0.9];

const hub = new Hub();
let browser: Browser;

test.beforeAll(async () => {
  await hub.start();
  const heard = join(mkdtempSync(join(tmpdir(), 'lobi-suara-')), 'suara.wav');
  writeFileSync(heard, Buffer.from(wavOf({ samples: aVoice(), rate: RATE })));
  const { launchOptions } = chromium;
  browser = await engine.launch({
    ...launchOptions,
    args: [
      ...launchOptions.args,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${heard}`,
      // A name of this network: a page that is plain http for the browser, as in a clinic.
      '--host-resolver-rules=MAP hub-lobi 127.0.0.1',
    ],
  });
});
test.afterAll(async () => {
  await browser.close();
  await hub.stop();
});

function aVoice(): Float32Array {
  return Float32Array.from({ length: Math.round((BEFORE + SPOKEN + AFTER) * RATE) }, (_, at) => {
    const time = at / RATE;
    const speaks = time > BEFORE && time < BEFORE + SPOKEN;
    const voice = speaks
      ? 0.25 * Math.sin(time * 2 * Math.PI * 180) + 0.1 * Math.sin(time * 2 * Math.PI * 540)
      : 0;
    return voice + 0.0005 * Math.sin(at * 12.9898);
  });
}

interface Kept {
  seconds: number;
  /** In dB below full scale. */
  loudness: number;
  peak: number;
}

/** What the hub serves as that word; null for nothing. */
async function kept(clip: string): Promise<Kept | null> {
  const list = (await (await fetch(`${hub.address}/api/voices/id`)).json()) as {
    clips: Record<string, string>;
  };
  const file = list.clips[clip];
  if (!file) return null;
  const wav = Buffer.from(await (await fetch(`${hub.address}/api/voices/id/${file}`)).arrayBuffer());
  expect(wav.subarray(0, 4).toString()).toBe('RIFF');
  const samples = Array.from(
    { length: (wav.length - 44) / 2 },
    (_, at) => wav.readInt16LE(44 + at * 2) / 32_768,
  );
  return {
    seconds: samples.length / wav.readUInt32LE(24),
    loudness: 10 * Math.log10(samples.reduce((sum, one) => sum + one * one, 0) / samples.length),
    peak: Math.max(...samples.map(Math.abs)),
  };
}

async function record(page: Page, word: string): Promise<void> {
  const row = page.locator(`[data-word="${word}"]`);
  await row.getByRole('button', { name: /^Rekam/ }).click();
  const level = () => row.getByRole('meter').evaluate((meter) => (meter as HTMLMeterElement).value);
  // Until one whole word was heard, from quiet to quiet.
  await expect.poll(level, { intervals: [20] }).toBeLessThan(0.02);
  await expect.poll(level, { intervals: [20] }).toBeGreaterThan(0.2);
  await expect.poll(level, { intervals: [20] }).toBeLessThan(0.02);
  await row.getByRole('button', { name: 'Selesai' }).click();
}

test('a word that is recorded in the browser is heard on a TV from the next call on', async () => {
  const tv = await openTv(browser, hub);
  const page = await open(browser, hub, '/settings');
  await signIn(page, 'admin');
  const row = page.locator('[data-word="id/umum"]');
  await expect(row).toContainText('Ucapkan: “Poli Umum”');
  await expect(row).toContainText('Belum direkam');
  await record(page, 'id/umum');
  await expect(row).toContainText(/Rekaman baru, 1(,\d)? detik – belum dipakai/);
  expect(await kept('layanan-umum')).toBeNull();
  await row.getByRole('button', { name: 'Dengarkan' }).click();
  await expect(row.getByRole('button', { name: 'Berhenti' })).toBeVisible();
  await expect(row.getByRole('button', { name: 'Dengarkan' })).toBeVisible();

  const fetched = tv.waitForRequest(/layanan-umum\.\d+\.wav$/);
  await row.getByRole('button', { name: 'Pakai' }).click();
  await expect(row).toContainText('Rekaman dipakai mulai panggilan berikutnya.');
  await fetched;
  const clip = (await kept('layanan-umum'))!;
  expect(clip.seconds).toBeGreaterThan(SPOKEN - 0.1);
  expect(clip.seconds).toBeLessThan(SPOKEN + 0.3);
  expect(clip.loudness).toBeGreaterThan(-22);
  expect(clip.loudness).toBeLessThan(-18);
  expect(clip.peak).toBeLessThan(0.9);

  const desk = await Desk.signIn(hub, 'admin');
  await register(hub, 'umum');
  const { id } = await desk.callNext(1);
  const { speech } = (await (await fetch(`${hub.address}/api/queue/${id}/speech`)).json()) as {
    speech: { clips: string[] }[];
  };
  expect(speech[0]!.clips).toContain('layanan-umum?');
  await page.context().close();
  await tv.context().close();
});

test('a recording is thrown away, and brought back', async () => {
  const page = await open(browser, hub, '/settings');
  await signIn(page, 'admin');
  const row = page.locator('[data-word="id/umum"]');
  await expect(row).toContainText('Direkam');
  const before = await kept('layanan-umum');
  await row.getByRole('button', { name: 'Hapus rekaman' }).click();
  await expect(row).toContainText('Belum direkam');
  expect(await kept('layanan-umum')).toBeNull();
  await row.getByRole('button', { name: 'Urungkan' }).click();
  await expect(row).toContainText('Direkam');
  expect(await kept('layanan-umum')).toEqual(before);
  await page.context().close();
});

test('a page that may have no microphone says so and takes a file', async () => {
  const page = await open(browser, hub, '/');
  await page.goto(`http://hub-lobi:${new URL(hub.address).port}/settings`);
  await signIn(page, 'admin');
  await expect(
    page.getByText('Halaman ini tidak boleh memakai mikrofon karena alamatnya http biasa'),
  ).toBeVisible();
  const row = page.locator('[data-word="id/gigi"]');
  await expect(row.getByRole('button', { name: 'Rekam' })).toHaveCount(0);
  const file = async (buffer: Buffer) => {
    const chooser = page.waitForEvent('filechooser');
    await row.getByRole('button', { name: 'Pilih berkas' }).click();
    await (await chooser).setFiles({ name: 'gigi.wav', mimeType: 'audio/wav', buffer });
  };
  await file(Buffer.from('bukan suara'));
  await expect(row.getByRole('alert')).toContainText('bukan suara yang bisa dibaca');
  await file(Buffer.from(wavOf({ samples: new Float32Array(RATE), rate: RATE })));
  await expect(row.getByRole('alert')).toContainText('Tidak terdengar apa-apa');
  await file(Buffer.from(wavOf({ samples: aVoice(), rate: RATE })));
  await row.getByRole('button', { name: 'Pakai' }).click();
  await expect(row).toContainText('Direkam, 1');
  expect((await kept('layanan-gigi'))!.seconds).toBeLessThan(SPOKEN + 0.3);
  await page.context().close();
});

/** A page asked for from another address of this computer, as a phone would. */
function openedByAPhone(path: string): Promise<number> {
  return new Promise((done, failed) => {
    const asked = request(`${hub.address}${path}`, { localAddress: '127.0.0.2' }, (answer) => {
      answer.resume();
      answer.on('end', () => done(answer.statusCode ?? 0));
    });
    asked.on('error', failed);
    asked.end();
  });
}

test('an address is tried by phone, and ticked while one looks', async () => {
  const page = await open(browser, hub, '/settings');
  await signIn(page, 'admin');
  await page.getByRole('button', { name: 'Pilih dan uji dengan HP' }).click();
  const row = page.locator(`[data-address="${hub.address}"]`);
  await expect(row).toContainText('Dipakai di kode QR');
  await expect(row).toContainText('Belum pernah dibuka dari HP');
  await expect(row.getByRole('img', { name: `Kode QR untuk menguji ${hub.address}` })).toBeVisible();
  expect(await openedByAPhone('/buka')).toBe(200);
  await expect(row).toContainText('Dibuka dari HP');
  const phone = await open(browser, hub, '/buka', { width: 390, height: 844 });
  await expect(phone.getByText('Berhasil dibuka')).toBeVisible();
  await expect(phone.getByText(hub.address)).toBeVisible();
  await phone.context().close();
  await page.context().close();
});

test('the kind of facility is changed after its effects were read', async () => {
  const page = await open(browser, hub, '/settings');
  await signIn(page, 'admin');
  await page.getByRole('button', { name: 'Apotek', exact: true }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText('Ganti menjadi Apotek?');
  await expect(sheet).toContainText('Ditutup di kiosk: Poli Umum');
  await sheet.getByRole('button', { name: 'Jangan ganti' }).click();
  const services = async () =>
    ((await (await fetch(`${hub.address}/api/services`)).json()) as { services: unknown[] }).services.length;
  const before = await services();
  await page.getByRole('button', { name: 'Puskesmas', exact: true }).click();
  await expect(sheet).toContainText('Ganti menjadi Puskesmas?');
  await sheet.getByRole('button', { name: 'Jangan ganti' }).click();
  await page.getByRole('button', { name: 'Apotek', exact: true }).click();
  await sheet.getByRole('button', { name: 'Ganti sekarang' }).click();
  await expect(page.getByText('Jenis fasilitas sudah diganti.')).toBeVisible();
  expect(await services()).not.toBe(before);
  await page.context().close();
});
