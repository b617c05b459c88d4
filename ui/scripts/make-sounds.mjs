// Writes assets/sounds/chime.wav: two soft bell tones (E5, C5), so that the repository needs no recording.
import { mkdirSync, writeFileSync } from 'node:fs';

const RATE = 22_050;
const SECONDS = 1.5;
const TONES = [
  { at: 0, hertz: 659.26 },
  { at: 0.38, hertz: 523.25 },
];
// A bell is its tone and a few quieter ones above it that fade sooner.
const PARTIALS = [
  { times: 1, loud: 1, fade: 0.42 },
  { times: 2, loud: 0.32, fade: 0.26 },
  { times: 3.01, loud: 0.12, fade: 0.14 },
];

const samples = new Float64Array(RATE * SECONDS);
for (const tone of TONES) {
  for (let i = Math.floor(tone.at * RATE); i < samples.length; i++) {
    const t = i / RATE - tone.at;
    const attack = Math.min(1, t / 0.006);
    for (const partial of PARTIALS)
      samples[i] +=
        attack *
        partial.loud *
        Math.exp(-t / partial.fade) *
        Math.sin(2 * Math.PI * tone.hertz * partial.times * t);
  }
}
const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

const wav = Buffer.alloc(44 + samples.length * 2);
wav.write('RIFF', 0);
wav.writeUInt32LE(36 + samples.length * 2, 4);
wav.write('WAVEfmt ', 8);
wav.writeUInt32LE(16, 16);
wav.writeUInt16LE(1, 20); // plain samples
wav.writeUInt16LE(1, 22); // one channel
wav.writeUInt32LE(RATE, 24);
wav.writeUInt32LE(RATE * 2, 28);
wav.writeUInt16LE(2, 32);
wav.writeUInt16LE(16, 34);
wav.write('data', 36);
wav.writeUInt32LE(samples.length * 2, 40);
samples.forEach((sample, i) => {
  // The last tenth of a second fades to nothing, so that the end does not click.
  const end = Math.min(1, (samples.length - i) / (RATE * 0.1));
  wav.writeInt16LE(Math.round((sample / peak) * end * 0.85 * 32_767), 44 + i * 2);
});

const folder = new URL('../../assets/sounds/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('chime.wav', folder), wav);
