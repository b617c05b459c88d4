// The camera of the receptionist's desk: which one looks, what is wrong with it, and that it has just found something.
import { host, type Camera, type CameraHandlers } from '../../../host';

const FLASH_MS = 900;

export class Lookout {
  readonly camera: Camera | null = host().can.scan ? host().camera : null;
  cameras = $state.raw<{ id: string; name: string }[]>([]);
  source = $state<string | null>(host().remember.machine.read('camera'));
  fault = $state<string | null>(null);
  /** A first picture has come. */
  seeing = $state(false);
  /** A code was found a moment ago. */
  found = $state(false);

  /** It has worked here: from now on it is missed when it is gone. A desk that never had one misses nothing. */
  known = $state(false);

  #hit: (text: string) => void;
  #frame: CameraHandlers['frame'] = () => undefined;
  #flash: ReturnType<typeof setTimeout> | undefined;

  constructor(hit: (text: string) => void) {
    this.#hit = hit;
  }

  start(frame: CameraHandlers['frame']): void {
    this.#frame = frame;
    void this.#open();
  }

  stop(): void {
    clearTimeout(this.#flash);
    this.camera?.close();
  }

  /** Another camera; null: the machine's own choice. */
  choose(source: string | null): void {
    this.source = source;
    host().remember.machine.write('camera', source);
    void this.#open();
  }

  async #open(): Promise<void> {
    if (!this.camera) return;
    this.seeing = false;
    this.fault = null;
    await this.camera.open(this.source, {
      frame: (picture, width, height) => {
        // A last picture that was under way when the camera broke.
        if (isBlind(this.fault)) return;
        if (!this.seeing) {
          this.seeing = true;
          this.known = true;
          // Only now does a browser tell the names.
          void this.#list();
        }
        this.#frame(picture, width, height);
      },
      hit: (text) => {
        this.found = true;
        clearTimeout(this.#flash);
        this.#flash = setTimeout(() => (this.found = false), FLASH_MS);
        this.#hit(text);
      },
      health: (fault) => {
        if (fault !== this.fault) void this.#list();
        this.fault = fault;
        if (isBlind(fault)) this.seeing = false;
      },
    });
    void this.#list();
  }

  async #list(): Promise<void> {
    try {
      this.cameras = (await this.camera?.list()) ?? [];
    } catch {
      this.cameras = [];
    }
  }
}

/** A picture that is black or stands still is shown all the same, the words explain it. */
function isBlind(fault: string | null): boolean {
  return fault !== null && fault !== 'black' && fault !== 'frozen';
}
