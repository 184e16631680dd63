import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { accountRoutes } from '../../core/contract/accounts.ts';
import { ViewId } from '../../core/domain/ids.ts';
import { DEMO_PASSWORD } from '../../prisma/seed/demo.ts';
import { openBrowser as openDoors, type Browser } from '../../rehearsal/doors.ts';
import { command } from '../../rehearsal/knock.ts';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { demoSession, enterAs, scanAs } from '../support/park.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

const SAID = 180;
const { sessionId } = demoSession('s04');

let stack: Stack;
let speakers: readonly Browser[];
/** Ids in the order in which they were posted. */
const posted: ViewId[] = [];

async function post(text: string, replyTo: ViewId | null = null): Promise<void> {
  const speaker = speakers[posted.length % speakers.length];
  if (speaker === undefined) throw new Error('nobody speaks');
  const id = ViewId.parse(randomUUID());
  const stance = posted.length % 4 === 0 ? ('question' as const) : ('suggestion' as const);
  await command(speaker, sessionId, { type: 'postView', view: { id, stance, text, replyTo } }, randomUUID());
  posted.push(id);
}

test.beforeAll(async () => {
  stack = await startStack();
  speakers = await Promise.all(
    ['s04-member1', 's04-member2'].map(async (login) => {
      const browser = openDoors(stack.url, () => undefined);
      await browser.call(accountRoutes.signIn, { body: { login, password: DEMO_PASSWORD } });
      return browser;
    }),
  );
  for (let n = 0; n < SAID; n += 1)
    await post(`长会场第${n}句：${'上下学时段请留出通道。'.repeat(1 + (n % 4))}`);
  await post('长会场里回头说的一句', posted[2] ?? null);
});
test.afterAll(() => stack.close());

const feed = (page: Page) => page.getByRole('feed');
const card = (page: Page, words: string) => page.locator('article[data-seq]').filter({ hasText: words });
const place = (page: Page, words: string) =>
  card(page, words).evaluate((one) => Math.round(one.getBoundingClientRect().top));

/** Turns the wheel upwards over the stream until something is seen. */
async function wheelUpTo(page: Page, words: string): Promise<void> {
  await feed(page).locator('..').hover();
  await expect
    .poll(
      async () => {
        if (await card(page, words).isVisible()) return true;
        await page.mouse.wheel(0, -600);
        return false;
      },
      { timeout: 60_000, intervals: [60] },
    )
    .toBe(true);
}

test('shows the newest at once, and what is earlier as one goes there [R1] [R3]', async ({ browser }) => {
  test.setTimeout(180_000);
  const { page } = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  await expect(card(page, '长会场里回头说的一句')).toBeVisible();
  const { views } = demoSession('s04').scenario;
  const total = await page
    .getByText(/^\d+ 条$/)
    .first()
    .textContent();
  expect(Number.parseInt(total ?? '', 10)).toBeGreaterThan(SAID);
  expect(Number.parseInt(total ?? '', 10)).toBeLessThanOrEqual(SAID + 1 + views.length);
  // Only what is in sight is in the page, and readers are told how many there are.
  expect(await page.locator('article[data-seq]').count()).toBeLessThan(60);
  const { position, of } = await card(page, '长会场里回头说的一句').evaluate((one) => ({
    position: Number(one.getAttribute('aria-posinset')),
    of: Number(one.getAttribute('aria-setsize')),
  }));
  expect(position).toBe(of);
  expect(of).toBeGreaterThanOrEqual(SAID);

  await wheelUpTo(page, '长会场第120句');
  const before = await place(page, '长会场第120句');
  await post('读着的时候来的一句');
  await expect(page.getByRole('button', { name: '1 条新意见' })).toBeVisible();
  expect(Math.abs((await place(page, '长会场第120句')) - before)).toBeLessThan(3);
  await expectNoSeriousViolations(page, 'a long stream');
  await shoot(page, 'long-stream');

  await wheelUpTo(page, '长会场第0句');
  await page.getByRole('button', { name: '1 条新意见' }).click();
  await expect(card(page, '读着的时候来的一句')).toBeInViewport();

  // By thread an answer may stand above what is in sight: the way to it leads upwards.
  await post('回头答的一句', posted[SAID - 40] ?? null);
  const above = page.getByRole('button', { name: '上面有 1 条新意见' });
  await expect(above).toBeVisible();
  await expect(card(page, '回头答的一句')).not.toBeInViewport();
  await above.click();
  await expect(card(page, '回头答的一句')).toBeInViewport();
  await expect(above).toHaveCount(0);
  await expect(page.getByRole('button', { name: /条新意见/ })).toHaveCount(0);
});

test('follows a quotation to a view that was not loaded, and goes on by keys', async ({ browser }) => {
  const { page } = await scanAs(browser, stack.url, { name: '翻看的人', prefix: 's04' });
  await expect(card(page, '长会场里回头说的一句').or(card(page, '读着的时候来的一句')).first()).toBeVisible();
  await wheelUpTo(page, '长会场里回头说的一句');
  await page
    .getByRole('button', { name: /查看 #\d+ .*的意见/ })
    .last()
    .click();
  await expect(card(page, '长会场第2句')).toBeFocused();
  await expect(card(page, '长会场第2句')).toBeInViewport();
  await page.keyboard.press('PageDown');
  await expect(page.locator('article[data-seq]:focus')).toHaveCount(1);
  await expect(card(page, '长会场第2句')).not.toBeFocused();
  await shoot(page, 'long-stream-phone');
});

test('finds what passes a filter among all that was said [R3]', async ({ browser }) => {
  const { page } = await enterAs(browser, stack.url, { login: 's04-member1', prefix: 's04' });
  await expect(feed(page)).toBeVisible();
  await page.getByRole('combobox', { name: '立场' }).selectOption({ label: '提问' });
  await wheelUpTo(page, '长会场第4句');
  await expect(card(page, '长会场第5句')).toHaveCount(0);
});

test('a rush of views moves nothing that one reads, and is told in sentences three seconds apart (ux R5)', async ({
  browser,
}) => {
  const { page } = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  await wheelUpTo(page, '长会场第150句');
  const before = await place(page, '长会场第150句');
  const told: { words: string; at: number }[] = [];
  await page.exposeFunction('told', (words: string, at: number) => void told.push({ words, at }));
  await page.getByTestId('announcements').evaluate((region) => {
    const tell = (window as unknown as { told: (words: string, at: number) => void }).told;
    const look = () => {
      if (region.textContent !== '') tell(region.textContent ?? '', performance.now());
    };
    new MutationObserver(look).observe(region, { subtree: true, childList: true, characterData: true });
  });
  const RUSH = 40;
  for (let n = 0; n < RUSH; n += 1) await post(`一阵意见里的第${n}句`);
  // One by itself is told with its author.
  const said = () => told.reduce((sum, { words }) => sum + Number(/(\d+) 条/.exec(words)?.[1] ?? 1), 0);
  await expect.poll(said, { timeout: 15_000 }).toBe(RUSH);
  const apart = told.slice(1).map(({ at }, index) => at - (told[index]?.at ?? 0));
  expect(Math.min(Infinity, ...apart)).toBeGreaterThan(2_900);
  expect(Math.abs((await place(page, '长会场第150句')) - before)).toBeLessThan(3);
});
