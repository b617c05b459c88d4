// The recorded voice as it is really heard: the clips that the hub serves, joined by the code that joins them on a TV.
import { expect, test, type Page } from '@playwright/test';
import { join } from '../src/host/join';
import { Desk, Hub, register } from './hub';
import { open } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

interface Joined {
  /** Seconds of the whole and of each clip. */
  whole: number;
  clips: number[];
  /** Loudness of the whole in dB below full scale. */
  loudness: number;
  /** Loudest sample, 1 = full scale. */
  peak: number;
  /** Milliseconds of silence around each join, and how many of them the two clips bring along themselves. */
  gaps: { all: number; own: number }[];
}

/** Joins clips in the page, with the page's own decoder. */
async function joined(page: Page, language: string, names: string[]): Promise<Joined> {
  const work = `(async () => {
    const join = ${join.toString()};
    const context = new OfflineAudioContext(1, 1, 48000);
    const { clips } = await (await fetch('/api/voices/${language}')).json();
    const parts = [];
    for (const name of ${JSON.stringify(names)}) {
      if (!(name in clips)) throw new Error('no clip ' + name);
      const answer = await fetch('/api/voices/${language}/' + clips[name]);
      parts.push(await context.decodeAudioData(await answer.arrayBuffer()));
    }
    const whole = join(context, parts);
    const data = whole.getChannelData(0);
    let sum = 0, peak = 0;
    for (const x of data) { sum += x * x; peak = Math.max(peak, Math.abs(x)); }
    const loud = (i) => Math.abs(data[i]) > 0.001;
    const gaps = [];
    let at = 0;
    const lead = (x) => { let n = 0; while (n < x.length && Math.abs(x[n]) <= 0.001) n++; return n; };
    for (const [index, part] of parts.slice(0, -1).entries()) {
      at += part.length;
      const own = lead(part.getChannelData(0).slice().reverse()) + lead(parts[index + 1].getChannelData(0));
      let from = at, until = at;
      while (from > 0 && !loud(from - 1)) from--;
      while (until < data.length && !loud(until)) until++;
      gaps.push({ all: (until - from) / 48, own: own / 48 });
    }
    return {
      whole: whole.duration,
      clips: parts.map((part) => part.duration),
      loudness: 10 * Math.log10(sum / data.length),
      peak,
      gaps,
    };
  })()`;
  return page.evaluate(work);
}

const CALLS: [language: string, names: string[]][] = [
  ['id', ['nomor-antrean', 'huruf-a', 'angka-12', 'silakan-ke-loket', 'angka-3']],
  ['id', ['nomor-antrean', 'huruf-z', 'ratus-9', 'angka-99', 'silakan-ke-loket', 'angka-11']],
  ['id', ['nomor-antrean', 'huruf-b', 'angka-0', 'angka-0', 'angka-7', 'silakan-ke-loket', 'angka-1']],
  ['en', ['nomor-antrean', 'huruf-a', 'angka-12', 'silakan-ke-loket', 'angka-3']],
];

for (const [language, names] of CALLS) {
  test(`${language}: ${names.join(' ')} is one sound without a gap`, async ({ browser }) => {
    const page = await open(browser, hub, '/');
    const { whole, clips, loudness, peak, gaps } = await joined(page, language, names);
    const sum = clips.reduce((all, one) => all + one, 0);
    expect(Math.abs(whole - sum)).toBeLessThan(0.001);
    expect(loudness).toBeGreaterThan(-26);
    expect(loudness).toBeLessThan(-14);
    expect(peak).toBeLessThan(1);
    for (const gap of gaps) {
      // Joining adds no silence; the pauses of the sentence are in the recordings, and stay short.
      expect(gap.all - gap.own).toBeLessThanOrEqual(5);
      expect(gap.all).toBeLessThanOrEqual(250);
    }
    await page.context().close();
  });
}

test('every call of the demonstration can be said with clips alone', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'dewi');
  await register(hub, 'gigi');
  const { id } = await desk.callNext(2);
  const page = await open(browser, hub, '/');
  const missing = await page.evaluate(async (id) => {
    const { speech } = await (await fetch(`/api/queue/${id}/speech`)).json();
    const { clips } = await (await fetch(`/api/voices/${speech[0].language}`)).json();
    return (speech[0].clips as string[]).filter((name) => !name.endsWith('?') && !(name in clips));
  }, id);
  expect(missing).toEqual([]);
});
