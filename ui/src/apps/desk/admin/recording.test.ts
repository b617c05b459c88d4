// A recording becomes a clip: cut, levelled, written as a WAV; what is none is told apart.
import { describe, expect, test } from 'vitest';
import { base64Of, clipFrom, wavOf } from './recording';

const RATE = 22_050;

/** Quiet, a tone, quiet: seconds and height. */
function said(before: number, tone: number, after: number, height: number, noise = 0): Float32Array {
  const all = new Float32Array(Math.round((before + tone + after) * RATE));
  for (let at = 0; at < all.length; at++) {
    const time = at / RATE;
    const speaks = time >= before && time < before + tone;
    all[at] = (speaks ? height * Math.sin(time * 2 * Math.PI * 220) : 0) + noise * Math.sin(at * 12.9898);
  }
  return all;
}

function clip(samples: Float32Array): Float32Array {
  const made = clipFrom({ samples, rate: RATE });
  if (typeof made === 'string') throw new Error(made);
  return made.samples;
}

const decibels = (samples: Float32Array) =>
  10 * Math.log10(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);

describe('a recording', () => {
  test.each([
    ['quiet', 0.05],
    ['usual', 0.3],
    ['loud', 0.99],
  ])('that is %s is as loud as the clips of the pack', (_, height) => {
    const loud = decibels(clip(said(0.8, 1.2, 0.9, height)));
    expect(loud).toBeGreaterThan(-21.5);
    expect(loud).toBeLessThan(-19.5);
  });

  test.each([
    [0, 0],
    [0.8, 0.9],
    [2.5, 0.2],
    [0.2, 2.5],
  ])('loses its silence of %s s before and %s s after', (before, after) => {
    const seconds = clip(said(before, 1.2, after, 0.3)).length / RATE;
    expect(seconds).toBeGreaterThanOrEqual(1.18);
    expect(seconds).toBeLessThanOrEqual(1.2 + 0.14);
  });

  test('keeps a pause inside', () => {
    const one = said(0.5, 0.4, 0.3, 0.3);
    const both = new Float32Array(one.length * 2);
    both.set(one);
    both.set(one, one.length);
    expect(clip(both).length / RATE).toBeGreaterThan(0.4 + 0.8 + 0.4 - 0.05);
  });

  test('in a room that hums is cut all the same', () => {
    expect(clip(said(1, 1, 1, 0.3, 0.01)).length / RATE).toBeLessThan(1.2);
  });

  test('of a sound card that adds a constant is cut and levelled all the same', () => {
    const made = clip(said(1, 1, 1, 0.3).map((one) => one + 0.2));
    expect(made.length / RATE).toBeLessThan(1.2);
    expect(Math.abs(made.reduce((sum, one) => sum + one, 0) / made.length)).toBeLessThan(0.01);
  });

  test('does not begin with the click of the mouse', () => {
    const samples = said(1, 1, 0.5, 0.3);
    samples.fill(0.9, 2_000, 2_200);
    expect(clip(samples).length / RATE).toBeLessThan(1.2);
  });

  test('never exceeds the top, also where one letter is much louder than the rest', () => {
    const samples = said(0.2, 1.5, 0.2, 0.05);
    for (let at = 0; at < 800; at++) samples[12_000 + at] = Math.sin(at / 5) * 0.9;
    const made = clip(samples);
    expect(Math.max(...made.map(Math.abs))).toBeLessThan(10 ** (-1 / 20) + 0.001);
  });

  test.each([
    ['silent', new Float32Array(0)],
    ['silent', said(3, 0, 0, 0)],
    ['silent', said(1, 1, 1, 0.004)],
    ['short', said(1, 0.08, 1, 0.3)],
    ['long', said(0, 5.5, 0, 0.3)],
  ])('is refused as %s', (why, samples) => {
    expect(clipFrom({ samples, rate: RATE })).toBe(why);
  });
});

describe('a wav', () => {
  test('is what every television plays: PCM, one channel, 16 bits', () => {
    const wav = new DataView(wavOf({ samples: Float32Array.of(0, 1, -1, 2, -2, 0.5), rate: RATE }));
    const text = (at: number, length: number) =>
      String.fromCharCode(...new Uint8Array(wav.buffer, at, length));
    expect([text(0, 4), text(8, 8), text(36, 4)]).toEqual(['RIFF', 'WAVEfmt ', 'data']);
    expect([wav.getUint32(4, true), wav.getUint32(40, true), wav.byteLength]).toEqual([48, 12, 56]);
    expect([wav.getUint16(20, true), wav.getUint16(22, true), wav.getUint16(34, true)]).toEqual([1, 1, 16]);
    expect([wav.getUint32(24, true), wav.getUint32(28, true)]).toEqual([RATE, RATE * 2]);
    const samples = [...Array(6).keys()].map((at) => wav.getInt16(44 + at * 2, true));
    expect(samples).toEqual([0, 32_767, -32_767, 32_767, -32_767, 16_384]);
  });

  test('travels as base64 however long it is', () => {
    const bytes = new Uint8Array(20_001).map((_, at) => at % 251);
    expect(base64Of(bytes.buffer)).toBe(Buffer.from(bytes).toString('base64'));
  });
});
