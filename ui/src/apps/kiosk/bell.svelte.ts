// The visitor's button for help: every desk hears of it at once, and this screen says whether it did.
import type { MachineReporter } from '../../parts/machine-report';

/** Nobody waits in front of a machine for longer; a bell that nobody ends falls silent. */
export const RINGS_MS = 3 * 60_000;

export class Bell {
  /** `still`; `ringing` until the hub has heard; then `told`, or `unheard` when it could not be reached. */
  state = $state<'still' | 'ringing' | 'told' | 'unheard'>('still');
  #reporter: MachineReporter;
  #end: ReturnType<typeof setTimeout> | undefined;

  constructor(reporter: MachineReporter) {
    this.#reporter = reporter;
  }

  /** Rings at every desk; while it rings, further touches are the same call. */
  async ring(): Promise<void> {
    if (this.state === 'ringing' || this.state === 'told') return;
    this.state = 'ringing';
    clearTimeout(this.#end);
    this.#end = setTimeout(() => this.hush(), RINGS_MS);
    const heard = await this.#reporter.set('bell', 'warning', 'wanted');
    if (this.state === 'ringing') this.state = heard ? 'told' : 'unheard';
  }

  /** Somebody came, or the visitor left. */
  hush(): void {
    clearTimeout(this.#end);
    if (this.state === 'still') return;
    this.state = 'still';
    void this.#reporter.set('bell', 'ok', null);
  }
}
