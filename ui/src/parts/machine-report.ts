// This machine tells the hub how its devices are, so that staff hear of a fault before a visitor does.
import { api } from '../api/client';
import type { DeviceKind, DeviceReport, DeviceState } from '../api/types';
import { host, type Mode } from '../host';
import { causeOf } from '../words/device-words';
import { t } from '../words/language.svelte';

const EVERY_MS = 60_000;
const AGAIN_MS = 5_000;

export class MachineReporter {
  #mode: Mode;
  #devices = new Map<DeviceKind, DeviceReport>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;
  #changed = false;
  /** Who waits to know whether the hub heard. */
  #asked: ((heard: boolean) => void)[] = [];
  #running = false;
  /** Whether the hub has heard what is true now. */
  #heard = false;
  #shown: string | null = null;

  constructor(mode: Mode) {
    this.#mode = mode;
  }

  start(): void {
    this.#running = true;
    void this.#send();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  /** How a device is now; told at once when it is something new, or when the hub did not hear it the last time. Resolves to
   * whether the hub heard. */
  set(kind: DeviceKind, state: DeviceState, code: string | null): Promise<boolean> {
    const fault = code && causeOf(code);
    const before = this.#devices.get(kind);
    if (this.#heard && before?.state === state && before.fault === fault) return Promise.resolve(true);
    this.#devices.set(kind, { kind, state, fault });
    if (!this.#running) return Promise.resolve(false);
    const heard = new Promise<boolean>((resolve) => this.#asked.push(resolve));
    void this.#send();
    return heard;
  }

  /** What a screen shows now, for whoever looks after it from a desk. */
  show(shown: string | null): void {
    this.#shown = shown;
    if (this.#running) void this.#send();
  }

  async #send(): Promise<void> {
    this.#changed = true;
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#timer);
    let wait = EVERY_MS;
    while (this.#changed && this.#running) {
      this.#changed = false;
      const { id, name } = host().machine();
      const nama = name || t(`devices.machine_${this.#mode}`);
      const devices = [...this.#devices.values()];
      const asked = this.#asked.splice(0);
      // Two modes on one PC share its settings and its id, and are two machines to whoever has to mend them.
      this.#heard = await api
        .reportDevices({
          machine: `${id}-${this.#mode}`,
          nama,
          mode: this.#mode,
          devices,
          tampil: this.#shown,
        })
        .then(
          () => true,
          () => false,
        );
      asked.forEach((tell) => tell(this.#heard));
      wait = this.#heard ? EVERY_MS : AGAIN_MS;
    }
    this.#sending = false;
    if (this.#running) this.#timer = setTimeout(() => void this.#send(), wait);
  }
}
