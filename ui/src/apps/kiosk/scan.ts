// A scanner at the kiosk: whoever shows the code of a number is here.
import { PAUSE_MS, readScan, type Scan } from '../../parts/scanner';
import { scannerHere } from '../../parts/scanner-pace';

/** Listens until the answer is called. */
export function watchScans(found: (code: string) => void): () => void {
  const scanner = scannerHere();
  let pause: ReturnType<typeof setTimeout> | undefined;

  function read(scan: Scan | null) {
    const reading = scan && readScan(scan.text);
    if (reading?.kind === 'code') found(reading.code);
  }

  /** Before anything else sees it: the key that ends a scan must press no button. */
  function pressed(event: KeyboardEvent) {
    clearTimeout(pause);
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
