// Whatever can be pressed or filled in is told from what lies around it: by its edge or by its fill, 3:1 (WCAG 1.4.11).
import type { Page } from '@playwright/test';

/** Controls of the page that neither edge nor fill sets apart, with the better of the two ratios. */
export async function faintEdges(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Colour = [number, number, number, number];
    const LEAST = 2.95;
    const read = (css: string): Colour => {
      const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
      return [r, g, b, a];
    };
    const over = (top: Colour, below: Colour): Colour => {
      const mix = (at: 0 | 1 | 2) => top[at] * top[3] + below[at] * (1 - top[3]);
      return [mix(0), mix(1), mix(2), 1];
    };
    const light = (colour: Colour) => {
      const part = (at: 0 | 1 | 2) => {
        const share = colour[at] / 255;
        return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * part(0) + 0.7152 * part(1) + 0.0722 * part(2);
    };
    const ratio = (one: Colour, other: Colour) => {
      const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b) as [number, number];
      return (bright + 0.05) / (dark + 0.05);
    };
    /** What lies below an element; null where a picture or a gradient does. */
    const ground = (element: Element | null): Colour | null => {
      const layers: Colour[] = [];
      for (let at = element; at; at = at.parentElement) {
        const { backgroundColor, backgroundImage } = getComputedStyle(at);
        if (backgroundImage !== 'none') return null;
        const colour = read(backgroundColor);
        layers.push(colour);
        if (colour[3] === 1) break;
      }
      return layers.reduceRight<Colour>((below, top) => over(top, below), [255, 255, 255, 1]);
    };
    const found: string[] = [];
    for (const control of document.querySelectorAll<HTMLElement>('button, input, select, textarea')) {
      const style = getComputedStyle(control);
      const box = control.getBoundingClientRect();
      const off =
        control.matches(':disabled, [aria-disabled="true"], [type="radio"], [type="checkbox"]') ||
        control.closest('[inert], [aria-hidden="true"], fieldset:disabled') !== null;
      if (off || box.width < 8 || box.height < 8 || style.visibility === 'hidden' || style.opacity === '0')
        continue;
      const width = parseFloat(style.borderTopWidth);
      const edge = read(style.borderTopColor);
      // Words without any edge, such as a link or a tab, are told by their words.
      if (!(width > 0) || style.borderTopStyle === 'none' || edge[3] === 0) continue;
      const outside = ground(control.parentElement);
      const inside = ground(control);
      if (!outside || !inside) continue;
      const best = Math.max(ratio(over(edge, outside), outside), ratio(inside, outside));
      if (best < LEAST)
        found.push(
          `${control.tagName} “${(control.innerText || control.getAttribute('aria-label')) ?? ''}” ${best.toFixed(2)}`,
        );
    }
    return found;
  });
}
