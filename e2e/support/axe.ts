import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

/**
 * Refuses a page that shuts somebody out: nothing serious, nothing critical. What axe calls moderate or minor fails nothing;
 * the run tells of it (annotation “accessibility”), so that it is seen.
 */
export async function expectNoSeriousViolations(page: Page, state: string): Promise<void> {
  // No page of ours holds one of another origin, for which the other mode would open a window of its own each time.
  const look = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const { violations } = await look.analyze();
  const isGrave = ({ impact }: (typeof violations)[number]) => impact === 'serious' || impact === 'critical';
  const where = ({ id, nodes }: (typeof violations)[number]) =>
    `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`;
  for (const light of violations.filter((violation) => !isGrave(violation)))
    test.info().annotations.push({
      type: 'accessibility',
      description: `${light.impact ?? 'unrated'}, ${state}: ${where(light)}`,
    });
  const grave = violations.filter(isGrave).map(where);
  expect.soft(grave, `accessibility of ${state}`).toEqual([]);
}
