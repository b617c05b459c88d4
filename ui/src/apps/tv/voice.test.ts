// What is heard of a call: in order, by one TV of the room, by the first engine that works, never too long.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Spoken } from '../../api/types';
import { useHost } from '../../host';
import { fakeHost, type FakeHost } from '../../host/fake';
import type { Call, Message } from './announcer.svelte';
import { called } from '../../data/builders';
import { isQuiet, linesNow, quietNow } from './quiet';
import { Speaker } from './speaker';
import { BROKEN_MS } from './voice';

/** Clips as the fake hub has them: bytes, of which a thousand make a second. */
let pack: Record<string, number>;
let answers: { turn: string; wait_millis: number | null }[];
let host: FakeHost;
let health: [string, string | null][];

beforeEach(() => {
  vi.useFakeTimers();
  pack = { 'nomor-antrean': 1000, 'huruf-a': 500, 'angka-12': 700 };
  answers = [];
  health = [];
  host = fakeHost({
    voiceFault: null,
    answer: (_, path, body) => {
      const clip = /^\/api\/voices\/(?:id|en)\/(.+)\.flac$/.exec(path)?.[1];
      if (clip) return new Response(new Uint8Array(pack[clip]!));
      if (path.startsWith('/api/voices/'))
        return { clips: Object.fromEntries(Object.keys(pack).map((name) => [name, `${name}.flac`])) };
      if (path !== '/api/voice/turn') throw new TypeError(path);
      if ((body as { speaking: boolean }).speaking) return lost ? SPOKEN : SPEAK;
      return answers.shift() ?? SPEAK;
    },
  });
  lost = false;
  useHost(host);
});
afterEach(() => vi.useRealTimers());

const SPEAK = { turn: 'speak', wait_millis: null };
const SPOKEN = { turn: 'spoken', wait_millis: null };
let lost = false;

const spoken = (
  clips: string[],
  sentence = 'Nomor antrean A, dua belas',
  language: 'id' | 'en' = 'id',
): Spoken => ({
  language,
  sentence,
  clips,
});
const CALL = spoken(['nomor-antrean', 'huruf-a', 'angka-12']);
const call = (seq: number, ...speech: Spoken[]): Call => ({
  kind: 'call',
  seq,
  ticket: called(seq),
  again: false,
  speech,
});
const turns = (speaking: boolean) =>
  host.requests.filter((one) => (one.body as { speaking?: boolean })?.speaking === speaking);

function aSpeaker(): Speaker {
  return new Speaker({
    allowed: () => true,
    choice: () => host.me.speaker,
    health: (state, fault) => health.push([state, fault]),
  });
}

/** Announces, and lets so much time go by. */
async function hear(speaker: Speaker, item: Call | Message, millis = 10_000): Promise<boolean> {
  let over = false;
  void speaker.announce(item, new AbortController().signal).then(() => (over = true));
  await vi.advanceTimersByTimeAsync(millis);
  return over;
}

describe('voice', () => {
  test('chimes, then plays the clips of the sentence at the chosen volume', async () => {
    host.chimeMs = 1_000;
    void hear(aSpeaker(), call(7, CALL), 0);
    await vi.advanceTimersByTimeAsync(900);
    expect([host.chimes, host.heard.length]).toEqual([1, 0]);
    await vi.advanceTimersByTimeAsync(200);
    expect(host.heard).toEqual([{ by: 'clips', what: '1 0.5 0.7', volume: 0.8, stopped: false }]);
  });

  test('says Indonesian first and English after its end', async () => {
    const speech = [CALL, spoken([], 'Number A, twelve', 'en')];
    void hear(aSpeaker(), call(7, ...speech), 0);
    await vi.advanceTimersByTimeAsync(2_100);
    expect(host.heard.map((one) => one.by)).toEqual(['clips']);
    await vi.advanceTimersByTimeAsync(200);
    expect(host.heard[1]).toMatchObject({ by: 'voice', what: 'Number A, twelve', language: 'en' });
  });

  test('leaves out an optional clip that the pack lacks', async () => {
    await hear(aSpeaker(), call(7, spoken(['nomor-antrean', 'layanan-umum?', 'angka-12'])));
    expect(host.heard[0]).toMatchObject({ by: 'clips', what: '1 0.7' });
  });

  test('plays an optional clip that the pack has', async () => {
    pack['layanan-umum'] = 900;
    await hear(aSpeaker(), call(7, spoken(['nomor-antrean', 'layanan-umum?', 'angka-12'])));
    expect(host.heard[0]).toMatchObject({ what: '1 0.9 0.7' });
  });

  test('a sentence whose clips are not all there is read by the voice', async () => {
    await hear(aSpeaker(), call(7, spoken(['nomor-antrean', 'huruf-z'])));
    expect(host.heard).toMatchObject([{ by: 'voice', what: 'Nomor antrean A, dua belas' }]);
    expect(health).toEqual([['ok', null]]);
  });

  test('free text goes straight to the voice', async () => {
    const message: Message = {
      kind: 'message',
      seq: 9,
      text: 'Parkir penuh.',
      speech: [spoken([], 'Parkir penuh.')],
    };
    await hear(aSpeaker(), message);
    expect(host.heard).toMatchObject([{ by: 'voice', what: 'Parkir penuh.' }]);
  });

  test.each(['hung', 'died', 'mute'])(
    'clips that break down (%s) are read by the voice, and told',
    async (fault) => {
      host.clipFault = fault;
      await hear(aSpeaker(), call(7, CALL));
      expect(host.heard).toMatchObject([{ by: 'voice' }]);
      expect(health).toEqual([['warning', fault]]);
    },
  );

  test('an engine that never answers is skipped, and stopped', async () => {
    host.clipFault = 'silence';
    const over = await hear(aSpeaker(), call(7, CALL), 8_000);
    expect(host.heard.map((one) => [one.by, one.stopped])).toEqual([
      ['clips', true],
      ['voice', false],
    ]);
    expect([over, health]).toEqual([true, [['warning', 'hung']]]);
  });

  test('an engine that broke down is left alone for a minute', async () => {
    host.clipFault = 'died';
    const speaker = aSpeaker();
    await hear(speaker, call(7, CALL));
    host.clipFault = null;
    await hear(speaker, call(8, CALL));
    expect(host.heard.at(-1)).toMatchObject({ by: 'voice' });
    await vi.advanceTimersByTimeAsync(BROKEN_MS);
    await hear(speaker, call(9, CALL));
    expect(host.heard.at(-1)).toMatchObject({ by: 'clips' });
    expect(health.at(-1)).toEqual(['ok', null]);
  });

  test('a minute is a minute, also when the clock is set back a day', async () => {
    host.clipFault = 'died';
    const speaker = aSpeaker();
    await hear(speaker, call(7, CALL));
    host.clipFault = null;
    vi.setSystemTime(Date.now() - 86_400_000);
    await vi.advanceTimersByTimeAsync(BROKEN_MS);
    await hear(speaker, call(8, CALL));
    expect(host.heard.at(-1)).toMatchObject({ by: 'clips' });
  });

  test('a language without a voice does not silence the other one', async () => {
    pack = {};
    host.voiceFault = 'no_voice';
    const speaker = aSpeaker();
    await hear(speaker, call(7, spoken([], 'Queue number A, twelve', 'en')));
    host.voiceFault = null;
    await hear(speaker, call(8, CALL));
    expect(host.heard).toMatchObject([{ by: 'voice' }]);
  });

  test('without any voice the call ends at once, and staff are told', async () => {
    host.voiceFault = 'no_engine';
    pack = {};
    const over = await hear(aSpeaker(), call(7, CALL), 100);
    expect([over, health]).toEqual([true, [['fault', 'no_engine']]]);
  });

  describe('without an engine that reads', () => {
    const OWN = spoken([], 'Nomor antrean A, dua belas, ambil obat di loket tiga');
    const PLAIN = [
      'nomor-antrean',
      'huruf-a',
      'angka-0',
      'angka-1',
      'angka-2',
      'silakan-ke-loket',
      'angka-3',
    ];
    beforeEach(() => {
      host.voiceFault = 'no_engine';
      pack = Object.fromEntries(PLAIN.map((name, index) => [name, (index + 1) * 100]));
    });

    test('a service with a sentence of its own is called from clips alone, and staff are told', async () => {
      await hear(aSpeaker(), call(12, OWN));
      expect(host.heard).toMatchObject([{ by: 'clips', what: '0.1 0.2 0.3 0.4 0.5 0.6 0.7' }]);
      expect(health).toEqual([['warning', 'no_engine']]);
    });

    test('so is a sentence that needs a clip which the pack lacks', async () => {
      await hear(aSpeaker(), call(12, spoken(['nomor-antrean', 'layanan-farmasi'])));
      expect(host.heard).toMatchObject([{ by: 'clips', what: '0.1 0.2 0.3 0.4 0.5 0.6 0.7' }]);
    });

    test('and every call while the engine that broke down rests', async () => {
      const speaker = aSpeaker();
      await hear(speaker, call(12, OWN));
      await hear(speaker, call(12, OWN));
      expect(host.heard.map((one) => one.by)).toEqual(['clips', 'clips']);
    });

    test('a pack that lacks even those says nothing', async () => {
      delete pack['huruf-a'];
      await hear(aSpeaker(), call(12, OWN));
      expect([host.heard, health]).toEqual([[], [['fault', 'no_engine']]]);
    });

    test('free text is no call', async () => {
      await hear(aSpeaker(), { kind: 'message', seq: 9, text: 'Parkir.', speech: [spoken([], 'Parkir.')] });
      expect(host.heard).toEqual([]);
    });
  });

  test('a voice that reads has the whole sentence, not the plain call', async () => {
    await hear(aSpeaker(), call(12, spoken([], 'Nomor antrean A, dua belas, ambil obat di loket tiga')));
    expect(host.heard).toMatchObject([{ by: 'voice' }]);
  });

  test('a machine that cannot even chime says so', async () => {
    host.soundAllowed = false;
    await hear(aSpeaker(), call(7, CALL));
    expect([host.heard, health]).toEqual([[], [['fault', 'mute']]]);
  });

  test('a clip that does not arrive in time does not hold up the call', async () => {
    const answer = host.answer;
    host.answer = (...asked) =>
      asked[1].includes('angka-12') ? new Promise(() => undefined) : answer(...asked);
    await hear(aSpeaker(), call(7, CALL), 3_500);
    expect(host.heard).toMatchObject([{ by: 'voice' }]);
  });
});

describe('the turn of the room', () => {
  test('what another TV said is not said again', async () => {
    answers = [SPOKEN];
    expect(await hear(aSpeaker(), call(7, CALL), 100)).toBe(true);
    expect([host.chimes, host.heard]).toEqual([0, []]);
  });

  test('while another TV has the turn this one waits, and takes over when that one fell silent', async () => {
    answers = [{ turn: 'wait', wait_millis: 3_000 }, SPEAK];
    void hear(aSpeaker(), call(7, CALL), 0);
    await vi.advanceTimersByTimeAsync(2_900);
    expect(host.chimes).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect([host.chimes, host.heard.length]).toEqual([1, 1]);
  });

  test('while it speaks it says so every second, and no longer', async () => {
    await hear(aSpeaker(), call(7, CALL), 10_000);
    // 2.2 seconds of clips: at the begin, after one second, after two.
    expect(turns(true)).toHaveLength(3);
    expect(turns(true)[0]!.body).toEqual({ zone: 'utama', machine: 'mesin-1', seq: 7, speaking: true });
  });

  test('it stops when another TV took over', async () => {
    void hear(aSpeaker(), call(7, CALL, CALL), 0);
    await vi.advanceTimersByTimeAsync(500);
    lost = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(host.heard.map((one) => one.stopped)).toEqual([true]);
  });

  test('a hub that cannot be asked silences nobody', async () => {
    const answer = host.answer;
    host.answer = (...asked) => {
      if (asked[1] === '/api/voice/turn') throw new TypeError('network');
      return answer(...asked);
    };
    await hear(aSpeaker(), call(7, CALL));
    expect(host.heard).toHaveLength(1);
  });

  test('calls missed together share one turn', async () => {
    const speaker = aSpeaker();
    await hear(speaker, call(900, CALL));
    answers = [SPOKEN];
    await hear(speaker, { ...call(900, CALL), ticket: called(2) });
    expect(host.heard).toHaveLength(2);
  });
});

describe('quiet hours', () => {
  const speaker = (quiet_from: string, quiet_until: string) => ({
    on: true,
    volume: 80,
    quiet_from,
    quiet_until,
  });
  const at = (hour: string) => Date.parse(`2026-11-20T${hour}:00+08:00`);
  test.each([
    ['20:00', '06:00', '19:59', false],
    ['20:00', '06:00', '20:00', true],
    ['20:00', '06:00', '03:00', true],
    ['20:00', '06:00', '06:00', false],
    ['12:00', '13:00', '12:30', true],
    ['12:00', '13:00', '13:00', false],
    ['', '', '03:00', false],
    ['20:00', '', '23:00', false],
  ])('from %s until %s, at %s: %s', (from, until, now, quiet) => {
    expect(isQuiet(speaker(from, until), at(now), '+08:00')).toBe(quiet);
  });
});

describe('what all TVs keep to', () => {
  const at = (moment: string) => Date.parse(`${moment}:00+08:00`);
  test('the time of quiet that it is now has a name', () => {
    const times = [
      { nama: 'Salat Zuhur', dari: '11:55', sampai: '12:20' },
      { nama: 'Malam', dari: '22:00', sampai: '05:00' },
    ];
    const now = (hour: string) => quietNow(times, at(`2026-11-20T${hour}`), '+08:00')?.nama;
    expect([now('11:54'), now('11:55'), now('12:20'), now('23:00'), now('04:59')]).toEqual([
      undefined,
      'Salat Zuhur',
      undefined,
      'Malam',
      'Malam',
    ]);
  });

  test('lines stand at the foot on their days and at their hours', () => {
    const line = (id: string, hari: number[], dari: string | null, sampai: string | null) => ({
      id,
      en: '',
      hari,
      dari,
      sampai,
    });
    const lines = [
      line('selalu', [], null, null),
      line('Jumat pagi', [5], '08:00', '11:00'),
      line('Minggu', [7], null, null),
    ];
    const now = (moment: string) => linesNow(lines, at(moment), '+08:00').map((one) => one.id);
    // 20 November 2026 is a Friday.
    expect(now('2026-11-20T07:59')).toEqual(['selalu']);
    expect(now('2026-11-20T08:00')).toEqual(['selalu', 'Jumat pagi']);
    expect(now('2026-11-20T11:00')).toEqual(['selalu']);
    expect(now('2026-11-22T00:00')).toEqual(['selalu', 'Minggu']);
    expect(now('2026-11-22T23:59')).toEqual(['selalu', 'Minggu']);
    expect(now('2026-11-23T00:00')).toEqual(['selalu']);
  });
});
