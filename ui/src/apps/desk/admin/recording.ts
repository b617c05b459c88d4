// What was recorded becomes a clip of calls: silence cut off both ends, as loud as the clips of the voice pack, a WAV that
// every television plays.
import type { Sound } from '../../../host';

/** Loudness of the voice pack's clips and the height that nothing exceeds (assets/voices/make-voices.sh). */
const LOUDNESS = 10 ** (-20 / 20);
const TOP = 10 ** (-1 / 20);
/** Quieter than this nobody spoke, however much it would be amplified (−46 dB). */
const NOBODY = 0.005;
/** A window in which loudness is measured, and what stays before and after the words. */
const WINDOW_S = 0.01;
const BEFORE_S = 0.03;
const AFTER_S = 0.09;
const FADE_S = 0.005;
/** As the hub takes them. */
const SHORTEST_S = 0.15;
const LONGEST_S = 5;

export type BadRecording = 'silent' | 'short' | 'long';

/** A clip ready to be kept, or why it is none. */
export function clipFrom({ samples, rate }: Sound): Sound | BadRecording {
  const centred = withoutOffset(samples);
  const [from, until] = spoken(centred, rate);
  if (from >= until) return 'silent';
  if (until - from < SHORTEST_S * rate) return 'short';
  const start = Math.max(0, from - Math.round(BEFORE_S * rate));
  const end = Math.min(centred.length, until + Math.round(AFTER_S * rate));
  if (end - start > LONGEST_S * rate) return 'long';
  const clip = centred.slice(start, end);
  level(clip, loudness(centred, from, until));
  fade(clip, Math.round(FADE_S * rate));
  return { samples: clip, rate };
}

/** A WAV of 16 bits. */
export function wavOf({ samples, rate }: Sound): ArrayBuffer {
  const wav = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const text = (at: number, word: string) =>
    [...word].forEach((letter, index) => wav.setUint8(at + index, letter.charCodeAt(0)));
  text(0, 'RIFF');
  wav.setUint32(4, 36 + samples.length * 2, true);
  text(8, 'WAVEfmt ');
  wav.setUint32(16, 16, true);
  wav.setUint16(20, 1, true);
  wav.setUint16(22, 1, true);
  wav.setUint32(24, rate, true);
  wav.setUint32(28, rate * 2, true);
  wav.setUint16(32, 2, true);
  wav.setUint16(34, 16, true);
  text(36, 'data');
  wav.setUint32(40, samples.length * 2, true);
  samples.forEach((one, index) =>
    wav.setInt16(44 + index * 2, Math.round(Math.max(-1, Math.min(1, one)) * 32_767), true),
  );
  return wav.buffer;
}

export function base64Of(bytes: ArrayBuffer): string {
  const all = new Uint8Array(bytes);
  let text = '';
  // Not all at once: a call takes only so many arguments.
  for (let at = 0; at < all.length; at += 8_192) text += String.fromCharCode(...all.subarray(at, at + 8_192));
  return btoa(text);
}

/** Cheap sound cards add a constant to everything they hear. */
function withoutOffset(samples: Float32Array): Float32Array {
  const mean = samples.reduce((sum, one) => sum + one, 0) / (samples.length || 1);
  return samples.map((one) => one - mean);
}

/** From where to where somebody speaks: what is well above the quiet of the room, a click of the mouse left out. */
function spoken(samples: Float32Array, rate: number): [from: number, until: number] {
  const window = Math.max(1, Math.round(WINDOW_S * rate));
  const levels: number[] = [];
  for (let at = 0; at + window <= samples.length; at += window)
    levels.push(loudness(samples, at, at + window));
  const loudest = Math.max(0, ...levels);
  if (loudest < NOBODY) return [0, 0];
  const quiet = [...levels].sort((a, b) => a - b)[Math.floor(levels.length / 10)] ?? 0;
  const floor = Math.min(loudest / 4, Math.max(NOBODY / 2, loudest / 20, quiet * 3));
  const runs = runsAbove(levels, floor);
  if (!runs.length) return [0, 0];
  return [runs[0]![0] * window, runs[runs.length - 1]![1] * window];
}

/** Stretches that stay above the floor for three windows at least: shorter ones are clicks. */
function runsAbove(levels: number[], floor: number): [number, number][] {
  const runs: [number, number][] = [];
  let from = -1;
  for (let at = 0; at <= levels.length; at++) {
    const loud = (levels[at] ?? 0) >= floor;
    if (loud && from < 0) from = at;
    if (!loud && from >= 0) {
      if (at - from >= 3) runs.push([from, at]);
      from = -1;
    }
  }
  return runs;
}

function loudness(samples: Float32Array, from: number, until: number): number {
  let sum = 0;
  for (let at = from; at < until; at++) sum += samples[at]! ** 2;
  return Math.sqrt(sum / Math.max(1, until - from));
}

/** As loud as the other clips; the few peaks that would stick out are bent down, not cut. */
function level(samples: Float32Array, present: number): void {
  const gain = LOUDNESS / present;
  const knee = TOP * 0.7;
  samples.forEach((one, index) => {
    const height = Math.abs(one * gain);
    const bent = height <= knee ? height : knee + (TOP - knee) * Math.tanh((height - knee) / (TOP - knee));
    samples[index] = Math.sign(one) * bent;
  });
}

function fade(samples: Float32Array, length: number): void {
  for (let at = 0; at < Math.min(length, samples.length); at++) {
    samples[at]! *= at / length;
    samples[samples.length - 1 - at]! *= at / length;
  }
}
