// Takes the pictures of every screen in its main states; run by `npm run screenshots`, not part of the tests.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { chromium } from '../playwright.config';
import { Desk, Hub, register } from './hub';
import { chooseLoket, open, signIn, touch } from './screens';
import { asProgram, openInShell } from './shell';

const FOLDER = resolve(process.env.SHOTS_DIR ?? resolve(import.meta.dirname, '../../docs/images'));
const SIZES = {
  wide: { width: 1920, height: 1080 },
  laptop: { width: 1366, height: 768 },
  tall: { width: 1080, height: 1920 },
  phone: { width: 390, height: 844 },
} as const;
type Size = keyof typeof SIZES;

const hub = new Hub();
test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  await hub.start();
});
test.afterAll(() => hub.stop());

async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(350);
  await page.screenshot({ path: resolve(FOLDER, `${name}.png`) });
}

const at = (browser: Browser, path: string, size: Size) => open(browser, hub, path, SIZES[size]);

const ANNOUNCEMENTS = {
  short: 'Pengemudi mobil DD 1234 AB, mohon pindahkan kendaraan Anda.',
  long:
    'Bapak dan Ibu yang terhormat, mulai pukul sebelas pelayanan Poli Gigi pindah ke lantai dua karena perbaikan ' +
    'ruangan. Silakan naik lewat tangga di sebelah kanan atau minta bantuan petugas untuk memakai lift. Nomor antrean ' +
    'Anda tetap berlaku.',
};

/** A longer list of services than the demonstration has. */
const MANY = [
  ['umum', 'A', 'Poli Umum', 'stethoscope', 12, 25],
  ['gigi', 'B', 'Poli Gigi', 'smile', 3, 10],
  ['kia', 'C', 'KIA & Imunisasi', 'baby', 7, 20],
  ['lansia', 'D', 'Lansia & Disabilitas', 'accessibility', 2, 5],
  ['mata', 'E', 'Poli Mata', 'eye', 0, null],
  ['paru', 'F', 'Poli Paru, TB dan Penyakit Menular Lainnya', 'heart-pulse', 4, null],
  ['gizi', 'G', 'Konsultasi Gizi', 'apple', 1, 8],
  ['lab', 'H', 'Laboratorium', 'flask-conical', 9, 15],
].map(([slug, kode, nama, icon, waiting_count, estimated_wait_minutes]) => ({
  slug,
  kode,
  nama,
  nama_en: nama,
  icon,
  waiting_count,
  estimated_wait_minutes,
  priority: slug === 'lansia',
}));

test('start and unknown page', async ({ browser }) => {
  for (const size of ['wide', 'laptop', 'phone'] as const) {
    const page = await at(browser, '/', size);
    await expect(page.getByText('Puskesmas Antang')).toBeVisible();
    await shoot(page, `start-${size}`);
    await page.goto(`${hub.address}/salah-ketik`);
    await shoot(page, `unknown-${size}`);
  }
});

test('kiosk', async ({ browser }) => {
  for (const size of ['tall', 'laptop', 'wide'] as const) {
    const page = await at(browser, '/kiosk', size);
    await expect(page.locator('[data-service]').first()).toBeVisible();
    await shoot(page, `kiosk-${size}`);
    await touch(page, 'umum');
    await shoot(page, `kiosk-number-${size}`);

    await page.reload();
    await page.getByRole('button', { name: 'Huruf besar' }).click();
    await shoot(page, `kiosk-big-text-${size}`);
    await page.getByRole('button', { name: 'Tampilan lebih jelas' }).click();
    await page.getByRole('button', { name: /English/ }).click();
    await shoot(page, `kiosk-contrast-english-${size}`);

    await page.route('**/api/services', (route) => route.fulfill({ json: { services: MANY, seq: 1 } }));
    await page.reload();
    await expect(page.locator('[data-service]')).toHaveCount(MANY.length);
    await shoot(page, `kiosk-many-${size}`);
    await page.getByRole('button', { name: 'Huruf besar' }).click();
    await shoot(page, `kiosk-many-big-text-${size}`);

    let answer: () => void = () => undefined;
    await page.route('**/api/register', async (route) => {
      await new Promise<void>((go) => (answer = go));
      await route.abort();
    });
    await page.reload();
    await expect(page.locator('[data-service]').first()).toBeVisible();
    await page.waitForTimeout(800);
    await page.locator('[data-service="gigi"]').click();
    await shoot(page, `kiosk-sending-${size}`);
    answer();
    await expect(page.getByText('Mesin sedang menyambung…')).toBeVisible();
    await shoot(page, `kiosk-connecting-${size}`);
    await page.unroute('**/api/register');
    await page.route('**/api/register', (route) =>
      route.fulfill({
        status: 409,
        json: {
          success: false,
          error: {
            code: 'SERVICE_CLOSED',
            message: 'Poli Gigi sedang tutup. Pilih layanan lain atau tanyakan kepada petugas.',
          },
        },
      }),
    );
    // The wish is still open: asked again, the hub now says no.
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Nomor belum bisa diberikan' })).toBeVisible();
    await shoot(page, `kiosk-refused-${size}`);

    await page.route('**/api/services', (route) => route.fulfill({ json: { services: [], seq: 1 } }));
    await page.reload();
    await expect(page.getByText('Loket sedang tutup')).toBeVisible();
    await shoot(page, `kiosk-closed-${size}`);
    await page.route('**/api/services', (route) => route.abort());
    await page.reload();
    await expect(page.getByText('Sebentar, mesin sedang menyambung')).toBeVisible();
    await shoot(page, `kiosk-away-${size}`);
  }
});

test('counter', async ({ browser }) => {
  for (const name of ['Siti Rahmawati', 'Muh. Fajar', 'Nurhayati', 'Andi Tenri'])
    await register(hub, 'umum', name);
  await register(hub, 'lansia', 'Daeng Lallo');
  for (let i = 0; i < 4; i++) await register(hub, 'umum');
  for (const size of ['laptop', 'wide', 'phone'] as const) {
    const page = await at(browser, '/counter', size);
    await expect(page.getByText('Mode demo')).toBeVisible();
    await shoot(page, `counter-sign-in-${size}`);
    await signIn(page, 'rina', 'salah');
    await expect(page.getByRole('alert')).toBeVisible();
    await shoot(page, `counter-wrong-password-${size}`);
    await signIn(page, 'rina');
    await expect(page.getByRole('heading', { name: /Halo/ })).toBeVisible();
    await shoot(page, `counter-choose-${size}`);
    await chooseLoket(page, 3);
    if ((await page.getByTestId('current').getAttribute('data-status')) !== 'none')
      await page.keyboard.press('Enter');
    await expect(page.getByTestId('current')).toHaveAttribute('data-status', 'none');
    await page.waitForTimeout(300);
    await shoot(page, `counter-ready-${size}`);
    await page.keyboard.press('Space');
    await expect(page.getByTestId('current')).toHaveAttribute('data-status', 'dipanggil');
    await page.waitForTimeout(1200);
    await shoot(page, `counter-${size}`);
    await page.keyboard.press('l');
    await expect(page.getByTestId('current')).toHaveAttribute('data-status', 'sedang_dilayani');
    await shoot(page, `counter-serving-${size}`);
    await page.keyboard.press('Space');
    await expect(page.getByTestId('current')).toHaveAttribute('data-status', 'dipanggil');
    await page.keyboard.press('s');
    await page.getByRole('button', { name: /^Dilewati/ }).click();
    await shoot(page, `counter-skipped-${size}`);
    await page.getByRole('button', { name: /^Menunggu/ }).click();
    await page
      .getByRole('button', { name: /^Tindakan untuk/ })
      .first()
      .click();
    await shoot(page, `counter-row-menu-${size}`);
    await page.getByRole('menuitem', { name: 'Batalkan nomor…' }).click();
    await shoot(page, `counter-cancel-${size}`);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(200);
    await page.keyboard.press('?');
    await shoot(page, `counter-help-${size}`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.type('xyz');
    await shoot(page, `counter-search-${size}`);
  }
});

test('TV', async ({ browser }) => {
  const desks = { rina: await Desk.signIn(hub, 'rina'), dewi: await Desk.signIn(hub, 'dewi') };
  for (const size of ['wide', 'laptop', 'tall'] as const) {
    for (let i = 0; i < 2; i++) await register(hub, 'umum');
    await register(hub, 'gigi');
    const page = await at(browser, '/tv', size);
    await expect(page.getByTestId('big-call')).toBeVisible();
    await shoot(page, `tv-quiet-${size}`);
    await desks.rina.callNext(3);
    await expect(page.getByText('Sekarang dipanggil')).toBeVisible();
    await page.waitForTimeout(500);
    await shoot(page, `tv-${size}`);
    await desks.dewi.callNext(2);
    await desks.rina.callNext(1);
    await shoot(page, `tv-more-${size}`);

    await page.route('**/api/display', (route) =>
      route.fulfill({ json: { current: [], recent: [], waiting_count: 0, seq: 1_000_000 } }),
    );
    // Nothing has happened yet and nothing happens.
    await page.routeWebSocket('**/ws', () => undefined);
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    await expect(page.getByText('Belum ada panggilan')).toBeVisible();
    await shoot(page, `tv-empty-${size}`);
  }
});

test('phone', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'dewi');
  const before = await register(hub, 'gigi');
  const ticket = await register(hub, 'gigi');
  const page = await at(browser, `/t/${ticket.code}`, 'phone');
  await expect(page.getByTestId('number')).toBeVisible();
  await shoot(page, 'phone-waiting');
  await page.getByRole('button', { name: 'English' }).click();
  await shoot(page, 'phone-waiting-english');
  await page.getByRole('button', { name: 'Bahasa Indonesia' }).click();
  for (const other of await desk.waiting(2)) if (other.id !== ticket.id) await desk.act(other.id, 'cancel');
  await expect(page.getByText('Anda berikutnya')).toBeVisible();
  await shoot(page, 'phone-next');
  await desk.act(ticket.id, 'call', 2);
  await expect(page.getByTestId('turn')).toBeVisible();
  await shoot(page, 'phone-turn');
  await desk.act(ticket.id, 'skip');
  await expect(page.getByText('Nomor Anda terlewat')).toBeVisible();
  await shoot(page, 'phone-skipped');
  await desk.act(ticket.id, 'call', 2);
  await desk.act(ticket.id, 'serve');
  await expect(page.getByText('Anda sedang dilayani')).toBeVisible();
  await shoot(page, 'phone-serving');
  await desk.act(ticket.id, 'finish');
  await expect(page.getByText('Sudah selesai')).toBeVisible();
  await shoot(page, 'phone-done');
  await page.goto(`${hub.address}/t/${before.code}`);
  await expect(page.getByText('Nomor ini dibatalkan')).toBeVisible();
  await shoot(page, 'phone-cancelled');
  await page.goto(`${hub.address}/t/7K3M-0000`);
  await expect(page.getByText('Nomor tidak ditemukan')).toBeVisible();
  await shoot(page, 'phone-unknown');
});

test('kiosk paper and its faults', async ({ browser }) => {
  for (const size of ['tall', 'laptop', 'wide'] as const) {
    const page = await openInShell(browser, hub, { mode: 'kiosk', printMs: 1_500 }, SIZES[size]);
    await expect(page.locator('[data-service]').first()).toBeVisible();
    await touch(page, 'umum');
    await shoot(page, `kiosk-printing-${size}`);
    await expect(page.getByText('Ambil kertas Anda')).toBeVisible();
    await shoot(page, `kiosk-take-paper-${size}`);
    const faults = ['out_of_paper', 'cover_open', 'offline', 'wrong_address', 'hung_up', 'cutter'];
    for (const fault of size === 'tall' ? faults : faults.slice(0, 1)) {
      await page.evaluate((fault) => Object.assign(window.shell, { printer: fault, printMs: 0 }), fault);
      await page.waitForTimeout(800);
      await page.getByRole('button', { name: 'Selesai' }).click();
      await page.waitForTimeout(800);
      await touch(page, 'umum');
      await expect(page.getByText('Kertas belum keluar')).toBeVisible();
      await shoot(page, `kiosk-paper-${fault.replaceAll('_', '-')}-${size}`);
    }
    await page.waitForTimeout(800);
    await page.getByRole('button', { name: 'Selesai' }).click();
    await expect(page.getByTestId('no-paper')).toBeVisible();
    await shoot(page, `kiosk-no-paper-${size}`);
    for (let i = 0; i < 5; i++) await page.mouse.click(40, 40);
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.type('salah');
    await page.getByRole('button', { name: 'Keluar' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await shoot(page, `kiosk-guard-${size}`);
    await page.context().close();
  }
});

test('counter with broken machines', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'rina');
  const [kiosk, tv] = [
    { kind: 'printer', fault: 'out_of_paper' },
    { kind: 'speaker', fault: 'hung' },
  ] as const;
  await desk.report('k9', 'Kiosk pintu utama', kiosk.fault);
  await desk.report('t9', 'TV lantai 2', tv.fault, tv.kind);
  await desk.report('k8', 'Kiosk apotek', 'paper_near_end', 'printer', 'warning');
  for (const size of ['laptop', 'wide', 'phone'] as const) {
    const page = await at(browser, '/counter', size);
    await signIn(page, 'rina');
    await chooseLoket(page, 3);
    await expect(page.getByTestId('alerts')).toBeVisible();
    if ((await page.getByTestId('current').getAttribute('data-status')) === 'none')
      await page.keyboard.press('Space');
    await page.waitForTimeout(600);
    await shoot(page, `counter-alerts-${size}`);
    await page.keyboard.press('p');
    await shoot(page, `counter-announce-${size}`);
    await page.context().close();
  }
});

test('TV announcements, sound and quiet hours', async ({ browser, playwright }) => {
  const desk = await Desk.signIn(hub, 'rina');
  const args = chromium.launchOptions.args.filter((one) => !one.startsWith('--autoplay-policy'));
  const strict = await playwright.chromium.launch({ ...chromium.launchOptions, args });
  for (const size of ['wide', 'laptop', 'tall'] as const) {
    const page = await at(browser, '/tv', size);
    await expect(page.getByTestId('big-call')).toBeVisible();
    for (const [name, words] of Object.entries(ANNOUNCEMENTS)) {
      await desk.announce(words);
      await expect(page.getByTestId('message')).toBeVisible();
      await shoot(page, `tv-message-${name}-${size}`);
      await expect(page.getByTestId('message')).toBeHidden({ timeout: 15_000 });
    }
    await page.mouse.move(300, 300);
    await page.getByRole('button', { name: 'Pengaturan TV' }).click();
    await page.getByLabel('dari').fill('00:00');
    await page.getByLabel('sampai').fill('23:59');
    await page.getByRole('button', { name: 'Dengarkan contoh' }).click();
    await shoot(page, `tv-settings-${size}`);
    await page.getByRole('button', { name: 'Tutup' }).click();
    await shoot(page, `tv-quiet-hours-${size}`);
    await page.context().close();
    const mute = await at(strict, '/tv', size);
    await expect(mute.getByText('Sentuh untuk menyalakan suara')).toBeVisible();
    await shoot(mute, `tv-sound-off-${size}`);
    await mute.context().close();
  }
  await strict.close();
});

test('reception', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'dewi');
  for (const size of ['wide', 'laptop', 'phone'] as const) {
    const waiting = await register(hub, 'umum', 'Siti Rahmawati');
    const skipped = await register(hub, 'gigi', 'I Made Sudarma');
    await desk.act(skipped.id, 'call', 2);
    await desk.act(skipped.id, 'skip');
    const page = await at(browser, '/receptionist', size);
    await signIn(page, 'sari');
    await expect(page.getByTestId('card')).toBeVisible();
    await shoot(page, `receptionist-ready-${size}`);
    const scan = async (code: string) => {
      await page.keyboard.type(code);
      await page.keyboard.press('Enter');
    };
    await scan(waiting.code);
    await expect(page.getByTestId('card')).toHaveAttribute('data-status', 'menunggu');
    await shoot(page, `receptionist-${size}`);
    await scan(skipped.code);
    await expect(page.getByTestId('card')).toHaveAttribute('data-status', 'dilewati');
    await shoot(page, `receptionist-skipped-${size}`);
    await scan('0000000000');
    await expect(page.getByTestId('card')).toHaveAttribute('data-card', 'unknown');
    await shoot(page, `receptionist-unknown-${size}`);
    await page.keyboard.press('n');
    await expect(page.getByRole('dialog')).toBeVisible();
    await shoot(page, `receptionist-new-${size}`);
    await page.keyboard.press('Escape');
    await page.route('**/api/dashboard/**', (route) =>
      route.fulfill({
        json: {
          tickets: [],
          stats: { selesai: 0, menunggu: 0, dipanggil: 0, dilewati: 0, rata_rata_menit: null },
          upcoming: null,
          page: 1,
          per_page: 60,
          total: 0,
          next: null,
          seq: 1,
        },
      }),
    );
    await page.reload();
    await expect(page.getByText('Belum ada nomor hari ini.')).toBeVisible();
    await shoot(page, `receptionist-empty-${size}`);
    // Nothing answers: the page waits for its first list.
    await page.route('**/api/dashboard/**', () => undefined);
    await page.reload();
    await expect(page.getByText('Memuat…')).toBeVisible();
    await shoot(page, `receptionist-loading-${size}`);
  }
});

test('reception with a broken camera or printer', async ({ browser }) => {
  const { code } = await register(hub, 'umum', 'Siti Rahmawati');
  for (const size of ['wide', 'laptop', 'phone'] as const) {
    const page = await openInShell(browser, hub, { mode: 'receptionist' }, SIZES[size]);
    await signIn(page, 'sari');
    const finder = page.getByTestId('viewfinder');
    await expect(finder).toHaveAttribute('data-state', 'looking');
    await shoot(page, `receptionist-camera-${size}`);
    const camera = ['not_found', 'busy', 'unplugged', 'black', 'frozen', 'denied', 'unreadable'];
    for (const fault of size === 'laptop' ? camera : ['unplugged', 'black']) {
      await page.evaluate((fault) => (window.shell.camera = fault), fault);
      await expect(finder).toHaveAttribute('data-state', fault);
      await shoot(page, `receptionist-camera-${fault.replaceAll('_', '-')}-${size}`);
    }
    await page.evaluate(() => (window.shell.camera = null));
    await expect(finder).toHaveAttribute('data-state', 'looking');
    await page.evaluate((code) => window.shell.show(code), code);
    await expect(page.getByTestId('card-number')).toBeVisible();
    const printer = ['out_of_paper', 'cover_open', 'offline', 'wrong_address', 'hung_up'];
    for (const fault of size === 'laptop' ? printer : printer.slice(0, 1)) {
      await page.evaluate((fault) => (window.shell.printer = fault), fault);
      await page.getByRole('button', { name: /^Cetak/ }).click();
      await expect(page.getByTestId('paper')).toHaveAttribute('data-paper', 'failed');
      await shoot(page, `receptionist-paper-${fault.replaceAll('_', '-')}-${size}`);
    }
    await page.context().close();
  }
});

test('settings of the site', async ({ browser }) => {
  for (const size of ['laptop', 'phone'] as const) {
    const page = await at(browser, '/settings', size);
    await signIn(page, 'admin');
    await expect(page.getByLabel('Alamat printer')).toBeVisible();
    await shoot(page, `settings-${size}`);
    await page.getByLabel('Alamat printer').fill('127.0.0.1:9');
    await page.getByRole('button', { name: 'Simpan dan cetak halaman uji' }).click();
    await expect(page.getByText(/Printer tidak menjawab|Alamat printer salah/)).toBeVisible({
      timeout: 30_000,
    });
    await shoot(page, `settings-printer-${size}`);
    await page.getByLabel('Alamat printer').fill('');
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await expect(page.getByText('Tersimpan.')).toBeVisible();
  }
});

test('setup', async ({ browser }) => {
  const page = await (
    await browser.newContext({ viewport: { width: 1000, height: 760 }, reducedMotion: 'reduce' })
  ).newPage();
  await asProgram(page, {
    hubs: [{ id: 'a', name: 'Puskesmas Antang', version: '0.1.0', addresses: ['http://192.168.1.5:4040'] }],
    printers: [{ connection: 'usb://04b8:0e15', name: 'EPSON TM-T82' }],
  });
  let needed = true;
  await page.route('**/api/setup', (route) => route.fulfill({ json: { needed } }));
  await page.goto(`${hub.address}/setup`);
  await expect(page.locator('[data-mode="kiosk"]')).toBeVisible();
  await shoot(page, 'setup-mode');
  await page.locator('[data-mode="kiosk"]').click();
  await expect(page.getByText('Puskesmas Antang')).toBeVisible();
  await shoot(page, 'setup-hub');
  await page.getByRole('button', { name: 'Lanjut' }).click();
  await expect(page.getByLabel('Nama fasilitas')).toBeVisible();
  await shoot(page, 'setup-site');
  needed = false;
  await page.getByRole('button', { name: 'Kembali' }).click();
  await page.getByRole('button', { name: 'Lanjut' }).click();
  await page.getByText('EPSON TM-T82').click();
  await shoot(page, 'setup-devices');
});

test('when the hub is away', async ({ browser }) => {
  const ticket = await register(hub, 'kia');
  const counter = await at(browser, '/counter', 'laptop');
  await signIn(counter, 'rina');
  await chooseLoket(counter, 3);
  const kiosk = await at(browser, '/kiosk', 'tall');
  const tv = await at(browser, '/tv', 'wide');
  const phone = await at(browser, `/t/${ticket.code}`, 'phone');
  await expect(phone.getByTestId('number')).toBeVisible();
  await expect(tv.getByTestId('big-call')).toBeVisible();
  const reception = await at(browser, '/receptionist', 'laptop');
  await signIn(reception, 'sari');
  await expect(reception.getByTestId('card')).toBeVisible();
  await hub.kill();
  await expect(counter.getByText('Menyambung…')).toBeVisible();
  await expect(
    kiosk.getByText('Mesin sedang menyambung. Bila lama, minta nomor kepada petugas.'),
  ).toBeVisible();
  await expect(reception.getByText('Sambungan ke hub terputus.')).toBeVisible();
  await shoot(reception, 'receptionist-away-laptop');
  await shoot(counter, 'counter-away-laptop');
  await shoot(kiosk, 'kiosk-lost-tall');
  await shoot(tv, 'tv-away-wide');
  await shoot(phone, 'phone-away');
});
