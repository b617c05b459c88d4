import { beforeEach, expect, test } from 'vitest';
import { useHost } from '../../host';
import { fakeHost, refusal, type FakeHost } from '../../host/fake';
import { aService, ownTicket } from '../../data/builders';
import { daysUntil, Online } from './online.svelte';

let host: FakeHost;
beforeEach(() => {
  host = fakeHost({ answer: () => ({ ticket: ownTicket() }) });
  useHost(host);
});

function filled(): Online {
  const online = new Online();
  Object.assign(online.form.draft, { poli: 'umum', nama: ' Siti ', no_hp: '0812-3456-7890', agreed: true });
  return online;
}

test('what is missing is said once somebody wants a number, and nothing is sent', async () => {
  const online = new Online();
  expect(online.missing('nama')).toBe(null);
  expect(await online.take('2026-11')).toBe(null);
  expect(['poli', 'nama', 'no_hp', 'agreed'].map((field) => online.missing(field as 'poli'))).toEqual([
    'online.service_needed',
    'online.name_needed',
    'online.phone_needed',
    'online.consent_needed',
  ]);
  expect(host.requests).toEqual([]);
});

test('the number is asked for with the text that was agreed to, and without empty fields', async () => {
  expect((await filled().take('2026-11'))?.code).toBe('7K3M-9QX2');
  expect(host.requests[0]?.body).toEqual({
    poli: 'umum',
    nama: 'Siti',
    no_hp: '0812-3456-7890',
    cara_daftar: 'online',
    persetujuan: '2026-11',
  });
});

test('what the hub refuses stays typed, with its field', async () => {
  host.answer = () => refusal(422, 'VALIDATION_ERROR', 'Periksa.', { no_hp: 'Nomor HP tidak dikenali.' });
  const online = filled();
  expect(await online.take('2026-11')).toBe(null);
  expect([online.form.wrong.no_hp, online.form.draft.nama]).toEqual(['Nomor HP tidak dikenali.', ' Siti ']);
});

test('a service that shut meanwhile is no choice', () => {
  const shut = aService({ tutup: { sebab: 'kuota', libur: null, buka_lagi: null } });
  expect([filled().shutNow([shut]), filled().shutNow([aService()])]).toEqual([true, false]);
});

test('a number for a later day says the day, and a service that is shut today is a choice for it', async () => {
  const online = filled();
  online.form.draft.tanggal = '2026-11-23';
  const shut = aService({ tutup: { sebab: 'jam', libur: null, buka_lagi: null } });
  expect(online.shutNow([shut])).toBe(false);
  await online.take('2026-11');
  expect(host.requests[0]?.body).toMatchObject({ tanggal: '2026-11-23' });
});

test('the days go from today to the last one, over the end of a month', () => {
  expect(daysUntil('2026-11-29', '2026-12-01')).toEqual(['2026-11-29', '2026-11-30', '2026-12-01']);
  expect(daysUntil('2026-11-29', '2026-11-29')).toEqual(['2026-11-29']);
});
