import { expect, type Browser, type Page } from '@playwright/test';
import type { ScenarioVote } from '../../core/domain/scenarios/scenario.ts';
import { codePath, demoSession, enterAs, scanAs } from '../support/park.ts';
import { DESK, joinByCode, openBrowser, PHONE, signInQuietly, type Visitor } from '../support/people.ts';
import { cardOf, castBallot, openPoll, openTab, postView } from '../support/room-acts.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';
import { textOn } from '../support/text-acts.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

/** A browser without what came after Chrome 87 and Safari 14, as far as script can take it away. */
async function openOldBrowser(browser: Browser, viewport: typeof DESK | typeof PHONE): Promise<Visitor> {
  const visitor = await openBrowser(browser, viewport);
  await visitor.context.addInitScript(() => {
    Reflect.deleteProperty(Object, 'hasOwn');
    const lists = [Array.prototype, Object.getPrototypeOf(Uint8Array.prototype), String.prototype];
    const later = ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with'];
    for (const name of [...later, 'isWellFormed', 'toWellFormed'])
      for (const list of lists) Reflect.deleteProperty(list, name);
    for (const name of ['structuredClone', 'BroadcastChannel', 'requestIdleCallback', 'scheduler'])
      Reflect.deleteProperty(window, name);
    Reflect.deleteProperty(Crypto.prototype, 'randomUUID');
    Reflect.deleteProperty(HTMLElement.prototype, 'inert');
    Reflect.deleteProperty(AbortSignal, 'timeout');
    Reflect.deleteProperty(AbortSignal, 'any');
    Reflect.deleteProperty(Promise, 'withResolvers');
    Reflect.deleteProperty(Object, 'groupBy');
    Reflect.deleteProperty(Intl, 'Segmenter');
  });
  return visitor;
}

/** That the page really runs without. */
const isOld = (page: Page) =>
  page.evaluate(() => !/native code/.test(String(Object.hasOwn)) && !('structuredClone' in window));

test('on a phone of 2020 one comes in, speaks, votes, writes the text and verifies a record', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const chair = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  const guest = await openOldBrowser(browser, PHONE);
  await joinByCode(guest, `${stack.url}${codePath('s04', 'resident')}`, {
    name: '老手机',
    venue: demoSession('s04').scenario.venues[0]?.name ?? '',
  });
  await expect(guest.page.getByRole('banner').getByRole('heading', { level: 1 })).toBeVisible();
  expect(await isOld(guest.page)).toBe(true);
  await postView(guest.page, { stance: 'suggestion', text: '老手机也能说话。', answers: null });
  await expect(cardOf(chair.page, '老手机也能说话。')).toHaveCount(1);
  const vote: ScenarioVote = {
    id: 'q',
    question: '老手机能投吗？',
    kind: 'approval',
    anonymous: false,
    options: ['行', '不行'].map((text) => ({ id: text, text })),
    ballots: [],
  };
  await openPoll(chair.page, vote);
  await castBallot(guest.page, vote.question, ['行']);

  const member = await openOldBrowser(browser, DESK);
  await signInQuietly(member, stack.url, 's04-member1');
  await member.page.goto(`${stack.url}${demoSession('s04').path}`);
  await openTab(member.page, '纪要');
  await textOn(member.page).click();
  await member.page.keyboard.press('Control+End');
  await member.page.keyboard.insertText('老电脑写的字。');
  await expect(member.page.locator('[data-save=saved]')).toBeVisible();
  await openTab(chair.page, '纪要');
  await expect(textOn(chair.page)).toContainText('老电脑写的字。');

  const reader = await openOldBrowser(browser, DESK);
  await signInQuietly(reader, stack.url, 's02-member');
  await reader.page.goto(`${stack.url}${demoSession('s02').path}/archive`);
  await reader.page.getByRole('button', { name: '核验档案' }).click();
  await expect(reader.page.getByText('核验通过：档案自归档以来没有被改动。')).toBeVisible({
    timeout: 30_000,
  });
});

test('a room asks for its picture and for who we are once each, before its code has come', async ({
  browser,
}) => {
  const { page } = await scanAs(browser, stack.url, { name: '慢网', prefix: 's04' });
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/\/snapshot$|^\/api\/me$/.test(pathname)) asked.push(pathname.split('/').pop() ?? '');
  });
  let held = 0;
  await page.route(/\/assets\/room-page-.*\.js$/, async (route) => {
    held += 1;
    await expect.poll(() => [...asked].sort()).toEqual(['me', 'snapshot']);
    await route.continue();
  });
  await page.reload();
  await expect(page.getByRole('group', { name: '我的身份' })).toContainText('慢网');
  await postView(page, { stance: 'info', text: '慢慢来，也只问一次。', answers: null });
  expect(held).toBeGreaterThan(0);
  expect([...asked].sort()).toEqual(['me', 'snapshot']);
});

test('a slip of the finger loses no half-written poll, and the page behind a window is out of reach', async ({
  browser,
}) => {
  const { page } = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  await openTab(page, '投票');
  await page.getByRole('button', { name: '准备投票' }).click();
  const root = page.locator('#root');
  await expect(root).toHaveAttribute('inert');
  const question = page.getByRole('form', { name: '准备投票' }).getByLabel('问题');
  await question.fill('写了一半的问题');
  await page.keyboard.press('Escape');
  await expect(page.getByText('填写的内容还没有提交。')).toBeVisible();
  await page.getByRole('button', { name: '继续填写' }).click();
  await expect(question).toHaveValue('写了一半的问题');
  await expect(question).toBeFocused();
  await page.mouse.click(4, 4);
  await page.getByRole('button', { name: '放弃填写' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(root).not.toHaveAttribute('inert');
  await expect(page.getByRole('button', { name: '准备投票' })).toBeFocused();
});
