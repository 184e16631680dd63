import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { expectFits } from '../support/fit.ts';
import { DESK, openBrowser, PHONE, signInQuietly, type Visitor } from '../support/people.ts';
import { castBallot, closePoll, openTab, pollCard, postView } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

const TITLE = '老旧小区加装充电桩';
const DAYS = '先在东区试点，是否同意？';
const header = (page: Page) => page.getByRole('banner');
const badge = (page: Page, state: string) => header(page).getByText(state, { exact: true }).first();
const card = (page: Page) => page.getByRole('listitem').filter({ hasText: TITLE });

/** So many hours from now, as a field for date and time takes it. */
function localTime(page: Page, hours: number): Promise<string> {
  return page.evaluate((ms) => {
    const at = new Date(Date.now() + ms);
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }, hours * 3_600_000);
}

/** Nobody is shut out of a phone's page and nothing of it stands beside the screen, at 320 px too. */
async function judge(page: Page, state: string): Promise<void> {
  await expectNoSeriousViolations(page, `${state}, on a phone`);
  await expectFits(page, state);
}

/** A poll that ends tomorrow, prepared and opened before the meeting. */
async function openOverDays(page: Page, question: string): Promise<void> {
  await openTab(page, '投票');
  await page.getByRole('button', { name: '准备投票' }).click();
  const form = page.getByRole('form', { name: '准备投票' });
  await form.getByLabel('问题').fill(question);
  await form.getByText('规则（可以不改）').click();
  await form.getByLabel('长期投票的截止时间').fill(await localTime(page, 30));
  await shoot(page, 'states-days-form-1440');
  await form.getByRole('button', { name: '保存，暂不开启' }).click();
  await pollCard(page, question).getByRole('button', { name: '开启投票' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '开启投票' }).click();
  await expect(
    pollCard(page, question)
      .getByText(/截止/)
      .first(),
  ).toBeVisible();
}

/** One of the rarer steps, behind its word. */
async function choose(page: Page, act: string): Promise<void> {
  await page.getByText('更多安排').click();
  await page.getByRole('button', { name: act, exact: true }).click();
}

test('a plan is reviewed, returned, approved, collects views and for longer, is adjourned and broken off, each with its reason [S1] [S7] [S8] [S11] [S12] [S14] [I5]', async ({
  browser,
}) => {
  const convener = await as('convener', DESK);
  const admin = await as('admin', PHONE);
  const member = await as('member1', PHONE);

  await test.step('planned for review, with what it needs', async () => {
    const { page } = convener;
    await page.goto(`${stack.url}/plan`);
    await page.getByLabel('协商题目').fill(TITLE);
    await page.getByRole('button', { name: '提交审核' }).click();
    await expect(page.getByText('请写明至少一类利益相关方')).toBeVisible();
    await page.getByLabel('利益相关方').fill('业主、物业公司');
    await page.getByLabel('有关部门').fill('县住房和城乡建设局');
    await shoot(page, 'states-plan-1440');
    await page.getByRole('button', { name: '存为草稿' }).click();
    await expect(page.getByText('这是草稿，只有筹备人员可见。')).toBeVisible();
    await page.setViewportSize(PHONE);
    await judge(page, 'a draft');
    await page.setViewportSize(DESK);
    await page.getByRole('button', { name: '提交审核' }).click();
    await expect(badge(page, '待审核')).toBeVisible();
    await expect(page.getByText('通过前只有筹备人员可见')).toBeVisible();
    await expectNoSeriousViolations(page, 'a plan in review');
  });

  await test.step('unseen by members, returned with a reason by the office on a phone', async () => {
    await member.page.goto(stack.url);
    await expect(member.page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(card(member.page)).toHaveCount(0);
    const { page } = admin;
    await page.goto(stack.url);
    await expect(page.getByRole('region', { name: '待我审核' }).getByText(TITLE)).toBeVisible();
    await shoot(page, 'states-home-360');
    await card(page).getByRole('link', { name: '去审核' }).click();
    // What the kind of meeting sets is approved with the plan [K4].
    await expect(
      page.getByText('本场规则：未发言者优先，每次发言 3 分钟；每人每项议程最多发言 2 次'),
    ).toBeVisible();
    await shoot(page, 'states-review-360');
    await page.getByRole('button', { name: '退回修改' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '退回修改' }).click();
    await expect(dialog.getByText('请写明理由')).toBeVisible();
    await dialog.getByLabel('理由').fill('题目请写具体小区');
    await shoot(page, 'states-return-360');
    await dialog.getByRole('button', { name: '退回修改' }).click();
    await expect(page.getByText('方案被退回')).toBeVisible();
    await judge(page, 'a plan that was returned');
  });

  await test.step('mended and approved', async () => {
    const { page } = convener;
    await expect(page.getByText('理由：题目请写具体小区')).toBeVisible();
    await page.getByRole('button', { name: '修改方案' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('协商题目').fill(`幸福里${TITLE}`);
    await shoot(page, 'states-revise-1440');
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect(page.getByRole('heading', { level: 1, name: `幸福里${TITLE}` })).toBeVisible();
    await page.getByRole('button', { name: '提交审核' }).click();
    await expect(badge(page, '待审核')).toBeVisible();
    await judge(admin.page, 'a plan in review');
    await admin.page.getByRole('button', { name: '审核通过' }).click();
    await expect(badge(page, '待召开')).toBeVisible();
    await expect(badge(admin.page, '待召开')).toBeVisible();
    await judge(admin.page, 'a planned session');
  });

  await test.step('views are collected before the meeting', async () => {
    const { page } = convener;
    await choose(page, '征集会前意见');
    const begin = page.getByRole('dialog');
    await begin.getByLabel('征集截止时间').fill(await localTime(page, 20));
    await begin.getByRole('button', { name: '开始征集' }).click();
    await expect(page.getByText('正在征集会前意见，截至')).toBeVisible();
    await expect(page.getByText('还剩 19 小时')).toBeVisible();
    await expect(page.getByTestId('announcements')).toContainText('征集意见，至');
    await openOverDays(page, DAYS);
    await member.page.reload();
    await expect(card(member.page).getByText('征集至')).toBeVisible();
    const soon = member.page.getByRole('region', { name: '请尽快办理' });
    await expect(soon.getByText('您还没有发表意见')).toBeVisible();
    await expect(soon.getByText(`请投票：${DAYS}`)).toBeVisible();
    await expectNoSeriousViolations(member.page, 'a reminder on a phone');
    await shoot(member.page, 'states-reminder-360');
    await choose(page, '延长征集');
    const longer = page.getByRole('dialog');
    await longer.getByRole('button', { name: '延长', exact: true }).click();
    await expect(longer.getByText('请写明理由')).toBeVisible();
    await longer.getByLabel('理由').fill('部分业主在外地');
    await shoot(page, 'states-longer-1440');
    await Promise.all([
      expect(page.getByTestId('announcements')).toContainText('：部分业主在外地'),
      longer.getByRole('button', { name: '延长', exact: true }).click(),
    ]);
    await expect(page.getByText('延长理由：部分业主在外地')).toBeVisible();
    await card(member.page).getByRole('link', { name: '发表会前意见' }).click();
    await postView(member.page, { stance: 'suggestion', text: '先摸清配电容量。', answers: null });
    await expect(page.getByText('征集刚开始：每人看到的顺序各不相同。')).toBeVisible();
    await judge(member.page, 'collecting');
    await castBallot(member.page, DAYS, ['赞成']);
    await judge(member.page, 'a poll over days');
    await shoot(member.page, 'states-days-360');
    await openTab(member.page, '意见');
    await shoot(member.page, 'states-collecting-360');
    await page.getByRole('button', { name: '结束征集' }).click();
    await expect(badge(member.page, '待召开')).toBeVisible();
    await expect(page.getByText('先摸清配电容量。')).toBeVisible();
  });

  await test.step('opened, adjourned, reconvened, broken off', async () => {
    const { page } = convener;
    await page.getByRole('button', { name: '开始会议' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '开始会议' }).click();
    await expect(badge(page, '协商中')).toBeVisible();
    await choose(page, '休会');
    await page.getByRole('dialog').getByRole('button', { name: '休会', exact: true }).click();
    await expect(member.page.getByText(/^休会中，.+复会/)).toBeVisible();
    await expectNoSeriousViolations(page, 'an adjourned session');
    await judge(member.page, 'an adjourned session');
    await shoot(page, 'states-adjourned-1440');
    // It went on over the break of days; nothing is broken off while people still vote.
    await openTab(page, '投票');
    await expect(
      pollCard(page, DAYS)
        .getByText(/截止/)
        .first(),
    ).toBeVisible();
    await closePoll(page, DAYS, '两位委员都已表态');
    await expect(pollCard(page, DAYS).getByText(/提前结束了投票.+理由：两位委员都已表态。/)).toBeVisible();
    await shoot(page, 'states-early-1440');
    await openTab(member.page, '投票');
    await shoot(member.page, 'states-early-360');
    await page.getByRole('button', { name: '复会' }).click();
    await expect(badge(member.page, '协商中')).toBeVisible();
    await page.getByRole('button', { name: '暂停发言' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '暂停发言' }).click();
    await expect(badge(member.page, '暂停')).toBeVisible();
    await judge(member.page, 'a paused session');
    await choose(page, '中止会议');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('理由').fill('会场停电');
    await dialog.getByRole('button', { name: '中止会议' }).click();
    await expect(member.page.getByText('理由：会场停电')).toBeVisible();
    await expect(member.page.getByTestId('announcements')).toContainText('已中止：会场停电');
    await judge(member.page, 'a session that was broken off');
    await shoot(member.page, 'states-aborted-360');
    await member.page.getByRole('link', { name: '查看归档记录' }).click();
    await expect(member.page).toHaveURL(/\/archive$/);
    await expect(member.page.getByRole('definition').filter({ hasText: '会场停电' })).toBeVisible();
    await shoot(member.page, 'states-archive-360');
  });

  async function as(login: string, screen: typeof DESK | typeof PHONE): Promise<Visitor> {
    const visitor = await openBrowser(browser, screen);
    await signInQuietly(visitor, stack.url, login);
    return visitor;
  }
});

test('a session that is cancelled says so on a plain page, with the reason, to everybody, and to whoever wrote what waits [S5] [X11]', async ({
  browser,
}) => {
  const convener = await openBrowser(browser, DESK);
  await signInQuietly(convener, stack.url, 'convener');
  const member = await openBrowser(browser, { width: 320, height: 640 });
  await signInQuietly(member, stack.url, 'member1');
  const title = '实验小学周边上下学时段交通秩序';
  for (const { page } of [convener, member]) {
    await page.goto(stack.url);
    await page
      .getByRole('listitem')
      .filter({ hasText: title })
      .getByRole('link', { name: /会场/ })
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  // What was sent in before it, and nobody had looked at yet.
  const at = `/api${new URL(member.page.url()).pathname}`;
  const ask = async ({ context }: Visitor, method: string, path: string, data: object) => {
    const headers = { origin: stack.url, 'idempotency-key': randomUUID() };
    const answer = await context.request.fetch(`${stack.url}${at}${path}`, { method, data, headers });
    expect(answer.status(), await answer.text()).toBe(200);
  };
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await ask(convener, 'PUT', '/collecting', { until });
  await ask(convener, 'PUT', '/moderation/rules', { hold: ['member'], hideAt: 3 });
  const view = { id: randomUUID(), stance: 'suggestion', text: '请错峰放学。', replyTo: null };
  await ask(member, 'POST', '/views', view);
  await expect(badge(convener.page, '征集意见')).toBeVisible();
  await choose(convener.page, '取消会议');
  const dialog = convener.page.getByRole('dialog');
  await dialog.getByLabel('理由').fill('台风预警');
  await dialog.getByRole('button', { name: '取消会议' }).click();
  await expect(member.page.getByRole('heading', { level: 1, name: '这场协商会已取消' })).toBeVisible();
  await expect(member.page.getByText('理由：台风预警')).toBeVisible();
  const mine = member.page.getByRole('region', { name: '我的审核' });
  await expect(mine.getByText('会议未能完成，不再审核')).toBeVisible();
  await expect(mine.getByText('请错峰放学。')).toBeVisible();
  await expectNoSeriousViolations(member.page, 'a cancelled session');
  await expectFits(member.page, 'a cancelled session');
  await shoot(member.page, 'states-cancelled-320');
});
