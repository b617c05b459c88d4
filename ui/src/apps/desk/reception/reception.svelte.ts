// The receptionist's desk: a scan or a search becomes an open card, and the card's buttons become deeds.
import { api, newKey } from '../../../api/client';
import { asApiError, type ApiError } from '../../../api/errors';
import type { Transfer } from '../../../api/journeys';
import { reception, type Visitor } from '../../../api/reception';
import type { DeskTicket, Ticket } from '../../../api/types';
import type { TextKey } from '../../../words/texts';
import { insist } from '../../../data/intent';
import { DayList } from './reception-list.svelte';
import { paperProblem, paperWays, printTicket, type PaperWay } from './reception-paper';
import { readScan } from '../../../parts/scanner';

/** What the large card shows. */
export type Card =
  | { name: 'none' }
  /** Looking for what was scanned or typed. */
  | { name: 'looking'; text: string }
  /** `fresh`: the number was given at this desk just now. */
  | { name: 'ticket'; ticket: DeskTicket; fresh: boolean }
  | { name: 'unknown'; text: string }
  | { name: 'failed'; text: string; error: ApiError };

/** How the paper of the open card stands, as far as this desk tried. */
export type Paper =
  | { name: 'rest' }
  | { name: 'printing' }
  | { name: 'out'; warning: string | null }
  | { name: 'failed'; words: string };

export type Deed = 'print' | 'return' | 'cancel' | 'transfer' | 'here';

const PATIENCE_MS = 25_000;
/** What is told once it is done. */
const DONE = {
  return: 'reception.toast_returned',
  cancel: 'reception.toast_cancelled',
  transfer: 'reception.toast_transferred',
  here: 'reception.toast_here',
} as const;

export class Reception {
  readonly list: DayList;
  card = $state.raw<Card>({ name: 'none' });
  paper = $state.raw<Paper>({ name: 'rest' });
  pending = $state<Deed | null>(null);
  notice = $state.raw<{ key: TextKey; nomor: string; masalah?: string } | null>(null);
  error = $state.raw<ApiError | null>(null);

  #stopped = false;
  /** Counts openings of the card: an answer for an earlier one is no longer wanted. */
  #opening = 0;
  /** Deeds happen one after the other. */
  #turn: Promise<void> = Promise.resolve();
  /** Counts what was heard of the open ticket: an older answer is no longer news. */
  #news = 0;
  #unanswered: { wish: string; key: string } | undefined;

  constructor() {
    this.list = new DayList(() => void this.#follow());
  }

  start(): void {
    this.list.start();
  }

  stop(): void {
    this.#stopped = true;
    this.list.stop();
  }

  /** Whatever a camera, a scanner or a person put in. */
  async look(text: string): Promise<void> {
    const reading = readScan(text);
    const wanted = text.trim();
    if (!wanted) return;
    const mine = this.#open({ name: 'looking', text: wanted });
    try {
      const ticket = await this.#find(reading);
      if (mine !== this.#opening) return;
      if (ticket) this.#open({ name: 'ticket', ticket, fresh: false });
      else if (reading.kind === 'words' && this.list.query.trim() === wanted) this.#open({ name: 'none' });
      else this.#open({ name: 'unknown', text: wanted });
    } catch (problem) {
      if (mine !== this.#opening) return;
      const error = asApiError(problem);
      this.#open({ name: 'failed', text: wanted, error });
    }
  }

  /** A row of the list. */
  open(ticket: DeskTicket): void {
    this.#open({ name: 'ticket', ticket, fresh: false });
  }

  close(): void {
    this.#open({ name: 'none' });
  }

  dismiss(): void {
    this.notice = null;
    this.error = null;
  }

  /** Prints the open ticket; on a printer of one's own, else on the site's. */
  async print(way: PaperWay | undefined = paperWays()[0]): Promise<void> {
    if (this.card.name !== 'ticket' || this.pending || !way) return;
    await this.#print(this.card.ticket, way);
  }

  /** Also the paper of a new number, which waits for whatever is under way. */
  #print(ticket: Ticket, way: PaperWay): Promise<void> {
    const mine = this.#opening;
    const show = (paper: Paper) => {
      if (mine === this.#opening) this.paper = paper;
    };
    show({ name: 'printing' });
    return this.#inTurn('print', async () => {
      try {
        const done = await printTicket(ticket.code, way, (outcome) =>
          show(
            'problem' in outcome
              ? { name: 'failed', words: paperProblem(outcome.problem) }
              : { name: 'out', ...outcome },
          ),
        );
        if (done.ticket) this.#merge(done.ticket);
        show({ name: 'out', warning: done.warning });
      } catch (problem) {
        const words = paperProblem(problem);
        show({ name: 'failed', words });
        // The visitor may be gone from this screen, and still waits for the paper.
        if (mine !== this.#opening)
          this.notice = { key: 'reception.toast_not_printed', nomor: ticket.nomor_antrean, masalah: words };
        void this.#follow();
      }
    });
  }

  #inTurn(deed: Deed, work: () => Promise<void>): Promise<void> {
    this.pending ??= deed;
    this.#turn = this.#turn.then(async () => {
      this.pending = deed;
      await work();
      this.pending = null;
    });
    return this.#turn;
  }

  /** "Kembalikan ke antrean" or cancelling the open ticket. */
  async act(verb: 'return' | 'cancel'): Promise<void> {
    await this.#do(verb, verb, (id, key) => api.act(id, verb, 0, key));
  }

  /** The holder of the open ticket came, whose number was given for this day earlier. */
  async checkIn(): Promise<void> {
    if (this.card.name !== 'ticket') return;
    const { code } = this.card.ticket;
    await this.#do('here', 'here', () => api.checkIn(code));
  }

  /** Sends the holder of the open ticket on to another service. */
  async transfer(to: Transfer, alasan: string): Promise<void> {
    const wish = `transfer ${to.poli} ${to.loket}`;
    await this.#do('transfer', wish, (id, key) => api.transfer(id, to, alasan, key));
  }

  async #do(
    deed: keyof typeof DONE,
    wish: string,
    send: (id: number, key: string) => Promise<{ ticket: Ticket }>,
  ): Promise<void> {
    if (this.card.name !== 'ticket' || this.pending) return;
    const { ticket } = this.card;
    this.dismiss();
    await this.#inTurn(deed, async () => {
      try {
        const answer = await this.#insist(`${wish} ${ticket.id}`, (key) => send(ticket.id, key));
        this.#merge(answer.ticket);
        this.notice = { key: DONE[deed], nomor: ticket.nomor_antrean };
      } catch (problem) {
        this.#failed(asApiError(problem));
        void this.#follow();
      }
    });
  }

  /**
   * A number for somebody who cannot use the kiosk: shown large, and printed where there is a printer.
   * Rejects with an `ApiError`; sent again unchanged after a lost answer it is the same wish.
   * `sure`: an odd NIK was compared with the card, and is right.
   */
  async issue(poli: string, visitor: Visitor, sure = false): Promise<void> {
    const ways = paperWays();
    const { ticket } = await this.#insist(JSON.stringify([poli, visitor, sure]), (key) =>
      reception.issue(poli, visitor, ways.length > 0, sure, key),
    );
    this.#open({ name: 'ticket', ticket: asDeskTicket(ticket, visitor.nama), fresh: true });
    void this.list.refresh();
    if (ways[0]) void this.#print(ticket, ways[0]);
  }

  async #insist<T>(wish: string, send: (key: string) => Promise<T>): Promise<T> {
    const key = this.#unanswered?.wish === wish ? this.#unanswered.key : newKey();
    this.#unanswered = { wish, key };
    try {
      const answer = await insist(send, { patienceMs: PATIENCE_MS, abandoned: () => this.#stopped }, key);
      this.#unanswered = undefined;
      return answer;
    } catch (problem) {
      const error = asApiError(problem);
      if (!error.passing) this.#unanswered = undefined;
      throw error;
    }
  }

  async #find(reading: ReturnType<typeof readScan>): Promise<DeskTicket | null> {
    if (reading.kind === 'code') {
      const [ticket, named] = await Promise.all([
        api.ticket(reading.code).then(
          (answer) => answer.ticket,
          (problem: unknown) => {
            if (asApiError(problem).status === 404) return null;
            throw problem;
          },
        ),
        // Who it is for; a ticket of another service is shown without a name.
        this.#ask(reading.code).catch(() => []),
      ]);
      return ticket && (named.find((one) => one.id === ticket.id) ?? asDeskTicket(ticket));
    }
    const wanted = reading.kind === 'number' ? reading.nomor : reading.words;
    const found = await this.#ask(wanted);
    if (reading.kind === 'number') return found.find((one) => one.nomor_antrean === reading.nomor) ?? null;
    return found.length === 1 ? found[0]! : null;
  }

  async #ask(cari: string): Promise<DeskTicket[]> {
    return (await reception.day({ cari, per_page: 5 })).tickets;
  }

  /** The open card follows the queue: its place changes whenever somebody is called. */
  async #follow(): Promise<void> {
    if (this.card.name !== 'ticket') return;
    const { ticket } = this.card;
    if (ticket.status === 'selesai' || ticket.status === 'batal') return;
    const mine = ++this.#news;
    try {
      const answer = await api.ticket(ticket.code);
      if (mine === this.#news) this.#showOnCard(answer.ticket);
    } catch {
      // The last known state stays; the list says whether the hub is away.
    }
  }

  #merge(ticket: Ticket): void {
    this.#news += 1;
    this.#showOnCard(ticket);
    this.list.merge(ticket);
  }

  #showOnCard(ticket: Ticket): void {
    if (this.card.name === 'ticket' && this.card.ticket.id === ticket.id) {
      this.card = { ...this.card, ticket: { ...this.card.ticket, ...ticket } };
    }
  }

  #open(card: Card): number {
    const same =
      card.name === 'ticket' && this.card.name === 'ticket' && card.ticket.id === this.card.ticket.id;
    this.card = card;
    if (!same) this.paper = { name: 'rest' };
    return ++this.#opening;
  }

  #failed(error: ApiError): void {
    if (error.status !== 401) this.error = error;
  }
}

/** A ticket of which no more is known than what stands on its paper. */
function asDeskTicket(ticket: Ticket, nama?: string | null): DeskTicket {
  return { ...ticket, nama: nama || null, pasien: null, cara_daftar: 'offline', priority: false };
}
