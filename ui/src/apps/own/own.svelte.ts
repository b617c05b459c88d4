// A visitor's own numbers on their telephone: opened with a code, kept open for a month.
import { portal, type Portal } from '../../api/portal';
import { asApiError, type ApiError } from '../../api/errors';
import { Deed } from '../../data/deed.svelte';
import { host } from '../../host';
import { LiveFeed, waitBefore } from '../../live/live';

const TOKEN = 'portal';
/** Somebody's number moved, or anybody's: one look soon is enough for all of it. */
const GATHER_MS = 1_500;

export class Own {
  /** Null: nobody has opened it on this telephone. */
  token = $state<string | null>(host().remember.machine.read(TOKEN));
  data = $state.raw<Portal | null>(null);
  away = $state(false);
  /** The telephone that a code was asked for. */
  asked = $state<string | null>(null);
  readonly asking = new Deed();
  readonly opening = new Deed();
  readonly giving = new Deed();
  #feed: LiveFeed | undefined;
  #channels = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #stopped = false;

  start(): void {
    void this.refresh();
  }

  stop(): void {
    this.#stopped = true;
    this.#feed?.stop();
    clearTimeout(this.#timer);
    for (const deed of [this.asking, this.opening, this.giving]) deed.stop();
  }

  async askCode(no_hp: string): Promise<void> {
    const answer = await this.asking.run(`code ${no_hp}`, () => portal.askCode(no_hp));
    if (answer) this.asked = no_hp;
  }

  async open(kode: string): Promise<void> {
    const no_hp = this.asked;
    if (no_hp === null) return;
    const session = await this.opening.run(`open ${kode}`, () => portal.open(no_hp, kode));
    if (!session) return;
    this.#keep(session.token);
    this.asked = null;
    await this.refresh();
  }

  async close(): Promise<void> {
    const token = this.token;
    this.#keep(null);
    if (token) await portal.close(token).catch(() => undefined);
  }

  async giveBack(code: string): Promise<void> {
    const token = this.token;
    if (!token) return;
    if (await this.giving.run(`back ${code}`, () => portal.giveBack(token, code))) await this.refresh();
  }

  async refresh(): Promise<void> {
    const token = this.token;
    clearTimeout(this.#timer);
    if (!token || this.#stopped) return;
    try {
      this.data = await portal.own(token);
      this.away = false;
      this.#attempt = 0;
      this.#listen(this.data);
    } catch (problem) {
      this.#failed(asApiError(problem));
    }
  }

  #failed(error: ApiError): void {
    if (error.code === 'PORTAL_SIGNED_OUT') return this.#keep(null);
    this.away = error.passing;
    this.#soon(waitBefore(this.#attempt++, Math.random));
  }

  #keep(token: string | null): void {
    this.token = token;
    host().remember.machine.write(TOKEN, token);
    if (token === null) {
      this.data = null;
      this.#feed?.stop();
      this.#feed = undefined;
      this.#channels = '';
    }
  }

  /** Whatever moves where one waits may move one's own place. */
  #listen({ tiket }: Portal): void {
    const channels = [...new Set(tiket.filter((one) => !one.tanggal).map((one) => `queue.${one.poli.slug}`))];
    if (channels.join() === this.#channels) return;
    this.#channels = channels.join();
    const earlier = this.#feed;
    this.#feed = channels.length
      ? new LiveFeed({ channels, event: () => this.#soon(GATHER_MS), passing: () => this.#soon(GATHER_MS) })
      : undefined;
    earlier?.stop();
  }

  #soon(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), wait);
  }
}
