import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { projectRoot } from '../../server/paths.ts';

/** Keeps a picture of a state, to look at after the run. */
export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(projectRoot, 'e2e/shots', `${name}.png`), animations: 'disabled' });
}

/** The picture of the room that the README shows. */
export async function shootForReadme(page: Page): Promise<void> {
  await page.screenshot({ path: join(projectRoot, 'docs/room.png'), animations: 'disabled' });
}
