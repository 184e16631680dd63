import { expect } from '@playwright/test';
import { test } from '../support/test.ts';
import { enterAs, scanAs } from '../support/park.ts';
import {
  cardOf,
  castBallot,
  closePoll,
  openPoll,
  openTab,
  orderOn,
  postView,
  resultOf,
} from '../support/room-acts.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack({ processes: 2 });
});
test.afterAll(() => stack.close());

const vote = {
  id: 'q',
  question: '先试行两周，好不好？',
  kind: 'approval' as const,
  anonymous: false,
  options: ['好', '不好'].map((text) => ({ id: text, text })),
  ballots: [],
};

test('people on two processes are one room, through a lost line and a killed process', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const [here, there] = stack.processes;
  if (here === undefined || there === undefined) throw new Error('two processes are needed');
  const chair = await enterAs(browser, here.url, { login: 's04-convener', prefix: 's04' });
  const member = await enterAs(browser, there.url, { login: 's04-member1', prefix: 's04' });
  const resident = await scanAs(browser, there.url, { name: '街坊甲', prefix: 's04' });
  const pages = [chair.page, member.page, resident.page];

  await postView(chair.page, { stance: 'question', text: '这边能听到吗？', answers: null });
  await postView(resident.page, { stance: 'info', text: '那边能听到。', answers: '这边能听到吗？' });
  for (const page of pages) await expect(cardOf(page, '那边能听到。')).toBeVisible();

  await test.step('a lost line', async () => {
    await resident.context.setOffline(true);
    await expect(resident.page.getByLabel('连接状态')).toContainText('离线');
    await postView(chair.page, { stance: 'info', text: '断网时说的第一句。', answers: null });
    await postView(member.page, { stance: 'suggestion', text: '断网时说的第二句。', answers: null });
    await resident.context.setOffline(false);
    await expect(cardOf(resident.page, '断网时说的第二句。')).toBeVisible({ timeout: 30_000 });
  });

  await test.step('a killed process', async () => {
    await there.kill();
    await postView(chair.page, { stance: 'info', text: '那边停了的时候。', answers: null });
    await there.start();
    for (const page of pages) await expect(cardOf(page, '那边停了的时候。')).toBeVisible({ timeout: 30_000 });
    await postView(resident.page, { stance: 'support', text: '回来了。', answers: null });
  });

  await test.step('one poll over both', async () => {
    await openPoll(chair.page, vote);
    await castBallot(member.page, vote.question, ['好']);
    await castBallot(resident.page, vote.question, ['不好']);
    await closePoll(chair.page, vote.question);
    for (const page of pages) {
      await openTab(page, '投票');
      expect((await resultOf(page, vote.question)).counts).toEqual({ 好: 1, 不好: 1 });
    }
  });

  await openTab(resident.page, '意见');
  for (const page of pages) await expect(cardOf(page, '回来了。')).toHaveCount(1);
  const order = await orderOn(chair.page);
  for (const page of pages) expect(await orderOn(page)).toEqual(order);
});
