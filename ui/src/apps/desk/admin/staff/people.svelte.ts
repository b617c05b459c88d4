// The colleagues as a list: searched by name, narrowed to who may sign in, a page at a time.
import { staff, type Colleague, type Users } from '../../../../api/staff';
import { router } from '../../../../boot/router.svelte';
import { Resource } from '../../../../data/resource.svelte';

export const PER_PAGE = 50;
/** More than any house has. */
const EVERYBODY = 1000;
export type Which = 'all' | 'active' | 'off';
export const WHICH: readonly Which[] = ['all', 'active', 'off'];

interface Shown {
  users: Users;
  counts: Record<Which, number>;
}

export class People {
  readonly list = new Resource<Shown>(() => this.#load(), ['staff']);

  get words(): string {
    return router.query.get('cari') ?? '';
  }

  get which(): Which {
    const said = router.query.get('status') as Which;
    return WHICH.includes(said) ? said : 'all';
  }

  get page(): number {
    return Math.max(1, Number(router.query.get('hal')) || 1);
  }

  /** Looks through the list anew; what is left out stays. */
  look({
    words = this.words,
    which = this.which,
    page = 1,
  }: Partial<{ words: string; which: Which; page: number }>) {
    router.note({ cari: words, status: which === 'all' ? '' : which, hal: page > 1 ? String(page) : '' });
    void this.list.refresh();
  }

  /** Somebody by id, also where the list shows another part of all. */
  async find(id: number): Promise<Colleague | null> {
    const { users } = await staff.list({ per_page: EVERYBODY });
    return users.find((one) => one.id === id) ?? null;
  }

  async #load(): Promise<Shown> {
    const cari = this.words;
    const asked = { ...(cari ? { cari } : {}), per_page: 1 };
    const which = this.which;
    const [users, active, off] = await Promise.all([
      staff.list({
        ...asked,
        page: this.page,
        per_page: PER_PAGE,
        ...(which === 'all' ? {} : { active: which === 'active' }),
      }),
      staff.list({ ...asked, active: true }),
      staff.list({ ...asked, active: false }),
    ]);
    return { users, counts: { all: active.total + off.total, active: active.total, off: off.total } };
  }
}
