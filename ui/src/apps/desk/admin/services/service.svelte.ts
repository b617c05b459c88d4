// One service in an admin's hands: added, renamed, opened and closed, given up and taken up again.
import { manage, type ManagedService } from '../../../../api/manage';
import { Deed } from '../../../../data/deed.svelte';
import { Form } from '../../../../data/form.svelte';

export interface Draft {
  nama: string;
  nama_en: string;
  kode: string;
  icon: string;
  open: boolean;
  priority: boolean;
}

type Answer = Awaited<ReturnType<typeof manage.services>>;

export class ServiceForm {
  readonly form: Form<Draft>;
  /** Giving it up, or taking it up again. */
  readonly turning = new Deed();
  readonly slug: string | null;

  /** `taken`: the letters of the other services. */
  constructor(present: ManagedService | null, taken: readonly string[]) {
    this.slug = present?.slug ?? null;
    this.form = new Form(
      present
        ? draftOf(present)
        : {
            nama: '',
            nama_en: '',
            kode: freeLetter(taken),
            icon: 'stethoscope',
            open: true,
            priority: false,
          },
    );
  }

  /** What the hub answered with; null when it did not take it. */
  async save(): Promise<Answer | null> {
    const answer = await this.form.send((draft, changes, key) =>
      this.slug === null ? manage.addService(draft, key) : manage.changeService(this.slug, changes, key),
    );
    const present = answer?.services.find((one) => one.slug === this.slug);
    if (present) {
      this.form.begin(draftOf(present));
      this.form.saved = true;
    }
    return answer;
  }

  retire(retired: boolean): Promise<Answer | null> {
    return this.turning.run(`retired ${retired}`, (key) =>
      manage.changeService(this.slug!, { retired }, key),
    );
  }
}

export function draftOf({ nama, nama_en, kode, icon, open, priority }: ManagedService): Draft {
  return { nama, nama_en, kode, icon, open, priority };
}

/** The first letter that no service has; nothing when all are taken. */
export function freeLetter(taken: readonly string[]): string {
  return [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].find((letter) => !taken.includes(letter)) ?? '';
}
