// A film for the fake camera of a browser: a QR code on a slightly restless background.
import { writeFileSync } from 'node:fs';
import { encode } from 'uqr';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 12;
const MODULE = 7;

/** Writes a film (YUV4MPEG2) that shows `text` as a QR code in its middle. */
export function filmOf(text: string, file: string): void {
  const code = encode(text, { ecc: 'M', border: 3 });
  const left = Math.floor((WIDTH - code.size * MODULE) / 2);
  const top = Math.floor((HEIGHT - code.size * MODULE) / 2);
  const parts: Buffer[] = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F20:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = 0; frame < FRAMES; frame++) {
    const light = Buffer.alloc(WIDTH * HEIGHT);
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const row = code.data[Math.floor((y - top) / MODULE)];
        const dark = row?.[Math.floor((x - left) / MODULE)];
        // A real camera is never still: a picture that never changes would be taken for a frozen one.
        const noise = ((x * 7 + y * 13 + frame * 29) % 11) - 5;
        light[y * WIDTH + x] = (dark === undefined ? 120 : dark ? 24 : 226) + noise;
      }
    }
    parts.push(Buffer.from('FRAME\n'), light, Buffer.alloc((WIDTH * HEIGHT) / 2, 128));
  }
  writeFileSync(file, Buffer.concat(parts));
}
