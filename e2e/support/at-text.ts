import { expect, type Browser, type Page } from '@playwright/test';
import { demoSession, enterAs } from './park.ts';
import { expectNoSeriousViolations } from './axe.ts';
import { DESK, openBrowser, PHONE, signInQuietly } from './people.ts';
import { openTab } from './room-acts.ts';
import { shoot } from './shots.ts';
import { toEnd } from './text-acts.ts';
import { holdTextLine, type TextLine } from './text-line.ts';

/** The light of the text on a page says 已保存. */
export const saved = (page: Page): Promise<void> => expect(page.locator('[data-save=saved]')).toBeVisible();
/** … and that it is offline, with so many edits. */
export const offline = (page: Page): Promise<void> =>
  expect(page.getByText(/离线 · (本机 )?\d+ 处修改/)).toBeVisible();

type Opened = { readonly page: Page; readonly line: TextLine };
type Wish = { readonly keepsNothing?: boolean };

/** Somebody at the text, with the line to it in the test's hands. */
export async function openText(
  browser: Browser,
  url: string,
  login: string,
  wish: Wish = {},
): Promise<Opened> {
  const visitor = await openBrowser(browser, DESK);
  const line = await holdTextLine(visitor.page);
  if (wish.keepsNothing === true)
    await visitor.context.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', { value: undefined });
    });
  await signInQuietly(visitor, url, login);
  await visitor.page.goto(`${url}${demoSession('s04').path}`);
  await openTab(visitor.page, '纪要');
  await saved(visitor.page);
  return { page: visitor.page, line };
}

/** Puts these words behind the last letter. */
export async function write(page: Page, words: string): Promise<void> {
  await toEnd(page);
  await page.keyboard.insertText(words);
}

/** How many copies of texts this browser keeps. */
export const copiesOn = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const all = await indexedDB.databases();
    return all.filter(({ name }) => name?.startsWith('shangliang:text:')).length;
  });

/** Somebody who looks on at the text. */
export async function openReader(browser: Browser, url: string): Promise<Page> {
  const { page } = await enterAs(browser, url, { login: 's04-member2', prefix: 's04' });
  await openTab(page, '纪要');
  await saved(page);
  return page;
}

const WIDTHS = { 360: PHONE, 1440: DESK } as const;

/** A state of the text at each width: nothing serious for axe, and a picture. A page of another width is drawn anew. */
export async function examineText(page: Page, name: string, reach: () => Promise<void>): Promise<void> {
  for (const [width, size] of Object.entries(WIDTHS)) {
    await page.setViewportSize(size);
    await openTab(page, '纪要');
    await reach();
    await expectNoSeriousViolations(page, `the text, ${name}, at ${width} px`);
    await shoot(page, `text-${name}-${width}`);
  }
}
