// The kiosk's paper: every number is printed where there is a printer, and given out also where it cannot be.
import { api, newKey } from '../../api/client';
import { asApiError } from '../../api/errors';
import type { Ticket } from '../../api/types';
import { DeviceFault, host } from '../../host';
import { insist } from '../../data/intent';
import { language } from '../../words/language.svelte';
import type { MachineReporter } from '../../parts/machine-report';
import { site } from '../../data/site.svelte';

export interface PaperShown {
  code: string;
  state: 'printing' | 'printed' | 'failed';
  /** What is wrong with the printer, where that is known. */
  fault: string | null;
}

/** The printer is asked this often how it is. */
export const STATUS_MS = 30_000;
/** A printer that has not finished one paper by then never will. */
export const PRINT_WITHIN_MS = 30_000;
const FETCH_PATIENCE_MS = 10_000;
const REPORT_PATIENCE_MS = 60_000;

export class Paper {
  /** The paper of the number that was given last. */
  shown = $state.raw<PaperShown | null>(null);
  /** What is wrong with the printer as far as is known now. */
  fault = $state<string | null>(null);

  readonly #reporter: MachineReporter;
  #watch: ReturnType<typeof setInterval> | undefined;
  #work: Promise<void> = Promise.resolve();
  #printing = 0;
  /** Told when a paper did not come out, so that its number stays on the screen. */
  failed: () => void = () => undefined;

  constructor(reporter: MachineReporter) {
    this.#reporter = reporter;
  }

  /** Whether numbers come on paper here: on this machine's own printer, or on the site's through the hub. */
  get can(): boolean {
    return host().can.print || site.info?.printer === true;
  }

  start(): void {
    if (!host().can.print) return;
    void this.#look();
    this.#watch = setInterval(() => void this.#look(), STATUS_MS);
  }

  stop(): void {
    clearInterval(this.#watch);
  }

  /** Prints a number's paper; one after the other, and never in the way of the next visitor. */
  print(ticket: Ticket): Promise<void> {
    this.shown = { code: ticket.code, state: 'printing', fault: null };
    const bahasa = language.current;
    this.#printing += 1;
    this.#work = this.#work.then(async () => {
      const own = host().can.print;
      const [printed, fault] = await (own ? this.#own(ticket.code, bahasa) : this.#hubs(ticket.code, bahasa));
      this.#printing -= 1;
      if (!own) this.fault = fault;
      if (this.shown?.code === ticket.code) {
        this.shown = { code: ticket.code, state: printed ? 'printed' : 'failed', fault };
        if (!printed) this.failed();
      }
      if (own) void this.#look(printed ? null : fault);
    });
    return this.#work;
  }

  async #own(code: string, bahasa: 'id' | 'en'): Promise<[boolean, string | null]> {
    let printout;
    try {
      const asked = { patienceMs: FETCH_PATIENCE_MS };
      ({ printout } = await insist(() => api.printout(code, bahasa), asked));
    } catch {
      // The hub went away right after it gave the number; nobody can say what stands on the paper.
      return [false, null];
    }
    try {
      await within(PRINT_WITHIN_MS, host().printer!.print(printout));
      this.#tell(code, 'printed', null);
      return [true, null];
    } catch (problem) {
      const fault = problem instanceof DeviceFault ? problem.code : 'printer_error';
      this.#tell(code, 'failed', fault);
      return [false, fault];
    }
  }

  /** The hub prints and notes the outcome itself. */
  async #hubs(code: string, bahasa: 'id' | 'en'): Promise<[boolean, string | null]> {
    try {
      await api.print(code, bahasa);
      return [true, null];
    } catch (problem) {
      return [false, faultOf(asApiError(problem).code)];
    }
  }

  #tell(code: string, state: 'printed' | 'failed', fault: string | null): void {
    const key = newKey();
    const told = insist((key) => api.paper(code, state, fault, key), { patienceMs: REPORT_PATIENCE_MS }, key);
    // The number is valid without it; staff see the paper as asked for.
    told.catch(() => undefined);
  }

  /** Asks the printer how it is; `seen` is a fault that printing itself just met. */
  async #look(seen: string | null = null): Promise<void> {
    if (this.#printing > 0) return;
    const { fault, warning } = await host()
      .printer!.status()
      .catch(() => ({ fault: 'printer_error', warning: null }));
    if (this.#printing > 0) return;
    this.fault = fault ?? seen;
    const code = this.fault ?? warning;
    void this.#reporter.set('printer', this.fault ? 'fault' : warning ? 'warning' : 'ok', code);
  }
}

/** `PRINTER_OUT_OF_PAPER` of the hub is `out_of_paper` of its printer; other refusals say nothing about the printer. */
function faultOf(code: string): string | null {
  if (code === 'PRINTER_ERROR') return 'printer_error';
  if (code === 'NO_PRINTER') return 'not_found';
  return code.startsWith('PRINTER_') ? code.slice('PRINTER_'.length).toLowerCase() : null;
}

function within<T>(millis: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new DeviceFault('hung_up')), millis);
    work.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
