// Who a browser is: a name it gave itself once, and what somebody chose for it in its small settings.
import type { Machine, Memory } from './types';

/** TVs that nobody told a room stand in the same one: a call is rather heard once than from two sides. */
export const FIRST_ZONE = 'utama';

export function browserMachine(kept: Memory): {
  machine(): Machine;
  rename(changes: Partial<Pick<Machine, 'name' | 'zone' | 'speaker'>>): void;
} {
  let known: Machine | undefined;

  function recall(): Machine {
    const fresh: Machine = {
      id: randomId(),
      name: '',
      zone: FIRST_ZONE,
      speaker: { on: true, volume: 80, quiet_from: '', quiet_until: '' },
    };
    try {
      const before = JSON.parse(kept.read('machine') ?? '{}') as Partial<Machine>;
      return { ...fresh, ...before, speaker: { ...fresh.speaker, ...before.speaker } };
    } catch {
      return fresh;
    }
  }

  function keep(machine: Machine): Machine {
    kept.write('machine', JSON.stringify(machine));
    return machine;
  }

  return {
    machine: () => (known ??= keep(recall())),
    rename(changes) {
      known = keep({ ...(known ?? recall()), ...changes });
    },
  };
}

function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `web-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
