// A picture somebody chose becomes the logo of a ticket: small, in shades of grey, a PNG as base64.

/** Dots of the widest logo that a printer of 80 mm prints (two thirds of its paper, 12 mm high). */
const ACROSS = 384;
const DOWN = 96;
/** Fewer shades make a smaller file; the paper knows two. */
const SHADES = 16;

/** How large a picture becomes so that it fits; a small one is not blown up. */
export function logoSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, ACROSS / width, DOWN / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Pixels in place become grey on white paper. */
export function inkOnPaper(pixels: Uint8ClampedArray): void {
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3]! / 255;
    const light = 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
    const paper = light * alpha + 255 * (1 - alpha);
    const shade = (Math.round((paper / 255) * (SHADES - 1)) * 255) / (SHADES - 1);
    pixels.fill(shade, at, at + 3);
    pixels[at + 3] = 255;
  }
}

/** Rejects when the file is no picture. */
export async function logoFrom(file: Blob): Promise<string> {
  const url = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    // An SVG without a size of its own says 0.
    const size = logoSize(picture.naturalWidth || ACROSS, picture.naturalHeight || DOWN);
    const canvas = Object.assign(document.createElement('canvas'), size);
    const context = canvas.getContext('2d')!;
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, 0, size.width, size.height);
    const pixels = context.getImageData(0, 0, size.width, size.height);
    inkOnPaper(pixels.data);
    context.putImageData(pixels, 0, 0);
    return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
  } finally {
    URL.revokeObjectURL(url);
  }
}
