// Keys of one letter act on a whole page. Whoever dictates to the machine, or brushes keys by accident, can do without them
// (WCAG 2.1.4); each person of a machine has the choice.
import { host } from '../host';
import { session } from './session.svelte';

class Letters {
  /** What was chosen since the page was loaded, by name. */
  #chosen = $state<Record<string, boolean>>({});

  get on(): boolean {
    return this.#chosen[this.#name] ?? host().remember.machine.read(this.#name) !== 'off';
  }

  set on(on: boolean) {
    this.#chosen[this.#name] = on;
    host().remember.machine.write(this.#name, on ? null : 'off');
  }

  get #name(): string {
    return `letters.${session.current?.user.username ?? ''}`;
  }
}

/** Whether the person at this desk wants keys of one letter. */
export const letters = new Letters();
