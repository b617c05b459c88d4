// The last net under the page: what nobody caught is noted, and a page that keeps stumbling is given up.
import { host } from '../host';

/** So many in so short a time are no mishap any more. */
const MANY = 8;
const WITHIN_MS = 10_000;
/** Said by browsers when a layout took two turns; nothing is wrong. */
const HARMLESS = /ResizeObserver loop/;

/** Watches for what nobody catches; `giveUp` is called once the page cannot be trusted any more. */
export function spreadNet(giveUp: (problem: unknown) => void, now = () => performance.now()): () => void {
  let recent: number[] = [];
  const fell = (problem: unknown) => {
    const words = wordsOf(problem);
    if (HARMLESS.test(words)) return;
    host().remember.tab.write('stumbled', words.slice(0, 500));
    recent = [...recent, now()].filter((at) => now() - at < WITHIN_MS);
    if (recent.length >= MANY) giveUp(problem);
  };
  const error = (event: ErrorEvent) => fell(event.error ?? event.message);
  const rejection = (event: PromiseRejectionEvent) => fell(event.reason);
  window.addEventListener('error', error);
  window.addEventListener('unhandledrejection', rejection);
  return () => {
    window.removeEventListener('error', error);
    window.removeEventListener('unhandledrejection', rejection);
  };
}

export function wordsOf(problem: unknown): string {
  return problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem);
}
