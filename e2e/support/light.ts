import type { Page } from '@playwright/test';

/** A word of the light of the line, and when a screen showed it, milliseconds since the epoch by the page's own clock. */
type Said = { readonly connection: string; readonly atMs: number };

/**
 * Has a page note each word of its light: how long the test takes to hear of it does not count. How long a page waits before it
 * comes back it draws itself, so that a hall does not come at one instant (client/lib/pace.ts): this one draws the longest.
 */
export async function watchLight(page: Page): Promise<void> {
  await page.evaluate(() => {
    Math.random = () => 0.999;
    const light = document.querySelector('[data-connection]');
    if (light === null) throw new Error('there is no light');
    const line: Said[] = [];
    Object.assign(window, { line });
    new MutationObserver(() => {
      const connection = light.getAttribute('data-connection') ?? '';
      line.push({ connection, atMs: performance.timeOrigin + performance.now() });
    }).observe(light, { attributes: true });
  });
}

/** What the light of a page said since it is watched. */
export function lightOf(page: Page): Promise<readonly Said[]> {
  return page.evaluate(() => (window as unknown as { line: Said[] }).line);
}

/** How long after an instant, by Date.now(), the light of a page said this first, in milliseconds. Infinity: it never did. */
export async function lightAfterMs(page: Page, connection: string, sinceMs: number): Promise<number> {
  const said = (await lightOf(page)).find((one) => one.connection === connection && one.atMs > sinceMs);
  return Math.round((said?.atMs ?? Infinity) - sinceMs);
}
