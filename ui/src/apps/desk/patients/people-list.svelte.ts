// Patients as a list: looked for by whatever somebody knows about them, a page at a time.
import { patients, type Patients } from '../../../api/patients';
import { router } from '../../../boot/router.svelte';
import { Resource } from '../../../data/resource.svelte';

export const PER_PAGE = 50;

export class PatientList {
  readonly list = new Resource<Patients>(() => this.#load(), ['patients']);

  get words(): string {
    return router.query.get('cari') ?? '';
  }

  get page(): number {
    return Math.max(1, Number(router.query.get('hal')) || 1);
  }

  /** Looks through the list anew; what is left out stays. */
  look({ words = this.words, page = 1 }: Partial<{ words: string; page: number }>) {
    router.note({ cari: words, hal: page > 1 ? String(page) : '' });
    void this.list.refresh();
  }

  #load(): Promise<Patients> {
    return patients.find({ q: this.words, page: this.page, per_page: PER_PAGE });
  }
}
