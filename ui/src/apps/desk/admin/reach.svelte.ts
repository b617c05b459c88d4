// Which of the hub's addresses phones can open: asked often while somebody stands there with a phone, now and then otherwise.
import { reach, type Address } from '../../../api/reach';

/** Somebody has just scanned and looks at the screen. */
const TESTING_MS = 1_500;
const RESTING_MS = 60_000;

export class Reach {
  addresses = $state.raw<Address[]>([]);
  /** Numbers were given, and no phone ever came. */
  never = $state(false);
  testing = $state(false);

  #next: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor() {}

  start(): void {
    void this.#ask();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#next);
  }

  /** Shows the addresses with their codes, or no longer. */
  test(on: boolean): void {
    this.testing = on;
    void this.#ask();
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#next);
    // The page itself says when the hub is away or the session over.
    await reach.addresses().then(
      ({ addresses, phones }) => {
        this.addresses = addresses;
        this.never = phones === 'never';
      },
      () => undefined,
    );
    clearTimeout(this.#next);
    if (!this.#stopped)
      this.#next = setTimeout(() => void this.#ask(), this.testing ? TESTING_MS : RESTING_MS);
  }
}
