// One priority class in an admin's hands.
import { classes, type Class, type Warna } from '../../../../api/classes';
import { Form } from '../../../../data/form.svelte';

export type How = Class['aturan']['cara'];

export interface Draft {
  nama: string;
  nama_en: string;
  icon: string;
  warna: Warna;
  cara: How;
  setelah: string;
  panggil: string;
  menit: string;
  kiosk: boolean;
  aktif: boolean;
}

type Answer = Awaited<ReturnType<typeof classes.all>>;

const NEW: Draft = {
  nama: '',
  nama_en: '',
  icon: 'user-round',
  warna: 'biru',
  cara: 'selang',
  setelah: '2',
  panggil: '1',
  menit: '30',
  kiosk: false,
  aktif: true,
};

export class ClassForm {
  readonly form: Form<Draft>;
  #slug: string | null;

  constructor(present: Class | null) {
    this.#slug = present?.slug ?? null;
    this.form = new Form(present ? draftOf(present) : NEW);
  }

  /** What the hub answered with; null when it did not take it. */
  save(): Promise<Answer | null> {
    return this.form.send((draft, _, key) => {
      const { cara, setelah, panggil, menit, ...look } = draft;
      const body = { ...look, aturan: ruleOf(cara, setelah, panggil, menit) };
      return this.#slug === null ? classes.add(body, key) : classes.set(this.#slug, body, key);
    });
  }
}

export function draftOf({ nama, nama_en, icon, warna, aturan, kiosk, aktif }: Class): Draft {
  const { setelah, panggil, menit } = { ...NEW, ...figuresOf(aturan) };
  return { nama, nama_en, icon, warna, cara: aturan.cara, setelah, panggil, menit, kiosk, aktif };
}

function figuresOf(rule: Class['aturan']): Partial<Draft> {
  if (rule.cara === 'selang') return { setelah: String(rule.setelah), panggil: String(rule.panggil) };
  return rule.cara === 'menua' ? { menit: String(rule.menit) } : {};
}

/** What is no number is sent as 0: the hub says what is wrong with it. */
function ruleOf(cara: How, setelah: string, panggil: string, menit: string): Class['aturan'] {
  const figure = (typed: string) => (/^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 0);
  if (cara === 'selang') return { cara, setelah: figure(setelah), panggil: figure(panggil) };
  return cara === 'menua' ? { cara, menit: figure(menit) } : { cara };
}
