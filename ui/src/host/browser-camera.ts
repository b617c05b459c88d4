// The browser's own camera, where a secure page may have one: preview, QR codes, and what is wrong with it.
import { PictureJudge } from './judge';
import { Seen } from './seen';
import type { ScanAnswer, ScanRequest } from './scan-worker';
import type { Camera, CameraHandlers } from './types';

/** The picture that is searched: wide enough for a code of 20 mm at arm's length. */
const SEARCHED_WIDTH = 960;
const SEARCH_EVERY_MS = 90;
const RETRY_MS = 2_000;

interface NativeDetector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}

export function browserCamera(): Camera | null {
  if (typeof window === 'undefined' || !window.isSecureContext) return null;
  if (!navigator.mediaDevices?.getUserMedia) return null;
  let view: View | undefined;
  return {
    async list() {
      const devices = await navigator.mediaDevices.enumerateDevices();
      return devices
        .filter((one) => one.kind === 'videoinput' && one.deviceId)
        .map((one) => ({ id: one.deviceId, name: one.label || one.deviceId.slice(0, 6) }));
    },
    async open(source, handlers) {
      view?.close();
      view = new View(source, handlers);
      await view.open();
    },
    close() {
      view?.close();
      view = undefined;
    },
  };
}

class View {
  #source: string | null;
  #handlers: CameraHandlers;
  #video = document.createElement('video');
  #canvas = document.createElement('canvas');
  #stream: MediaStream | undefined;
  #closed = false;
  #frames = 0;
  #searching: ReturnType<typeof setInterval> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #find: Finder | undefined;
  #judge = new PictureJudge();
  #seen = new Seen();
  #busy = false;

  constructor(source: string | null, handlers: CameraHandlers) {
    this.#source = source;
    this.#handlers = handlers;
    this.#video.muted = true;
    this.#video.playsInline = true;
  }

  /** A camera that cannot be opened is tried again: it may be plugged in, or left by another program. */
  async open(): Promise<void> {
    clearTimeout(this.#again);
    try {
      const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
      const video = this.#source
        ? { ...size, deviceId: { exact: this.#source } }
        : { ...size, facingMode: 'environment' };
      const stream = await navigator.mediaDevices.getUserMedia({ video });
      if (this.#closed) return stop(stream);
      this.#stream = stream;
      stream.getVideoTracks()[0]?.addEventListener('ended', () => this.#lost('unplugged'));
      this.#video.srcObject = stream;
      await this.#video.play();
      this.#find ??= await finder();
      if (this.#closed) return this.close();
      this.#handlers.health(null);
      this.#judge = new PictureJudge();
      this.#show();
      this.#searching = setInterval(() => void this.#search(), SEARCH_EVERY_MS);
    } catch (problem) {
      this.#lost(faultOf(problem));
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#again);
    this.#rest();
    this.#find?.end();
    this.#find = undefined;
  }

  #lost(fault: string): void {
    if (this.#closed) return;
    this.#rest();
    this.#handlers.health(fault);
    this.#again = setTimeout(() => void this.open(), RETRY_MS);
  }

  #rest(): void {
    clearInterval(this.#searching);
    cancelAnimationFrame(this.#frames);
    if (this.#stream) stop(this.#stream);
    this.#stream = undefined;
    this.#video.srcObject = null;
  }

  #show(): void {
    const { videoWidth, videoHeight } = this.#video;
    if (videoWidth) this.#handlers.frame(this.#video, videoWidth, videoHeight);
    this.#frames = requestAnimationFrame(() => this.#show());
  }

  async #search(): Promise<void> {
    const { videoWidth, videoHeight } = this.#video;
    if (this.#busy || !videoWidth || !this.#find) return;
    this.#busy = true;
    try {
      const width = Math.min(SEARCHED_WIDTH, videoWidth);
      const height = Math.round((videoHeight * width) / videoWidth);
      Object.assign(this.#canvas, { width, height });
      const paper = this.#canvas.getContext('2d', { willReadFrequently: true })!;
      paper.drawImage(this.#video, 0, 0, width, height);
      const picture = paper.getImageData(0, 0, width, height);
      const now = performance.now();
      if (this.#judge.look(picture.data, now)) this.#handlers.health(this.#judge.fault);
      const text = await this.#find.look(this.#canvas, picture);
      if (!this.#closed && this.#seen.isNew(text, performance.now())) this.#handlers.hit(text!);
    } catch {
      // One picture that could not be searched is no news: the next one comes in a moment.
    } finally {
      this.#busy = false;
    }
  }
}

interface Finder {
  look(canvas: HTMLCanvasElement, picture: ImageData): Promise<string | null>;
  end(): void;
}

/** The browser's own detector where it has one, else ours in a worker. */
async function finder(): Promise<Finder> {
  const Native = (window as { BarcodeDetector?: NativeKind }).BarcodeDetector;
  if (Native && (await formatsOf(Native)).includes('qr_code')) {
    const native = new Native({ formats: ['qr_code'] });
    return {
      look: async (canvas) => (await native.detect(canvas))[0]?.rawValue ?? null,
      end: () => undefined,
    };
  }
  const worker = new Worker(new URL('./scan-worker.ts', import.meta.url), { type: 'module' });
  return {
    look: (_, picture) =>
      new Promise((found, failed) => {
        worker.onmessage = ({ data }: MessageEvent<ScanAnswer>) => found(data);
        worker.onerror = failed;
        const request: ScanRequest = {
          pixels: picture.data.buffer,
          width: picture.width,
          height: picture.height,
        };
        worker.postMessage(request, [request.pixels]);
      }),
    end: () => worker.terminate(),
  };
}

interface NativeKind {
  new (options: { formats: string[] }): NativeDetector;
  getSupportedFormats(): Promise<string[]>;
}

function formatsOf(kind: NativeKind): Promise<string[]> {
  return kind.getSupportedFormats().catch(() => []);
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

const FAULTS: Record<string, string> = {
  NotFoundError: 'not_found',
  OverconstrainedError: 'not_found',
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

function faultOf(problem: unknown): string {
  return FAULTS[(problem as { name?: string })?.name ?? ''] ?? 'unreadable';
}
