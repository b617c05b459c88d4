// Setting a machine up, on a fake machine with settings of its own.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { useHost, type FoundHub, type MachineSettings, type Settings } from '../../host';
import { fakeHost, refusal, type FakeHost } from '../../host/fake';
import { EMPTY_PRINTER, hubAddress, Setup } from './setup.svelte';
import { printerAddress } from '../../parts/printer/printer-make';

const fresh: MachineSettings = {
  id: 'mesin-1',
  name: '',
  mode: null,
  zone: 'utama',
  hub: { here: false, data: '', listen: '0.0.0.0:4040', url: '', id: '' },
  printer: null,
  speaker: { on: true, volume: 80, quiet_from: '', quiet_until: '' },
  camera: { source: '' },
  window: { monitor: '', autostart: true },
};
let kept: MachineSettings;
let written: MachineSettings[];
let started: number;
let needed: boolean;
let found: (hubs: FoundHub[]) => void;
let settings: Settings;
let host: FakeHost;

beforeEach(() => {
  kept = structuredClone(fresh);
  written = [];
  started = 0;
  needed = false;
  settings = {
    read: async () => structuredClone(kept),
    write: async (wanted) => {
      kept = structuredClone(wanted);
      written.push(kept);
      return { site_needs_setup: needed };
    },
    start: async () => void (started += 1),
    findHubs: (changed) => {
      found = changed;
      return () => undefined;
    },
    tryHub: async () => ({ id: 'situs-2', name: 'Klinik Sehat', version: '0.1.0' }),
    printers: async () => [],
    monitors: async () => [],
    cameras: async () => [],
    testPrint: async () => ({ warning: null }),
    testVoice: async () => undefined,
  };
  host = fakeHost({ settings });
  useHost(host);
});

async function at(step: 'hub' | 'devices', mode: 'kiosk' | 'tv' = 'kiosk'): Promise<Setup> {
  const setup = new Setup();
  await setup.start();
  setup.chooseMode(mode);
  if (step === 'devices') await setup.connect();
  return setup;
}

describe('setup', () => {
  test('two questions and done', async () => {
    const setup = await at('devices', 'tv');
    expect(setup.step).toBe('devices');
    await setup.begin();
    expect(started).toBe(1);
    expect(written.map((one) => one.mode)).toEqual([null, 'tv']);
    expect(kept.hub.here).toBe(true);
  });

  test('a hub that vanished from the list must be chosen anew', async () => {
    const setup = await at('hub');
    found([{ id: 'a', name: 'A', version: '1', addresses: ['http://10.0.0.2:4040'] }]);
    setup.choosePlace('found', setup.hubs[0]);
    expect(setup.hubMissing).toBe(false);
    found([]);
    expect(setup.hubMissing).toBe(true);
    await setup.connect();
    expect(written).toHaveLength(0);
  });

  test('a new site is asked for its name, and going back does not ask twice', async () => {
    needed = true;
    const setup = await at('devices');
    expect(setup.step).toBe('site');
    host.answer = () => ({ needed: false });
    setup.newSite.site.admin_password = 'rahasia-kami';
    setup.newSite.repeated = 'lain';
    await setup.setUpSite();
    expect(setup.newSite.wrong.repeated).toBeTruthy();
    expect(setup.step).toBe('site');
    setup.newSite.repeated = 'rahasia-kami';
    await setup.setUpSite();
    expect(setup.step).toBe('devices');
    setup.back();
    await setup.connect();
    expect(setup.step).toBe('devices');
  });

  test('a hub on another machine wants the code on its own screen, and what was typed stays', async () => {
    needed = true;
    const setup = await at('devices');
    expect(setup.newSite.codeWanted).toBe(false);
    setup.newSite.site.nama = 'Klinik Sehat';
    setup.newSite.site.admin_password = 'rahasia-kami';
    host.answer = () => refusal(403, 'SETUP_CODE_WRONG');
    setup.newSite.repeated = 'rahasia-kami';
    await setup.setUpSite();
    expect([setup.step, setup.newSite.codeWanted, setup.newSite.site.nama]).toEqual([
      'site',
      true,
      'Klinik Sehat',
    ]);
    setup.newSite.site.kode = ' 482913 ';
    let sent: unknown;
    host.answer = (_method, _path, body) => {
      sent = body;
      return { needed: false, needs_code: false, kode: null };
    };
    setup.newSite.repeated = 'rahasia-kami';
    await setup.setUpSite();
    expect([setup.step, JSON.stringify(sent).includes('482913')]).toEqual(['devices', true]);
  });

  test('the hub’s own machine shows the code for the others and is asked for none', async () => {
    needed = true;
    host.answer = () => ({ needed: true, needs_code: false, kode: '482913' });
    const setup = await at('devices');
    await vi.waitFor(() => expect(setup.newSite.codeHere).toBe('482913'));
    expect(setup.newSite.codeWanted).toBe(false);
  });

  test('a site that somebody else set up meanwhile is set up', async () => {
    needed = true;
    const setup = await at('devices');
    host.answer = () => refusal(409, 'ALREADY_SET_UP');
    setup.newSite.site.admin_password = 'rahasia-kami';
    setup.newSite.repeated = 'rahasia-kami';
    await setup.setUpSite();
    expect(setup.step).toBe('devices');
  });

  test('what the hub finds wrong stands at its field, and nothing typed is lost', async () => {
    needed = true;
    const setup = await at('devices');
    host.answer = () =>
      Response.json(
        {
          success: false,
          error: { code: 'VALIDATION_ERROR', message: 'Periksa.', fields: { nama: 'Isi.' } },
        },
        { status: 422 },
      );
    setup.newSite.site.nama = '';
    setup.newSite.site.kota = 'Gowa';
    setup.newSite.site.admin_password = 'rahasia-kami';
    setup.newSite.repeated = 'rahasia-kami';
    await setup.setUpSite();
    expect(setup.newSite.wrong).toEqual({ nama: 'Isi.' });
    expect(setup.newSite.problem).toBe('Periksa.');
    expect(setup.newSite.site.kota).toBe('Gowa');
  });

  test('what the program refuses is told in its own words', async () => {
    settings.write = () => Promise.reject({ code: 'hosting', message: 'Folder data sedang dipakai.' });
    const setup = await at('devices');
    expect(setup.step).toBe('hub');
    expect(setup.problem).toBe('Folder data sedang dipakai.');
  });

  test('a printer without an address is no printer', async () => {
    const setup = await at('devices');
    setup.draft!.printer = { ...EMPTY_PRINTER, connection: ' ' };
    await setup.begin();
    expect(kept.printer).toBeNull();
  });

  test('a mode said on the command line answers only the first question', async () => {
    kept = { ...kept, mode: 'kiosk' };
    const again = new Setup();
    await again.start();
    expect([again.first, again.step]).toEqual([true, 'mode']);
    again.stop();
  });

  test('a machine at work keeps its hub and needs no trial of it', async () => {
    kept = { ...kept, mode: 'tv', hub: { ...kept.hub, url: 'http://10.0.0.2:4040', id: 'a' } };
    settings.tryHub = () => Promise.reject({ code: 'hub_away', message: 'Tidak ada yang menjawab.' });
    const setup = new Setup();
    await setup.start();
    expect(setup.first).toBe(false);
    setup.draft!.speaker.volume = 40;
    await setup.begin();
    expect(kept).toMatchObject({
      mode: 'tv',
      speaker: { volume: 40 },
      hub: { url: 'http://10.0.0.2:4040', id: 'a' },
    });
    expect(started).toBe(1);
  });
});

describe('addresses', () => {
  test.each([
    ['192.168.1.5', 'http://192.168.1.5:4040'],
    ['192.168.1.5:8080', 'http://192.168.1.5:8080'],
    ['http://hub.local/', 'http://hub.local:4040'],
    ['http://hub.local:80', 'http://hub.local'],
    ['https://antrean.example.id', 'https://antrean.example.id'],
    ['[fe80::1]', 'http://[fe80::1]:4040'],
    ['ftp://hub', null],
    ['dua kata', null],
    ['http://hub/lain', null],
    ['', null],
  ])('%s as a hub is %s', (typed, url) => expect(hubAddress(typed)).toBe(url));

  test.each([
    ['192.168.1.50', 'tcp://192.168.1.50:9100'],
    ['192.168.1.50:9101', 'tcp://192.168.1.50:9101'],
    [' tcp://10.0.0.3:9100 ', 'tcp://10.0.0.3:9100'],
    ['', ''],
  ])('%s as a printer is %s', (typed, address) => expect(printerAddress(typed)).toBe(address));
});
