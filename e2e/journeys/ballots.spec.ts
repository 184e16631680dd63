import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import pg from 'pg';
import type { PollKind } from '../../core/domain/polls/kinds.ts';
import { countPresses, hearWords } from '../support/heard.ts';
import { demoSession, enterAs } from '../support/park.ts';
import { DESK, openBrowser, signInQuietly } from '../support/people.ts';
import { closePoll, openPoll, pollCard } from '../support/room-acts.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

const KINDS: readonly PollKind[] = ['single', 'multiple', 'approval', 'rating'];

function voteOf(kind: PollKind) {
  const options = ['甲方案', '乙方案'].map((text) => ({ id: text, text }));
  return { id: 'q', question: `怎么投：${kind}？`, kind, anonymous: false, options, ballots: [] };
}

const chairOf = (browser: Browser) => enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });

/** Marks a whole paper: one option, or all that may be chosen, or a score for each. */
async function fill(card: Locator, kind: PollKind): Promise<void> {
  if (kind === 'rating') {
    for (const option of ['甲方案', '乙方案'])
      await card.getByRole('group', { name: option }).getByRole('radio').last().check();
    return;
  }
  for (const option of kind === 'multiple' ? ['甲方案', '乙方案'] : ['甲方案'])
    await card.getByLabel(option, { exact: true }).check();
}

async function toReview(page: Page, kind: PollKind): Promise<Locator> {
  await page.getByRole('button', { name: '去投票' }).click();
  const card = pollCard(page, voteOf(kind).question);
  await fill(card, kind);
  await card.getByRole('button', { name: '核对选择' }).click();
  return card;
}

test('a paper of any kind of poll is cast with five presses at most, from wherever one looks', async ({
  browser,
}) => {
  const chair = await chairOf(browser);
  const member = await enterAs(browser, stack.url, { login: 's04-member1', prefix: 's04' });
  const { page } = member;
  for (const kind of KINDS) {
    await page.getByRole('tab', { name: '纪要' }).click();
    await openPoll(chair.page, voteOf(kind));
    const presses = await countPresses(page);
    const card = await toReview(page, kind);
    await card.getByRole('button', { name: '提交投票' }).click();
    await expect(card.getByText('您的投票已计票')).toBeVisible();
    const count = await presses();
    expect(count, `presses for ${kind}`).toBeGreaterThanOrEqual(4);
    expect(count, `presses for ${kind}`).toBeLessThanOrEqual(5);
    await closePoll(chair.page, voteOf(kind).question);
    await expect(card.getByText(/应投 \d+ 人，已投 1 人/)).toBeVisible();
  }
});

/** How many ballots lie in the log of the session, asked past the server. */
async function ballotsInLog(): Promise<number> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from room_event where session_id = $1 and type = 'ballot:cast'`,
    [demoSession('s04').sessionId],
  );
  await client.end();
  return rows[0]?.count ?? -1;
}

test('a ballot cast without a line is kept over a reload, counted once when it is back, and called counted no sooner [L7]', async ({
  browser,
}) => {
  const chair = await chairOf(browser);
  const { page, context } = await openBrowser(browser, DESK);
  const counted = await hearWords(page, '您的投票已计票');
  await signInQuietly({ page, context }, stack.url, 's04-member2');
  await page.goto(`${stack.url}${demoSession('s04').path}`);
  const vote = { ...voteOf('approval'), question: '断网也能投？' };
  await openPoll(chair.page, vote);
  await page.getByRole('button', { name: '去投票' }).click();
  const card = pollCard(page, vote.question);
  await card.getByLabel('甲方案', { exact: true }).check();
  await card.getByRole('button', { name: '核对选择' }).click();
  const before = await ballotsInLog();

  await context.setOffline(true);
  await card.getByRole('button', { name: '提交投票' }).click();
  await expect(card.getByText('等待网络恢复后自动提交')).toBeVisible();
  await expect(card.getByRole('button', { name: '提交投票' })).toHaveCount(0);
  // The page comes back before its doors do: only what the browser wrote down can still be sent.
  await page.route('**/api/**', (route) => route.abort('connectionfailed'));
  await context.setOffline(false);
  await page.reload();
  expect(await ballotsInLog()).toBe(before);
  const mended = Date.now();
  await page.unroute('**/api/**');
  await page.reload();
  await expect.poll(ballotsInLog).toBe(before + 1);
  await page.getByRole('tab', { name: '投票' }).click();
  await expect(card.getByText('您的投票已计票')).toBeVisible();
  await page.reload();
  await page.getByRole('tab', { name: '投票' }).click();
  await expect(card.getByText('您的投票已计票')).toBeVisible();
  expect(counted().length).toBeGreaterThan(0);
  expect(Math.min(...counted())).toBeGreaterThanOrEqual(mended);
  expect(await ballotsInLog()).toBe(before + 1);
  await closePoll(chair.page, vote.question);
  await expect(card.getByText(/应投 \d+ 人，已投 1 人/)).toBeVisible();
});
