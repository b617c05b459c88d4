// Loading the page anew without ever landing on the browser's own error page: only once the hub answers.
import { host } from '../host';

const ASK_EVERY_MS = 3_000;

export interface Reload {
  /** Replaceable for tests. */
  go?: () => void;
  /** Told whenever the hub did not answer. */
  waiting?: () => void;
}

/** Asks the hub until it answers, then loads this page anew. Returns a way to stop. */
export function reloadWhenHubAnswers({ go = () => location.reload(), waiting }: Reload = {}): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const look = async () => {
    const answered = await host()
      .request(new Request(`${host().origin}/api/site`))
      .then(
        () => true,
        () => false,
      );
    if (stopped) return;
    if (answered) return go();
    waiting?.();
    timer = setTimeout(() => void look(), ASK_EVERY_MS);
  };
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
