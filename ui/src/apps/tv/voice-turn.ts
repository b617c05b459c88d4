// Two TVs in one room hear the same calls, and each call is spoken by exactly one of them: the hub says which.
import { api } from '../../api/client';
import { host } from '../../host';

/** How often a TV that speaks says so. */
export const HOLD_EVERY_MS = 1_000;

export class VoiceTurn {
  /** The last event this TV had the turn for: calls missed together share one number, and so one turn. */
  #mine: number | null = null;

  /** Waits for the turn; false when another TV of the room said it. A hub that cannot be asked silences nobody. */
  async ask(seq: number, stop: AbortSignal): Promise<boolean> {
    if (seq === this.#mine) return true;
    while (!stop.aborted) {
      try {
        const { turn, wait_millis } = await api.voiceTurn({ ...this.#me(), seq, speaking: false });
        if (turn === 'spoken') return false;
        if (turn !== 'wait') break;
        await pause(wait_millis ?? HOLD_EVERY_MS, stop);
      } catch {
        break;
      }
    }
    this.#mine = seq;
    return !stop.aborted;
  }

  /** Says now and every second that this TV speaks, until the returned function is called. */
  hold(seq: number, lost: () => void): () => void {
    let over = false;
    const end = () => {
      over = true;
      clearInterval(again);
    };
    const tell = async () => {
      const answer = await api.voiceTurn({ ...this.#me(), seq, speaking: true }).catch(() => null);
      if (answer?.turn !== 'spoken' || over) return;
      end();
      lost();
    };
    const again = setInterval(() => void tell(), HOLD_EVERY_MS);
    void tell();
    return end;
  }

  #me(): { zone: string; machine: string } {
    const { id, zone } = host().machine();
    return { machine: id, zone };
  }
}

function pause(millis: number, stop: AbortSignal): Promise<void> {
  return new Promise((go) => {
    const timer = setTimeout(go, millis);
    stop.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        go();
      },
      { once: true },
    );
  });
}
