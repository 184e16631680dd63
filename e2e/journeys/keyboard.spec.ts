import { expect, type Page } from '@playwright/test';
import { test } from '../support/test.ts';
import { DEMO_PASSWORD } from '../../prisma/seed/demo.ts';
import { demoSession, enterAs } from '../support/park.ts';
import { DESK, openBrowser } from '../support/people.ts';
import { cardOf, openPoll, pollCard } from '../support/room-acts.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

/** Presses Tab until the element with the focus is the one that is meant. */
async function tabTo(
  page: Page,
  what: string,
  isIt: (element: { role: string; name: string; tag: string }) => boolean,
): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const label =
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
          ? element.labels?.[0]?.textContent
          : null;
      return {
        role: element?.getAttribute('role') ?? element?.getAttribute('type') ?? '',
        name: element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '',
        tag: element?.tagName ?? '',
      };
    });
    if (isIt(focused)) return;
  }
  throw new Error(`Tab never led to ${what}`);
}

test('signs in, speaks and votes without a pointer', async ({ browser }) => {
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
