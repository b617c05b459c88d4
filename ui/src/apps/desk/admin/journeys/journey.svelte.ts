// One way through the building in an admin's hands.
import { journeys, type Journey } from '../../../../api/journeys';
import { Deed } from '../../../../data/deed.svelte';
import { Form } from '../../../../data/form.svelte';

export interface Draft {
  nama: string;
  poli: string[];
  otomatis: boolean;
}

type Answer = Awaited<ReturnType<typeof journeys.all>>;

export class JourneyForm {
  readonly form: Form<Draft>;
  readonly removing = new Deed();
  #slug: string | null;

  constructor(present: Journey | null) {
    this.#slug = present?.slug ?? null;
    this.form = new Form(present ? draftOf(present) : { nama: '', poli: [], otomatis: false });
  }

  /** What the hub answered with; null when it did not take it. */
  save(): Promise<Answer | null> {
    return this.form.send((draft, _, key) =>
      this.#slug === null ? journeys.add(draft, key) : journeys.change(this.#slug, draft, key),
    );
  }

  remove(): Promise<Answer | null> {
    return this.removing.run('remove', (key) => journeys.remove(this.#slug!, key));
  }
}

export function draftOf({ nama, poli, otomatis }: Journey): Draft {
  return { nama, poli: poli.map((one) => one.slug), otomatis };
}
