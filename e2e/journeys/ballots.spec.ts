import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import pg from 'pg';

import type { ScenarioVote } from '../../core/domain/scenarios/scenario.ts';
import { countPresses, hearWords } from '../support/heard.ts';
import { demoSession, enterAs } from '../support/park.ts';
import { DESK, openBrowser, PHONE, signInQuietly } from '../support/people.ts';
import { closePoll, openPoll, pollCard } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

type Kind = ScenarioVote['kind'];
const KINDS: readonly Kind[] = ['single', 'multiple', 'approval', 'rating'];
const MARKS = { y: '赞成', c: '有条件赞成', n: '不赞成', a: '弃权' };

function voteOf(kind: Kind): ScenarioVote {
  const options =
    kind === 'approval'
      ? Object.entries(MARKS).map(([id, text]) => ({ id, text }))
      : ['甲方案', '乙方案'].map((text) => ({ id: text, text }));
  return { id: 'q', question: `怎么投：${kind}？`, kind, anonymous: false, options, ballots: [] };
}

const chairOf = (browser: Browser) => enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });

/** Marks a whole paper: one option, or all that may be chosen, or a score for each. */
async function fill(card: Locator, kind: Kind): Promise<void> {
  if (kind === 'rating') {
    for (const option of ['甲方案', '乙方案'])
      await card.getByRole('group', { name: option }).getByRole('radio').last().check();
    return;
  }
  const options = { single: ['甲方案'], multiple: ['甲方案', '乙方案'], approval: ['有条件赞成'] }[kind];
  for (const option of options) await card.getByLabel(option, { exact: true }).check();
}

async function toReview(page: Page, kind: Kind): Promise<Locator> {
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
    // How many have voted is everybody's to read, by role; what they chose is nobody's yet [B55].
    await expect(card.getByRole('progressbar')).toBeVisible();
    const count = await presses();
    expect(count, `presses for ${kind}`).toBeGreaterThanOrEqual(4);
    expect(count, `presses for ${kind}`).toBeLessThanOrEqual(5);
    await closePoll(chair.page, voteOf(kind).question);
    await expect(card.getByText(/应投 \d+ 人，已投 1 人/)).toBeVisible();
  }
  await recount(browser, page);
  await weighed(chair.page, page);
  await toldInStream(page);
});

/** Whose votes weigh more is named in the form, and read before one votes and with the result [B17]. */
async function weighed(chair: Page, page: Page): Promise<void> {
  const question = '各人的票权重不同';
  await chair.getByRole('button', { name: '准备投票' }).click();
  const form = chair.getByRole('form', { name: '准备投票' });
  await form.getByLabel('问题').fill(question);
  await form.getByText('规则（可以不改）').click();
  await form.getByLabel('各人的票权重不同').check();
  const named = form.getByLabel('增加一人');
  for (const _ of [1, 2]) await named.selectOption({ index: 1 });
  const weights = form.getByRole('spinbutton', { name: /的票$/ });
  await weights.first().fill('0');
  await expect(form.getByText('权重应大于 0、不超过 1000，最多六位小数').first()).toBeVisible();
  await weights.first().fill('2.5');
  await weights.first().scrollIntoViewIfNeeded();
  await shoot(chair, 'polls-weights-form-1440');
  await form.getByRole('button', { name: '保存，暂不开启' }).click();
  const prepared = pollCard(chair, question);
  await prepared.getByRole('button', { name: '开启投票' }).click();
  await chair.getByRole('dialog').getByRole('button', { name: '开启投票' }).click();
  await page.getByRole('button', { name: '去投票' }).click();
  const card = pollCard(page, question);
  await expect(card.getByText(/^各人的票权重不同：.+ 2\.5、.+ 2；其他人每票为 1。$/)).toBeVisible();
  await card.getByLabel('赞成', { exact: true }).check();
  await card.getByRole('button', { name: '核对选择' }).click();
  await shoot(page, 'polls-weights-ballot');
  await card.getByRole('button', { name: '提交投票' }).click();
  await closePoll(chair, question);
  await expect(card.getByText(/应投 \d+ 人，已投 1 人/)).toBeVisible();
  await expect(card.getByText('不加权').first()).toBeVisible();
  await shoot(page, 'polls-weights-result');
}

/** What became of a poll stands among what was said, and leads to it by keyboard, on a phone as well [B71]. */
async function toldInStream(page: Page): Promise<void> {
  const { question } = voteOf('single');
  const told = page.getByRole('article', { name: `投票结束：${question}` });
  await expect(told).toContainText('甲方案');
  await expect(told).toContainText('意向性投票');
  await shoot(page, 'polls-in-stream-1440');
  await told.getByRole('button', { name: question }).press('Enter');
  await expect(pollCard(page, question)).toBeFocused();
  await page.setViewportSize(PHONE);
  await page.getByRole('tab', { name: '意见' }).click();
  await told.scrollIntoViewIfNeeded();
  await shoot(page, 'polls-in-stream-360');
  await told.getByRole('button', { name: question }).click();
  await expect(pollCard(page, question)).toBeInViewport();
}

/** The result is counted again where one reads it, taken out as a file, and counted again by somebody without account or line [B26]. */
async function recount(browser: Browser, page: Page): Promise<void> {
  const card = pollCard(page, voteOf('single').question);
  await card.getByText('导出与核验').click();
  await card.getByRole('button', { name: '核验', exact: true }).click();
  await expect(card.getByText('核验通过：按规则重新点票，结果相同。')).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    card.getByRole('button', { name: '导出核验文件' }).click(),
  ]);
  const stranger = await openBrowser(browser, DESK);
  await stranger.page.goto(`${stack.url}/recount`);
  await expect(stranger.page.getByRole('heading', { name: '核验投票' })).toBeVisible();
  await stranger.context.setOffline(true);
  await stranger.page.getByLabel('选择文件').setInputFiles(await file.path());
  await expect(stranger.page.getByText('核验通过：按规则重新点票，结果相同。')).toBeVisible();
  await stranger.context.close();
}

/** On paper there is the receipt, and nothing else of the page; once it is printed the page is as it was [B37]. */
async function printed(page: Page, card: Locator, tracker: string): Promise<void> {
  const isPrinting = page.evaluate(
    () =>
      new Promise((resolve) => {
        window.print = () => resolve(null);
      }),
  );
  await card.getByRole('button', { name: '打印回执' }).click();
  await isPrinting;
  await page.emulateMedia({ media: 'print' });
  const paper = page.locator('[data-printed]');
  await expect(paper.getByText(tracker, { exact: true })).toBeVisible();
  await expect(paper.getByText('意向投票回执', { exact: false })).toBeVisible();
  await expect(card).toBeHidden();
  await page.emulateMedia({ media: null });
  await expect(card).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(paper).toHaveCount(0);
}

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
  await card.getByLabel('赞成', { exact: true }).check();
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
  await voidAndAgain(browser, { chair: chair.page, member: page, question: vote.question });
});

/** A poll is void once somebody else confirms it, everybody reads so, and it is held again under the same rules [B42] [B43]. */
async function voidAndAgain(
  browser: Browser,
  { chair, member, question }: { readonly chair: Page; readonly member: Page; readonly question: string },
): Promise<void> {
  const old = pollCard(chair, question).first();
  await old.getByRole('button', { name: '提出作废' }).click();
  await chair.getByRole('dialog').getByRole('textbox').fill('名单有误');
  await chair.getByRole('dialog').getByRole('button', { name: '提出作废' }).click();
  await expect(pollCard(member, question).getByText(/提出作废这次投票，理由：名单有误/)).toBeVisible();
  await expect(old.getByRole('button', { name: '确认作废' })).toHaveCount(0);
  const admin = await enterAs(browser, stack.url, { login: 'admin', prefix: 's04' });
  await admin.page.getByRole('tab', { name: '投票' }).click();
  await pollCard(admin.page, question).getByRole('button', { name: '确认作废' }).click();
  await admin.page.getByRole('dialog').getByRole('button', { name: '确认作废' }).click();
  await expect(pollCard(member, question).getByText(/已作废，结果不作数。理由：名单有误/)).toBeVisible();
  await expect(pollCard(member, question).getByText(/此次投票作废，不作数；应投/)).toBeVisible();
  await shoot(member, 'poll-void-1440');
  await old.getByRole('button', { name: '重新投票' }).click();
  await chair.getByRole('dialog').getByRole('button', { name: '重新投票' }).click();
  const again = pollCard(chair, question).filter({ has: chair.getByText('待开启', { exact: true }) });
  await again.getByRole('button', { name: '修改' }).click();
  const form = chair.getByRole('form');
  await expect(form.getByRole('radio', { name: /^实名公开：/ })).toBeDisabled();
  await form.getByRole('radio', { name: /^无记名投票：/ }).check();
  await shoot(chair, 'poll-again-form-1440');
  await form.getByRole('button', { name: '保存，暂不开启' }).click();
  await expect(again.getByText(/^无记名/).first()).toBeVisible();
}

/** A ballot for the box, chosen and handed in; whether it is there is another matter. */
async function handIn(page: Page, question: string, option: string): Promise<Locator> {
  await page.getByRole('button', { name: '去投票' }).click();
  const card = pollCard(page, question);
  await card.getByLabel(option, { exact: true }).check();
  await card.getByRole('button', { name: '核对选择' }).click();
  await card.getByRole('button', { name: '提交投票' }).click();
  return card;
}

test('a ballot for the box is called counted when it is there, found by its voter after the close, and all are counted again [B31] [B34]', async ({
  browser,
}) => {
  const chair = await chairOf(browser);
  const one = await enterAs(browser, stack.url, { login: 's04-member1', prefix: 's04' });
  const phone = await openBrowser(browser, PHONE);
  await signInQuietly(phone, stack.url, 's04-member2');
  await phone.page.goto(`${stack.url}${demoSession('s04').path}`);
  const vote = { ...voteOf('approval'), question: '投进票箱的，事后能核对吗？' };
  await openPoll(chair.page, vote, { secrecy: 'verifiable' });
  const key = await pollCard(chair.page, vote.question).getByTestId('box-key').locator('code').innerText();

  // What is in the box is counted, nothing sooner; a reload goes on with what was handed in.
  await one.page.route('**/box/**', (route) => route.abort('connectionfailed'));
  const card = await handIn(one.page, vote.question, '赞成');
  await expect(card.getByTestId('box-key').locator('code')).toHaveText(key);
  await expect(card.getByText('正在混入其他票…')).toBeVisible();
  await expect(card.getByText(/正在重试，还没有送达/)).toBeVisible();
  await expectNoSeriousViolations(one.page, 'a ballot on its way into the box');
  await one.page.reload();
  await one.page.getByRole('tab', { name: '投票' }).click();
  await expect(card.getByText('正在混入其他票…')).toBeVisible();
  await one.page.unroute('**/box/**');
  const tracker = await card.getByTestId('tracker').innerText();
  expect(tracker).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);

  const other = await handIn(phone.page, vote.question, '不赞成');
  await expect(other.getByTestId('tracker')).toBeVisible();
  await shoot(phone.page, 'box-tracker-360');
  await expectNoSeriousViolations(phone.page, 'a tracker on a phone');
  const second = await phone.context.newPage();
  await second.goto(`${stack.url}${demoSession('s04').path}`);
  await second.getByRole('tab', { name: '投票' }).click();
  await expect(pollCard(second, vote.question).getByTestId('tracker')).toHaveText(
    await other.getByTestId('tracker').innerText(),
  );
  await second.close();

  const [receipt] = await Promise.all([
    one.page.waitForEvent('download'),
    card.getByRole('button', { name: '下载回执' }).click(),
  ]);
  await printed(one.page, card, tracker);
  await closePoll(chair.page, vote.question);
  await expect(card.getByText(`您的票 ${tracker} 在名单里，内容与您提交的相同。`)).toBeVisible();
  await other.getByText(/^全部核验码/).click();
  await other.getByLabel('查找核验码').fill(tracker.toLowerCase().replace('-', ' '));
  await expect(other.getByText('找到 1 个')).toBeVisible();
  await expect(other.getByRole('listitem').filter({ hasText: tracker })).toHaveCount(1);
  await other.getByText('导出与核验').click();
  await other.getByRole('button', { name: '核验', exact: true }).click();
  await expect(other.getByText('核验通过：按规则重新点票，结果相同。')).toBeVisible();
  await expect(other.getByText('签名：每张票都有宣布的公钥的签名。')).toBeVisible();
  await shoot(phone.page, 'box-closed-360');
  await expectNoSeriousViolations(phone.page, 'a closed box on a phone');

  // The file and the receipt that was kept are enough for whoever complains.
  const [file] = await Promise.all([
    phone.page.waitForEvent('download'),
    other.getByRole('button', { name: '导出核验文件' }).click(),
  ]);
  const stranger = await openBrowser(browser, PHONE);
  await stranger.page.goto(`${stack.url}/recount`);
  await stranger.page.getByLabel('选择文件').setInputFiles(await file.path());
  await stranger.page.getByLabel('选择回执').setInputFiles(await receipt.path());
  await expect(
    stranger.page.getByText(`回执核验通过：您的票 ${tracker} 在票箱里，与提交时相同。`),
  ).toBeVisible();
  await shoot(stranger.page, 'recount-receipt-360');
  await expectNoSeriousViolations(stranger.page, 'a receipt on a phone');
  await stranger.context.close();
});

test('an election on paper is counted by two tellers, and elects who both say [B61] [B45]', async ({
  browser,
}) => {
  const { page } = await chairOf(browser);
  const question = '推选召集人';
  await page.getByRole('tab', { name: '投票' }).click();
  await page.getByRole('button', { name: '准备投票' }).click();
  const form = page.getByRole('form', { name: '准备投票' });
  await form.getByLabel('问题').fill(question);
  await form.getByText(/^方式：/).click();
  await form.getByRole('radio', { name: '推选', exact: true }).check();
  const names = form.getByRole('textbox', { name: /^候选人 \d+$/ });
  for (const [n, name] of ['候选人甲', '候选人乙'].entries()) await names.nth(n).fill(name);
  await form.getByLabel('投纸票或举手，由两位监票人计票').check();
  const tellers = [];
  for (const login of ['s04-member1', 's04-member2'])
    tellers.push(await enterAs(browser, stack.url, { login, prefix: 's04' }));
  await form.getByLabel('监票人 1').selectOption({ index: 1 });
  await form.getByLabel('监票人 2').selectOption({ index: 1 });
  await shoot(page, 'polls-election-form-1440');
  await form.getByRole('button', { name: '保存，暂不开启' }).click();
  const card = pollCard(page, question);
  await card.getByRole('button', { name: '开启投票' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '开启投票' }).click();
  await expect(card.getByRole('button', { name: '结束投票' })).toBeDisabled();
  for (const teller of tellers) {
    const mine = pollCard(teller.page, question);
    await teller.page.getByRole('tab', { name: '投票' }).click();
    const counts = {
      '发出（举手：在场人数）': 2,
      '有效票（不含空白票）': 2,
      '候选人甲 ○': 3,
      '候选人甲 ×': 0,
      '候选人乙 ○': 0,
      '候选人乙 ×': 1,
    };
    for (const [label, number] of Object.entries(counts))
      await mine.getByLabel(label, { exact: true }).fill(String(number));
    await expect(mine.getByText('数字互相不符', { exact: false })).toBeVisible();
    await mine.getByLabel('候选人甲 ○', { exact: true }).fill('2');
    await shoot(teller.page, 'polls-election-teller');
    await mine.getByRole('button', { name: '提交计数' }).click();
  }
  await expect(card.getByText(/两位监票人的数字一致：发出 2，收回 2；有效 2/)).toBeVisible();
  await closePoll(page, question);
  await shoot(page, 'polls-election-1440');
});
