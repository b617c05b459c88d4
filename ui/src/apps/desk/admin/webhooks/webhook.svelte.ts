// Another program that is told what happens, in an admin's hands.
import { webhooks, type Webhook, type WebhookTested, type Webhooks } from '../../../../api/webhooks';
import { Deed } from '../../../../data/deed.svelte';
import { Form } from '../../../../data/form.svelte';

export interface Draft {
  nama: string;
  url: string;
  jaringan_lokal: boolean;
  events: string[];
  header: string;
  /** Empty: as before. */
  nilai: string;
  aktif: boolean;
}

const EMPTY: Draft = {
  nama: '',
  url: '',
  jaringan_lokal: false,
  events: ['QueueCalled'],
  header: '',
  nilai: '',
  aktif: true,
};

export class WebhookForm {
  readonly form: Form<Draft>;
  readonly deed = new Deed();
  /** Shown once: of a new one, or a renewed one. */
  secret = $state<string | null>(null);
  tested = $state.raw<WebhookTested | null>(null);
  /** How many are told again. */
  resent = $state<number | null>(null);
  #id: number | null;

  constructor(present: Webhook | null) {
    this.#id = present?.id ?? null;
    this.form = new Form(present ? draftOf(present) : EMPTY);
  }

  /** The list as it is now, nothing where it has to be asked for; false when it was not taken. */
  async save(): Promise<Webhooks | null | false> {
    if (this.#id !== null) {
      const id = this.#id;
      return (await this.form.send((draft, _, key) => webhooks.change(id, bodyOf(draft), key))) ?? false;
    }
    const made = await this.form.send((draft) => webhooks.add(bodyOf(draft)));
    if (!made) return false;
    this.secret = made.secret;
    return null;
  }

  async renewSecret(): Promise<void> {
    const made = await this.deed.run('secret', () => webhooks.renewSecret(this.#id!));
    if (made) this.secret = made.secret;
  }

  async test(): Promise<void> {
    this.tested = null;
    this.tested = await this.deed.run('test', () => webhooks.test(this.#id!));
  }

  async resend(): Promise<void> {
    const answer = await this.deed.run('resend', (key) => webhooks.resend(this.#id!, key));
    this.resent = answer?.jumlah ?? null;
  }

  /** Whether it is gone. */
  async remove(): Promise<boolean> {
    const id = this.#id!;
    return (await this.deed.run('remove', (key) => webhooks.remove(id, key).then(() => true))) ?? false;
  }

  stop(): void {
    this.deed.stop();
  }
}

export function draftOf(hook: Webhook): Draft {
  const { nama, url, jaringan_lokal, events, header, aktif } = hook;
  return { nama, url, jaringan_lokal, events, header: header ?? '', nilai: '', aktif };
}

function bodyOf({ header, nilai, ...draft }: Draft) {
  const name = header.trim();
  return { ...draft, ...(name ? { header: { nama: name, ...(nilai ? { nilai } : {}) } } : {}) };
}
