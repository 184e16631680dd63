import { expect, type Page } from '@playwright/test';
import { lookAtFocus, type Focused } from './focus.ts';

/** Presses Tab until the element with the focus is the one that is meant; each stop on the way must show that it is it. */
export async function tabTo(page: Page, what: string, isIt: (element: Focused) => boolean): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(lookAtFocus);
    expect(focused.isSeen, `the focus is seen on ${focused.tag} ${focused.role} ${focused.name}`).toBe(true);
    if (isIt(focused)) return;
  }
  throw new Error(`Tab never led to ${what}`);
}
