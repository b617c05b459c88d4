import { afterEach, describe, expect, it, vi } from 'vitest';
import { arrive } from './arrive';

afterEach(() => vi.unstubAllGlobals());

function page(): { page: HTMLElement; looked: ReturnType<typeof vi.fn>; grow: () => void } {
  let grow = () => {};
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(seen: () => void) {
        grow = seen;
      }
      observe() {}
      disconnect() {
        grow = () => {};
      }
    },
  );
  const place = document.createElement('div');
  place.innerHTML = '<p id="printer">Printer</p>';
  document.body.replaceChildren(place);
  const looked = vi.fn();
  place.querySelector('p')!.scrollIntoView = looked;
  return { page: place, looked, grow: () => grow() };
}

describe('arriving at a part of a page', () => {
  it('stays there while what stands above it comes in later', () => {
    const { page: place, looked, grow } = page();
    arrive(place, 'printer');
    grow();
    grow();
    expect(looked).toHaveBeenCalledTimes(3);
  });

  it.each(['wheel', 'touchmove', 'pointerdown', 'keydown'])('leaves whoever moves alone (%s)', (kind) => {
    const { page: place, looked, grow } = page();
    arrive(place, 'printer');
    window.dispatchEvent(new Event(kind));
    grow();
    expect(looked).toHaveBeenCalledTimes(1);
  });

  it('goes nowhere for a part that does not exist, and once where nothing tells of growing', () => {
    const { page: place, looked } = page();
    arrive(place, 'nothing')();
    expect(looked).not.toHaveBeenCalled();
    vi.stubGlobal('ResizeObserver', undefined);
    arrive(place, 'printer')();
    expect(looked).toHaveBeenCalledTimes(1);
  });
});
