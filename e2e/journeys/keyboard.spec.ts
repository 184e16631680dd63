import { expect } from '@playwright/test';
import { test } from '../support/test.ts';
import { DEMO_PASSWORD } from '../../prisma/seed/demo.ts';
import { tabTo } from '../support/keyboard.ts';
import { codePath, demoSession, enterAs } from '../support/park.ts';
import { DESK, openBrowser, signInQuietly } from '../support/people.ts';
import { cardOf, openPoll, pollCard } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { textOn } from '../support/text-acts.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

test('signs in, speaks, writes the text and votes without a pointer, and sees where the focus is', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const { page } = await openBrowser(browser, DESK);
  await page.goto(`${stack.url}/sign-in`);
  await expect(page.getByRole('button', { name: '登录', exact: true })).toBeVisible();
  await tabTo(page, 'the login', ({ name }) => name.startsWith('账号'));
  await page.keyboard.type('s04-member1');
  await tabTo(page, 'the password', ({ role }) => role === 'password');
  await page.keyboard.type(DEMO_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByText(demoSession('s04').scenario.title)).toBeVisible();
  await tabTo(page, 'the room', ({ tag, name }) => tag === 'A' && name === '进入协商室');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('region', { name: '发表意见' })).toBeVisible();
  await tabTo(page, 'the stances', ({ role, tag }) => tag === 'INPUT' && role === 'radio');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, 'the words', ({ tag }) => tag === 'TEXTAREA');
  await page.keyboard.type('只用键盘说的话。');
  await page.keyboard.press('Control+Enter');
  await expect(cardOf(page, '只用键盘说的话。').getByText(/已送达 #\d+/)).toBeVisible();

  await tabTo(page, 'the parts of the room', ({ role }) => role === 'tab');
  for (let presses = 0; presses < 6; presses += 1) {
    if (await page.getByRole('tab', { name: '纪要', selected: true }).isVisible()) break;
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
  }
  await expect(textOn(page)).toBeVisible();
  await tabTo(page, 'the text', ({ role, tag }) => role === 'textbox' && tag === 'DIV');
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Only keys.');
  // The tools are reached from inside the text, and left again.
  await page.keyboard.press('Shift+Home');
  await page.keyboard.press('Alt+F10');
  const bold = page.getByRole('toolbar', { name: '文本格式' }).getByRole('button', { name: '加粗' });
  for (let presses = 0; presses < 14; presses += 1) {
    if (await bold.evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('Enter');
  await expect(bold).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(textOn(page)).toBeFocused();
  await expect(page.locator('[data-save=saved]')).toBeVisible();
  await expect(textOn(page).locator('strong')).toContainText('Only keys.');

  const chair = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  const vote = {
    id: 'q',
    question: '键盘投票？',
    kind: 'approval' as const,
    anonymous: false,
    options: ['行', '不行'].map((text) => ({ id: text, text })),
    ballots: [],
  };
  await openPoll(chair.page, vote);
  await expect(page.getByRole('button', { name: '去投票' })).toBeVisible();
  await tabTo(page, 'the call to vote', ({ name }) => name === '去投票');
  await page.keyboard.press('Enter');
  await tabTo(page, 'the options', ({ role, name }) => role === 'radio' && name === '行');
  await page.keyboard.press('Space');
  await tabTo(page, 'the review', ({ name }) => name === '核对选择');
  await page.keyboard.press('Enter');
  await tabTo(page, 'the ballot box', ({ name }) => name === '提交投票');
  await page.keyboard.press('Enter');
  await expect(pollCard(page, vote.question).getByText('您的投票已计票')).toBeVisible();
});

test('comes in by a link, speaks, and reads the archive of another session, without a pointer', async ({
  browser,
}) => {
  const { page } = await openBrowser(browser, DESK);
  await page.goto(`${stack.url}${codePath('s04', 'resident')}`);
  await expect(page.getByRole('button', { name: '参与协商' })).toBeVisible();
  await tabTo(page, 'the name', ({ tag, name }) => tag === 'INPUT' && name.startsWith('怎么称呼您'));
  await page.keyboard.type('键盘街坊');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: '发表意见' })).toBeVisible();
  await tabTo(page, 'the stances', ({ role, tag }) => tag === 'INPUT' && role === 'radio');
  await page.keyboard.press('Space');
  await tabTo(page, 'the words', ({ tag }) => tag === 'TEXTAREA');
  await page.keyboard.type('扫码进来，只用键盘。');
  await page.keyboard.press('Control+Enter');
  await expect(cardOf(page, '扫码进来，只用键盘。').getByText(/已送达 #\d+/)).toBeVisible();

  const member = await openBrowser(browser, DESK);
  await signInQuietly(member, stack.url, 's02-member');
  await member.page.goto(stack.url);
  const { scenario } = demoSession('s02');
  await expect(member.page.getByText(scenario.title)).toBeVisible();
  await tabTo(member.page, 'the archive', ({ tag, name }) => tag === 'A' && name === '查看档案');
  await member.page.keyboard.press('Enter');
  await expect(member.page).toHaveURL(/\/archive$/);
  await tabTo(member.page, 'the verification', ({ name }) => name === '核验档案');
  await member.page.keyboard.press('Enter');
  await expect(member.page.getByText('核验通过：档案自归档以来没有被改动。')).toBeVisible({
    timeout: 30_000,
  });
  // From words that somebody said to the very place in the record, of all records that one may read [AR3] [AR5].
  const text = scenario.views[1]?.text ?? '';
  await member.page.goto(stack.url);
  await expect(member.page.getByText(scenario.title)).toBeVisible();
  await tabTo(member.page, 'the search', ({ tag, name }) => tag === 'A' && name === '查档');
  await member.page.keyboard.press('Enter');
  await tabTo(member.page, 'the words', ({ tag, name }) => tag === 'INPUT' && name === '查找词语');
  await member.page.keyboard.type(text.slice(0, 8));
  await member.page.keyboard.press('Enter');
  await expect(member.page.getByRole('status').filter({ hasText: /找到 \d+ 条/ })).toBeVisible();
  await shoot(member.page, 'archive-search-1440');
  await tabTo(member.page, 'the hit', ({ tag, name }) => tag === 'A' && name.includes(text.slice(0, 8)));
  await member.page.keyboard.press('Enter');
  await expect(member.page).toHaveURL(/\/archive#entry-\d+$/);
  const entry = member.page.locator('article:target');
  await expect(entry).toContainText(text);
  await expect(entry).toBeInViewport();
  await shoot(member.page, 'archive-search-arrived-1440');
});
