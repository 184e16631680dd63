import type { Page } from '@playwright/test';

// What a page did while nobody looked: heard inside the page, so that nothing between two looks is missed.

/** Counts how often a pointer is pressed on a page from now on. */
export async function countPresses(page: Page): Promise<() => Promise<number>> {
  const already = await page.evaluate(() => {
    const counting = window as unknown as { presses?: number };
    if (counting.presses === undefined)
      document.addEventListener('pointerdown', () => (counting.presses = (counting.presses ?? 0) + 1), true);
    counting.presses ??= 0;
    return counting.presses;
  });
  return async () =>
    (await page.evaluate(() => (window as unknown as { presses?: number }).presses ?? 0)) - already;
}

/** Notes every moment at which words appear on any page of this tab, over reloads. Begin before the page is opened. */
export async function hearWords(page: Page, words: string): Promise<() => number[]> {
  const heard: number[] = [];
  await page.exposeFunction('noteWords', (at: number) => heard.push(at));
  await page.addInitScript((wanted) => {
    const look = () => {
      if (document.body?.textContent?.includes(wanted) ?? false)
        (window as unknown as { noteWords: (at: number) => void }).noteWords(Date.now());
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
  }, words);
  return () => heard;
}
