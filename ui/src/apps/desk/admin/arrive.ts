// An address that names a part of a page: the part stays in sight while the rest of the page still comes in, until somebody moves.

/** What shows that somebody is looking around already. */
const MOVED = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/** Keeps the part with this id in the middle of the screen while the page grows; returns a way to stop. */
export function arrive(page: HTMLElement, id: string): () => void {
  const look = () => document.getElementById(id)?.scrollIntoView({ block: 'center' });
  // Safari 12 has none, and looks once.
  const growing = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(look);
  const stop = () => {
    growing?.disconnect();
    for (const kind of MOVED) window.removeEventListener(kind, stop, true);
  };
  for (const kind of MOVED) window.addEventListener(kind, stop, true);
  growing?.observe(page);
  look();
  return stop;
}
