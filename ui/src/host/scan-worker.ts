// Looks for a QR code in one picture at a time, away from the page so that the preview never stutters.
import decodeQr from 'qr/decode.js';

export interface ScanRequest {
  pixels: ArrayBuffer;
  width: number;
  height: number;
}
/** The code's words, or null where there is none. */
export type ScanAnswer = string | null;

self.onmessage = ({ data }: MessageEvent<ScanRequest>) => {
  self.postMessage(look(data));
};

function look({ pixels, width, height }: ScanRequest): ScanAnswer {
  try {
    return decodeQr({ data: new Uint8ClampedArray(pixels), width, height }, { timeLimit: 80 });
  } catch {
    return null;
  }
}
