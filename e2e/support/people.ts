import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { DEMO_PASSWORD } from '../../prisma/seed/demo.ts';

/** Screens that people come with. */
export const DESK = { width: 1440, height: 900 } as const;
export const PHONE = { width: 360, height: 640 } as const;

/** Somebody at a browser of their own. */
export type Visitor = { readonly context: BrowserContext; readonly page: Page };

/** A browser of its own at a screen of this size. */
export async function openBrowser(
  browser: Browser,
  viewport: { width: number; height: number },
): Promise<Visitor> {
  const context = await browser.newContext({ viewport, hasTouch: viewport.width < 600 });
  return { context, page: watched(await context.newPage()) };
}

/** A page that breaks the test when it breaks. */
export function watched(page: Page): Page {
  page.on('pageerror', (error) => {
    throw error;
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes('Content Security Policy'))
      throw new Error(message.text());
  });
  return page;
}

/** Signs somebody in past the sign-in page, which has a journey of its own. */
export async function signInQuietly({ context }: Visitor, url: string, login: string): Promise<void> {
  const answer = await context.request.post(`${url}/api/sign-in`, {
    data: { login, password: DEMO_PASSWORD },
    headers: { origin: url },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Signs somebody in on the sign-in page, as they would. */
export async function signIn({ page }: Visitor, url: string, login: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** Comes in by a QR code: the consent in one sentence, a form of address, the place, one button. */
export async function joinByCode(
  visitor: Visitor,
  address: string,
  guest: { name: string; venue: string },
): Promise<void> {
  await visitor.page.goto(address);
  await giveName(visitor, guest);
}

/** What whoever has scanned a code does on the page behind it. */
export async function giveName({ page }: Visitor, guest: { name: string; venue: string }): Promise<void> {
  await expect(page.getByText('即同意本次协商使用您的称呼')).toBeVisible();
  await page.getByLabel('怎么称呼您').fill(guest.name);
  const venue = page.getByRole('radio', { name: guest.venue });
  if (await venue.isVisible()) await venue.check();
  await page.getByRole('button', { name: '参与协商' }).click();
  await expect(page).toHaveURL(/\/sessions\//);
}
