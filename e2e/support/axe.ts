import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Refuses a page that shuts somebody out: nothing serious, nothing critical. */
export async function expectNoSeriousViolations(page: Page, state: string): Promise<void> {
  // No page of ours holds one of another origin, for which the other mode would open a window of its own each time.
  const look = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const { violations } = await look.analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect.soft(grave, `accessibility of ${state}`).toEqual([]);
}
