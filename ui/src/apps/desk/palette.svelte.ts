// "Cari apa saja": what is typed is looked for among the pages one may open and the numbers of today.
import { asApiError, errorSentence } from '../../api/errors';
import { reception } from '../../api/reception';
import type { DeskTicket } from '../../api/types';
import { language, t } from '../../words/language.svelte';
import { addressOf, type Route } from './routes';

export interface Hit {
  kind: 'page' | 'ticket';
  to: string;
  name: string;
  about: string;
}

const TYPING_MS = 180;
const MOST = 6;

/** Whether the search is open; the frame shows it. */
class Open {
  open = $state(false);
}
export const palette = new Open();

export class Search {
  words = $state('');
  tickets = $state.raw<DeskTicket[]>([]);
  problem = $state<string | null>(null);
  asking = $state(false);
  #routes: () => readonly Route[];
  #mayFind: boolean;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  /** `mayFind`: whether numbers may be looked for as well. */
  constructor(routes: () => readonly Route[], mayFind: boolean) {
    this.#routes = routes;
    this.#mayFind = mayFind;
  }

  get hits(): Hit[] {
    const wanted = this.words.trim().toLowerCase();
    const pages = this.#routes()
      .map((route) => ({ kind: 'page' as const, to: addressOf(route), name: t(route.title), about: '' }))
      .filter(({ name }) => name.toLowerCase().includes(wanted));
    return [
      ...pages,
      ...this.tickets.map((one) => ({
        kind: 'ticket' as const,
        to: `/receptionist?nomor=${encodeURIComponent(one.nomor_antrean)}`,
        name: one.nomor_antrean,
        about: [one.nama, one.poli.nama].filter(Boolean).join(' · '),
      })),
    ];
  }

  type(words: string): void {
    this.words = words;
    clearTimeout(this.#typing);
    this.#asked += 1;
    this.tickets = [];
    this.problem = null;
    this.asking = this.#mayFind && words.trim().length > 1;
    if (this.asking) this.#typing = setTimeout(() => void this.#ask(words.trim()), TYPING_MS);
  }

  stop(): void {
    clearTimeout(this.#typing);
    this.#asked += 1;
  }

  async #ask(cari: string): Promise<void> {
    const mine = this.#asked;
    try {
      const { tickets } = await reception.day({ cari, per_page: MOST });
      if (mine === this.#asked) this.tickets = tickets;
    } catch (problem) {
      if (mine !== this.#asked) return;
      this.problem = t('desk.find_failed', {
        masalah: errorSentence(language.current, asApiError(problem)),
      });
    }
    if (mine === this.#asked) this.asking = false;
  }
}
