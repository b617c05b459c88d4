// One counter in an admin's hands: its number, its name, what it serves.
import { manage, type ManagedCounter } from '../../../../api/manage';
import { Deed } from '../../../../data/deed.svelte';
import { Form } from '../../../../data/form.svelte';

export interface Draft {
  number: string;
  nama: string;
  services: string[];
  /** How much each weighs, by slug; 1 where none is said. */
  bobot: Record<string, number>;
}

type Answer = Awaited<ReturnType<typeof manage.counters>>;

export class CounterForm {
  readonly form: Form<Draft>;
  readonly givingUp = new Deed();
  readonly number: number | null;

  /** `taken`: the numbers of the other counters; `named`: what a counter of a number is called here. */
  constructor(present: ManagedCounter | null, taken: readonly number[], named: (n: number) => string) {
    this.number = present?.number ?? null;
    const free = freeNumber(taken);
    this.form = new Form(
      present ? draftOf(present) : { number: String(free), nama: named(free), services: [], bobot: {} },
    );
  }

  /** What the hub answered with; null when it did not take it. */
  async save(): Promise<Answer | null> {
    const answer = await this.form.send(({ number, nama, services, bobot }, changes, key) =>
      this.number === null
        ? manage.addCounter({ number: Number(number) || 0, nama, services, bobot }, key)
        : manage.changeCounter(this.number, withoutNumber(changes), key),
    );
    const present = answer?.counters.find((one) => one.number === this.number);
    if (present) {
      this.form.begin(draftOf(present));
      this.form.saved = true;
    }
    return answer;
  }

  giveUp(): Promise<Answer | null> {
    return this.givingUp.run('give up', (key) => manage.retireCounter(this.number!, key));
  }
}

export function draftOf({ number, nama, services, bobot }: ManagedCounter): Draft {
  return { number: String(number), nama, services: services.map((one) => one.slug), bobot };
}

/** The lowest number that no counter has. */
export function freeNumber(taken: readonly number[]): number {
  let number = 1;
  while (taken.includes(number)) number += 1;
  return number;
}

/** A counter keeps its number: it is painted above it. */
function withoutNumber({ nama, services, bobot }: Partial<Draft>) {
  return {
    ...(nama === undefined ? {} : { nama }),
    ...(services === undefined ? {} : { services }),
    ...(bobot === undefined ? {} : { bobot }),
  };
}
