// One finger, one number.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useHost } from '../../host';
import { fakeHost, refusal, type FakeHost } from '../../host/fake';
import type { Site } from '../../api/types';
import { aService, ownTicket } from '../../data/builders';
import { IDLE_MS, Kiosk, NUMBER_SECONDS, SETTLE_MS } from './kiosk.svelte';
import { site } from '../../data/site.svelte';
import { language } from '../../words/language.svelte';

const service = aService();
let host: FakeHost;
let kiosk: Kiosk;
let register: () => unknown;

beforeEach(async () => {
  vi.useFakeTimers();
  register = () => ({ ticket: ownTicket({ id: 13, position: 4 }) });
  host = fakeHost({
    answer: (_, path) => (path === '/api/register' ? register() : { services: [service], kelas: [], seq: 1 }),
  });
  useHost(host);
  language.show('id');
  kiosk = new Kiosk();
  kiosk.start();
  await vi.advanceTimersByTimeAsync(SETTLE_MS);
});
afterEach(() => {
  kiosk.stop();
  vi.useRealTimers();
});

const registrations = () => host.requests.filter((one) => one.path === '/api/register');
const settle = () => vi.advanceTimersByTimeAsync(SETTLE_MS);

describe('kiosk', () => {
  test('a touch gives a number', async () => {
    await kiosk.take(service);
    expect(kiosk.view).toMatchObject({ name: 'number', ticket: { nomor_antrean: 'A013' } });
    expect(registrations()[0]?.body).toEqual({ poli: 'umum', cara_daftar: 'offline' });
  });

  test('a double tap gives one number', async () => {
    const first = kiosk.take(service);
    const second = kiosk.take(service);
    await Promise.all([first, second]);
    await kiosk.take(service);
    expect(registrations()).toHaveLength(1);
  });

  test('a touch on another service while the first is under way is the same tap', async () => {
    const first = kiosk.take(service);
    void kiosk.take(aService({ slug: 'gigi' }));
    await first;
    expect(registrations().map((one) => one.body)).toEqual([{ poli: 'umum', cara_daftar: 'offline' }]);
  });

  test('a lost answer is asked for again with the same key, and the screen says so', async () => {
    let tries = 0;
    register = () => {
      if (++tries < 3) throw new TypeError('network');
      return { ticket: ownTicket({ id: 13 }) };
    };
    const taken = kiosk.take(service);
    await vi.advanceTimersByTimeAsync(0);
    expect(kiosk.view).toEqual({ name: 'sending', slug: 'umum', retrying: true });
    await vi.advanceTimersByTimeAsync(10_000);
    await taken;
    expect(kiosk.view.name).toBe('number');
    expect(new Set(registrations().map((one) => one.key)).size).toBe(1);
  });

  test('trying again by hand after giving up still uses the same key', async () => {
    register = () => {
      throw new TypeError('network');
    };
    void kiosk.take(service);
    await vi.advanceTimersByTimeAsync(1_000);
    kiosk.back();
    await settle();
    register = () => ({ ticket: ownTicket() });
    await kiosk.take(service);
    expect(kiosk.view.name).toBe('number');
    expect(new Set(registrations().map((one) => one.key)).size).toBe(1);
  });

  test('after giving up, “again” is the same wish', async () => {
    register = () => {
      throw new TypeError('network');
    };
    void kiosk.take(service);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(kiosk.view.name).toBe('refused');
    register = () => ({ ticket: ownTicket() });
    kiosk.again();
    await vi.advanceTimersByTimeAsync(0);
    expect(kiosk.view.name).toBe('number');
    expect(new Set(registrations().map((one) => one.key)).size).toBe(1);
  });

  test('a wait longer than the idle time still ends with the number on the screen', async () => {
    language.show('en');
    register = () => {
      throw new TypeError('network');
    };
    kiosk.touched();
    const taken = kiosk.take(service);
    await vi.advanceTimersByTimeAsync(IDLE_MS + 1_000);
    expect(kiosk.view.name).toBe('sending');
    register = () => ({ ticket: ownTicket({ id: 13 }) });
    await vi.advanceTimersByTimeAsync(9_000);
    await taken;
    expect(kiosk.view).toMatchObject({ name: 'number', ticket: { nomor_antrean: 'A013' } });
    expect(language.current).toBe('en');
  });

  test('a wish that was given up after a long wait stays told for the idle time', async () => {
    register = () => {
      throw new TypeError('network');
    };
    const taken = kiosk.take(service);
    while (kiosk.view.name === 'sending') await vi.advanceTimersByTimeAsync(500);
    await taken;
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1_000);
    expect(kiosk.view.name).toBe('refused');
  });

  test('a number that arrives after "back" is shown all the same', async () => {
    let answer: () => void = () => undefined;
    register = () => new Promise((go) => (answer = () => go({ ticket: ownTicket({ id: 13 }) })));
    const taken = kiosk.take(service);
    await settle();
    kiosk.back();
    expect(kiosk.view.name).toBe('start');
    answer();
    await taken;
    expect(kiosk.view).toMatchObject({ name: 'number', ticket: { nomor_antrean: 'A013' } });
  });

  test('a number that arrives while another is being taken goes to the next touch on its service', async () => {
    let answer: () => void = () => undefined;
    register = () => new Promise((go) => (answer = () => go({ ticket: ownTicket({ id: 13 }) })));
    const first = kiosk.take(service);
    await settle();
    kiosk.back();
    await settle();
    const late = answer;
    register = () => ({ ticket: ownTicket({ id: 40 }) });
    await kiosk.take(aService({ slug: 'gigi' }));
    late();
    await first;
    expect(kiosk.view).toMatchObject({ ticket: { id: 40 } });
    await settle();
    kiosk.back();
    await settle();
    await kiosk.take(service);
    const [one, , again] = registrations();
    expect(again?.key).toBe(one?.key);
  });

  test('the second answer to a wish sent twice is for nobody', async () => {
    const answers: (() => void)[] = [];
    register = () => new Promise((go) => answers.push(() => go({ ticket: ownTicket({ id: 13 }) })));
    const first = kiosk.take(service);
    await settle();
    kiosk.back();
    await settle();
    const second = kiosk.take(service);
    await vi.advanceTimersByTimeAsync(0);
    answers[1]!();
    await second;
    await settle();
    kiosk.back();
    answers[0]!();
    await first;
    expect(kiosk.view.name).toBe('start');
  });

  describe('loaded again while an answer is out', () => {
    const lost = () => {
      throw new TypeError('network');
    };
    const reload = () => {
      kiosk.stop();
      language.show('id');
      kiosk = new Kiosk();
      kiosk.start();
    };

    test('it asks with the same key and shows the one number, in the language of the visitor', async () => {
      language.show('en');
      register = lost;
      void kiosk.take(service);
      await vi.advanceTimersByTimeAsync(0);
      register = () => ({ ticket: ownTicket({ id: 13 }) });
      reload();
      expect(kiosk.view).toEqual({ name: 'sending', slug: 'umum', retrying: false });
      await vi.advanceTimersByTimeAsync(0);
      expect(kiosk.view).toMatchObject({ name: 'number', ticket: { nomor_antrean: 'A013' } });
      expect(new Set(registrations().map((one) => one.key)).size).toBe(1);
      expect(language.current).toBe('en');
    });

    test('the answer that reaches the page before is for nobody', async () => {
      let answer: () => void = () => undefined;
      register = () => new Promise((go) => (answer = () => go({ ticket: ownTicket({ id: 13 }) })));
      void kiosk.take(service);
      await vi.advanceTimersByTimeAsync(0);
      const [before, late] = [kiosk, answer];
      register = () => ({ ticket: ownTicket({ id: 13 }) });
      reload();
      late();
      await vi.advanceTimersByTimeAsync(0);
      expect([before.view.name, kiosk.view.name]).toEqual(['sending', 'number']);
    });

    test('a wish that was answered is not asked again', async () => {
      await kiosk.take(service);
      reload();
      await vi.advanceTimersByTimeAsync(0);
      expect(kiosk.view.name).toBe('start');
      expect(registrations()).toHaveLength(1);
    });

    test('a refusal ends the wish there too', async () => {
      register = lost;
      void kiosk.take(service);
      await vi.advanceTimersByTimeAsync(0);
      register = () => refusal(409, 'SERVICE_CLOSED', 'Poli Umum sedang tutup.');
      reload();
      await vi.advanceTimersByTimeAsync(0);
      expect(kiosk.view.name).toBe('refused');
      reload();
      expect(kiosk.view.name).toBe('start');
    });
  });

  test('the next wish has a key of its own', async () => {
    await kiosk.take(service);
    await settle();
    kiosk.back();
    await settle();
    await kiosk.take(service);
    expect(new Set(registrations().map((one) => one.key)).size).toBe(2);
  });

  test('what an older question brings changes nothing any more', async () => {
    const late: ((services: object[]) => void)[] = [];
    const lost: (() => void)[] = [];
    host.answer = () =>
      new Promise((answer, fail) => {
        late.push((services) => answer({ services, kelas: [], seq: 1 }));
        lost.push(() => fail(new TypeError('network')));
      });
    const ask = () => void kiosk.refresh();
    ask();
    ask();
    ask();
    await vi.advanceTimersByTimeAsync(0);
    late[2]!([service, { ...service, slug: 'gigi' }]);
    await vi.advanceTimersByTimeAsync(0);
    lost[0]!();
    late[1]!([service]);
    await vi.advanceTimersByTimeAsync(0);
    expect([kiosk.services?.length, kiosk.away]).toEqual([2, false]);
  });

  test('a refusal is shown and ends the wish', async () => {
    register = () => refusal(409, 'SERVICE_CLOSED', 'Poli Umum sedang tutup.');
    await kiosk.take(service);
    expect(kiosk.view).toMatchObject({ name: 'refused', error: { code: 'SERVICE_CLOSED' } });
  });

  test('the number stays for its time, longer when touched, then the start page returns', async () => {
    await kiosk.take(service);
    await vi.advanceTimersByTimeAsync((NUMBER_SECONDS - 1) * 1000);
    expect(kiosk.secondsLeft).toBe(1);
    kiosk.touched();
    expect(kiosk.secondsLeft).toBe(NUMBER_SECONDS);
    await vi.advanceTimersByTimeAsync(NUMBER_SECONDS * 1000);
    expect(kiosk.view.name).toBe('start');
  });

  test('a clock that is set back an hour keeps nobody waiting', async () => {
    vi.setSystemTime(Date.now() - 3_600_000);
    await kiosk.take(service);
    expect(kiosk.view.name).toBe('number');
    await settle();
    kiosk.back();
    expect(kiosk.view.name).toBe('start');
  });

  test('the second tap of the same finger does not close the number', async () => {
    await kiosk.take(service);
    kiosk.back();
    expect(kiosk.view.name).toBe('number');
    await settle();
    kiosk.back();
    expect(kiosk.view.name).toBe('start');
  });

  test('thirty idle seconds bring back Indonesian, normal text and normal contrast', async () => {
    language.show('en');
    kiosk.bigText = true;
    kiosk.contrast = true;
    kiosk.touched();
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    expect(language.current).toBe('en');
    await vi.advanceTimersByTimeAsync(1);
    expect([language.current, kiosk.bigText, kiosk.contrast]).toEqual(['id', false, false]);
  });
});

describe('who somebody says they are', () => {
  const siti = { field: 'nik', digits: '7371111708900001' } as const;
  beforeEach(() => {
    site.info = { kiosk_kenal: true } as Site;
    kiosk.say(siti);
  });
  afterEach(() => (site.info = null));

  test('goes along with the number, and ends with it', async () => {
    await kiosk.take(service);
    expect(registrations()[0]?.body).toEqual({ poli: 'umum', cara_daftar: 'offline', nik: siti.digits });
    expect(kiosk.who).toBeNull();
  });

  test('is said at no kiosk that does not ask', async () => {
    site.info = { kiosk_kenal: false } as Site;
    await kiosk.take(service);
    expect(registrations()[0]?.body).toEqual({ poli: 'umum', cara_daftar: 'offline' });
  });

  test('stays while there is no answer: touched again, it is the same wish', async () => {
    register = () => {
      throw new TypeError('network');
    };
    void kiosk.take(service);
    await settle();
    kiosk.back();
    expect(kiosk.who).toEqual(siti);
    await settle();
    void kiosk.take(service);
    await settle();
    expect(new Set(registrations().map((one) => one.key)).size).toBe(1);
  });

  test('is typed again where it was wrong, and forgotten after any other refusal', async () => {
    register = () => refusal(422, 'VALIDATION_ERROR', 'Periksa lagi.', { nik: 'Bukan tanggal lahir.' });
    await kiosk.take(service);
    await settle();
    kiosk.back();
    expect([kiosk.who, kiosk.asking]).toEqual([siti, true]);

    kiosk.say(siti);
    register = () => refusal(409, 'ALREADY_QUEUED', 'Sudah punya nomor.');
    await settle();
    await kiosk.take(service);
    await settle();
    kiosk.back();
    expect([kiosk.who, kiosk.asking]).toEqual([null, false]);
  });

  test('is gone for whoever comes after nobody touched the screen for a while', async () => {
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect([kiosk.who, kiosk.asking]).toEqual([null, false]);
  });
});
