// Putting a ticket on paper at the receptionist's desk: on its own printer, or on the site's through the hub.
import { api, newKey } from '../../../api/client';
import { ApiError, errorSentence } from '../../../api/errors';
import type { DeviceKind, Ticket } from '../../../api/types';
import { DeviceFault, host } from '../../../host';
import { deviceWords } from '../../../words/device-words';
import { insist } from '../../../data/intent';
import { language } from '../../../words/language.svelte';
import { site } from '../../../data/site.svelte';

export type PaperWay = 'own' | 'site';

const REPORT_PATIENCE_MS = 20_000;

/** Where this desk can print, the best first. */
export function paperWays(): PaperWay[] {
  return [
    ...(host().can.print && host().printer ? (['own'] as const) : []),
    ...(site.info?.printer ? (['site'] as const) : []),
  ];
}

/**
 * Prints today's ticket once; says SALINAN when it was printed before. Rejects with a `DeviceFault` or `ApiError`.
 * `known` hears what became of the paper before the hub has been told of it.
 */
export async function printTicket(
  code: string,
  way: PaperWay,
  known: (outcome: { warning: string | null } | { problem: DeviceFault }) => void,
): Promise<{ ticket: Ticket | null; warning: string | null }> {
  const printer = host().printer;
  if (way === 'site' || !printer) {
    const { ticket } = await api.print(code, language.current);
    return { ticket, warning: null };
  }
  const { printout } = await api.printout(code, language.current);
  try {
    const { warning } = await printer.print(printout);
    known({ warning });
    return { ticket: await report(code, null), warning };
  } catch (problem) {
    if (problem instanceof DeviceFault) {
      known({ problem });
      await report(code, problem.code);
    }
    throw problem;
  }
}

/** The paper is out or it is not; a report that gets lost must not make it look otherwise. */
async function report(code: string, fault: string | null): Promise<Ticket | null> {
  try {
    const { ticket } = await insist(
      (key) => api.paper(code, fault ? 'failed' : 'printed', fault, key),
      {
        patienceMs: REPORT_PATIENCE_MS,
      },
      newKey(),
    );
    return ticket;
  } catch {
    return null;
  }
}

/** What went wrong with a paper and what to do, in a sentence. */
export function paperProblem(problem: unknown): string {
  if (problem instanceof ApiError) return errorSentence(language.current, problem);
  return deviceSentence('printer', problem instanceof DeviceFault ? problem.code : 'printer_error');
}

/** A device's fault as a sentence: what is wrong, and what to do. */
export function deviceSentence(kind: DeviceKind, code: string): string {
  const { problem, todo } = deviceWords(kind, code);
  return `${problem.charAt(0).toUpperCase()}${problem.slice(1)}: ${todo}.`;
}
