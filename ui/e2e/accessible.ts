// The WCAG 2.2 AA rules that a machine can check.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { faintEdges } from './edges';

/** Fails with every rule the page breaks in the named state, and with every control that nobody sees the edge of. */
export async function accessible(page: Page, state: string): Promise<void> {
  // Colours are judged once movements have come to rest; what turns for ever does not count.
  await page.evaluate(async () => {
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    const moving = document
      .getAnimations()
      .filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
    await Promise.all(moving.map((one) => one.finished.catch(() => undefined)));
  });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`),
  );
  expect(found, state).toEqual([]);
  expect(await faintEdges(page), `edges: ${state}`).toEqual([]);
}
