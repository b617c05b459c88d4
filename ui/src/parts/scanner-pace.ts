// How this machine's scanner types, kept on the machine: a slow one is known from its second scan on.
import { host } from '../host';
import { Scanner, type Pace } from './scanner';

const NAME = 'scanner';

/** A scanner that knows what this machine's was found to be, and keeps what it learns. */
export function scannerHere(): Scanner {
  return new Scanner(recall(), (pace) => host().remember.machine.write(NAME, JSON.stringify(pace)));
}

function recall(): Pace | null {
  try {
    const { slowest, suffix } = JSON.parse(host().remember.machine.read(NAME) ?? '{}') as Partial<Pace>;
    if (typeof slowest !== 'number' || !(slowest >= 0) || suffix === undefined) return null;
    return { slowest, suffix };
  } catch {
    return null;
  }
}
