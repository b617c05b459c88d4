// Another program is told what happens: an admin connects it, tries it, sees what it refused, and what it answers.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHmac } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { accessible } from './accessible';
import { Hub, register } from './hub';
import { open, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

interface Told {
  headers: IncomingMessage['headers'];
  body: string;
}

/** A real program at a real port; `status` is what it answers. */
class Other {
  readonly told: Told[] = [];
  status = 200;
  #server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      this.told.push({ headers: request.headers, body });
      response.writeHead(this.status).end(this.status === 200 ? '' : 'The workflow is not active');
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/webhook/antrean`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

function signature(secret: string, { headers, body }: Told): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

test('an admin connects a program, tries it, and sees what arrived and what did not', async ({ browser }) => {
  const other = new Other();
  const url = await other.start();
  const page = await open(browser, hub, '/settings/webhooks');
  await signIn(page, 'admin');
  await expect(page.getByText('Belum ada program yang diberi tahu')).toBeVisible();
  await page.getByRole('button', { name: 'Program' }).first().click();
  const panel = page.getByRole('complementary');
  await panel.getByLabel('Nama', { exact: true }).fill('N8N: kabar WhatsApp');
  await panel.getByLabel('Alamat').fill(url);
  await panel.getByText('Nomor diambil').click();
  await panel.getByRole('button', { name: 'Hubungkan' }).click();
  await expect(panel).toContainText('hanya boleh bila “Di jaringan sendiri” dinyalakan');
  await panel.getByText('Di jaringan sendiri', { exact: true }).click();
  await panel.getByRole('button', { name: 'Hubungkan' }).click();
  const secret = (await panel.getByText(/^whsec_/).textContent()) ?? '';
  await accessible(page, 'a secret that is shown once');
  await panel.getByRole('button', { name: 'Tutup' }).first().click();

  await register(hub, 'umum', 'Siti Aminah');
  await expect.poll(() => other.told.length).toBe(1);
  const first = other.told[0]!;
  expect(first.headers['webhook-signature']).toBe(signature(secret, first));
  expect(JSON.parse(first.body)).toMatchObject({ type: 'NewRegistration' });
  expect(first.body).not.toContain('Siti');

  await page.getByRole('row', { name: /N8N/ }).click();
  await expect(panel.getByRole('listitem').filter({ hasText: 'Nomor diambil' })).toContainText('Sampai');
  other.status = 404;
  await panel.getByRole('button', { name: 'Kirim percobaan' }).click();
  await expect(panel.getByRole('status')).toContainText('Ditolak dengan HTTP 404.');
  await expect(panel.getByRole('status')).toContainText('The workflow is not active');
  await register(hub, 'umum', 'Budi');
  await expect(panel.getByText('Menunggu')).toBeVisible();
  await expect(page.getByRole('row', { name: /N8N/ })).toContainText('Gagal sejak');
  await accessible(page, 'what was told');
  other.status = 200;
  await panel.getByRole('button', { name: 'Kirim ulang sekarang' }).click();
  await expect.poll(() => other.told.length).toBeGreaterThan(3);
  await panel.getByRole('button', { name: 'Kirim percobaan' }).click();
  await expect(panel.getByRole('status')).toContainText('Sampai, dijawab dalam');
  await expect(page.getByRole('row', { name: /N8N/ })).toContainText('Aktif');

  await panel.getByRole('button', { name: 'Hapus' }).click();
  const asked = page.getByRole('dialog');
  await asked.getByRole('textbox').fill('N8N: kabar WhatsApp');
  await asked.getByRole('button', { name: 'Hapus' }).click();
  await expect(page.getByText('Belum ada program yang diberi tahu')).toBeVisible();
  other.stop();
});
