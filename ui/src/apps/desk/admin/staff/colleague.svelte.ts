// One colleague in an admin's hands: added, changed, let in or kept out, given a new first password.
import { staff, type Colleague, type Role } from '../../../../api/staff';
import { Deed } from '../../../../data/deed.svelte';
import { Form } from '../../../../data/form.svelte';

export interface Draft {
  name: string;
  username: string;
  roles: Role[];
  poli: string[];
  active: boolean;
}

const NOBODY: Draft = { name: '', username: '', roles: ['petugas'], poli: [], active: true };
/** Roles that count in every service, whatever the own ones are. */
const EVERYWHERE: readonly Role[] = ['admin', 'penerima_tamu'];

export class ColleagueForm {
  readonly form: Form<Draft>;
  readonly renewing = new Deed();
  /** A first password, for as long as this stands open: it is told once. */
  password = $state<string | null>(null);
  readonly id: number | null;

  constructor(present: Colleague | null) {
    this.id = present?.id ?? null;
    this.form = new Form(present ? draftOf(present) : { ...NOBODY });
  }

  /** Whether the own services say anything. */
  get bound(): boolean {
    return !this.form.draft.roles.some((role) => EVERYWHERE.includes(role));
  }

  /** Takes a sign-in name from the name, while nobody typed one. */
  name(typed: string): void {
    const { draft } = this.form;
    const suggested = this.id === null && draft.username === usernameOf(draft.name);
    draft.name = typed;
    if (suggested) draft.username = usernameOf(typed);
  }

  /** What the hub answered with; null when it did not take it. */
  async save(): Promise<Colleague | null> {
    const answer = await this.form.send(({ name, username, roles, poli }, changes, key) =>
      this.id === null
        ? staff.add({ name, username: username.trim(), roles, poli }, key)
        : staff.change(this.id, changes, key),
    );
    if (!answer) return null;
    if (answer.password) this.password = answer.password;
    this.form.begin(draftOf(answer.user));
    this.form.saved = true;
    return answer.user;
  }

  async renewPassword(): Promise<void> {
    const answer = await this.renewing.run('password', () => staff.renewPassword(this.id!));
    this.password = answer?.password ?? this.password;
  }
}

export function draftOf({ name, username, roles, poli, active }: Colleague): Draft {
  return { name, username, roles, poli: poli.map((one) => one.slug), active };
}

/** "Sari Amelia" signs in as "sari": the first word, in letters that every keyboard has. */
export function usernameOf(name: string): string {
  const words = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9\s]/g, '')
    .trim()
    .split(/\s+/);
  const titles = ['dr', 'drg', 'hj', 'h', 'ns', 'bd', 'apt'];
  return words.find((word) => !titles.includes(word)) ?? '';
}
