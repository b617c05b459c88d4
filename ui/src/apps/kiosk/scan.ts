// A scanner at the kiosk: whoever shows the code of a number is here, whoever shows a card says who they are.
import { PAUSE_MS, readScan, type Scan } from '../../parts/scanner';
import { scannerHere } from '../../parts/scanner-pace';
import { identityOf, type Identity } from './identity';

interface Heard {
  /** The code of a number. */
  code: (code: string) => void;
  /** A card. */
  who: (who: Identity) => void;
  /** A field that is open takes every key itself, a scanner's too. */
  deaf: () => boolean;
}

/** Listens until the answer is called. */
export function watchScans(heard: Heard): () => void {
  const scanner = scannerHere();
  let pause: ReturnType<typeof setTimeout> | undefined;

  function read(scan: Scan | null) {
    const reading = scan && readScan(scan.text);
    if (reading?.kind === 'code') heard.code(reading.code);
    const who = reading?.kind === 'words' && /^\d+$/.test(reading.words) ? identityOf(reading.words) : null;
    if (who) heard.who(who);
  }

  /** Before anything else sees it: the key that ends a scan must press no button. */
  function pressed(event: KeyboardEvent) {
    clearTimeout(pause);
    if (heard.deaf()) return;
    const scan = scanner.press(event.key, event.timeStamp, event.repeat);
    if (scan) {
      event.preventDefault();
      event.stopPropagation();
      return read(scan);
    }
    pause = setTimeout(() => read(scanner.pause()), PAUSE_MS);
  }

  window.addEventListener('keydown', pressed, true);
  return () => {
    clearTimeout(pause);
    window.removeEventListener('keydown', pressed, true);
  };
}
