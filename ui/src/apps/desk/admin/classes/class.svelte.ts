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
  #taken: readonly string[];

  /** `taken`: the addresses of all classes. */
  constructor(present: Class | null, taken: readonly string[]) {
    this.#slug = present?.slug ?? null;
    this.#taken = taken;
    this.form = new Form(present ? draftOf(present) : NEW);
  }

  /** What the hub answered with; null when it did not take it. */
  save(): Promise<Answer | null> {
    return this.form.send((draft, _, key) => {
      const { cara, setelah, panggil, menit, ...look } = draft;
      const slug = this.#slug ?? freeSlug(draft.nama, this.#taken);
      return classes.set(slug, { ...look, aturan: ruleOf(cara, setelah, panggil, menit) }, key);
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

/** An address made of the name, which no class has: "Tenaga kesehatan" → `tenaga-kesehatan`. */
export function freeSlug(nama: string, taken: readonly string[]): string {
  const plain = nama.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const base = plain.replace(/^-|-$/g, '').slice(0, 36) || 'kelas';
  for (let n = 1; ; n++) {
    const slug = n === 1 ? base : `${base}-${n}`;
    if (!taken.includes(slug)) return slug;
  }
}
