import { expect } from '@playwright/test';
import { test } from '../support/test.ts';
import { plainText } from '../../core/domain/outcome.ts';
import { outcomeOf } from '../../core/domain/scenarios/markdown.ts';
import { expectNoSeriousViolations } from '../support/axe.ts';
import {
  castBallot,
  closePoll,
  moveOn,
  openPoll,
  openTab,
  orderOn,
  pollCard,
  recordTask,
  resultOf,
} from '../support/room-acts.ts';
import {
  bringConvener,
  bringPeople,
  pageOf,
  readCodes,
  schoolMeeting,
  speak,
  type Hall,
} from '../support/school.ts';
import { shoot, shootForReadme } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { textOn, writeBlock } from '../support/text-acts.ts';

const { scenario, script, sessionId } = schoolMeeting();
const text = outcomeOf(scenario.outcome.markdown);
const isPhone = (id: string) =>
  ['resident', 'stakeholder'].includes(scenario.participants.find((p) => p.id === id)?.role ?? '');

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterEach(async ({ browserName }, info) => {
  const said = stack.processes.map((one) => one.output()).join('\n');
  if (info.status !== info.expectedStatus)
    await info.attach(`what the server said to ${browserName}`, { body: said });
});
test.afterAll(() => stack.close());

test('thirteen people hold the school’s meeting, from the code on the wall to the sealed archive', async ({
  browser,
}) => {
  test.setTimeout(1_500_000);
  const hall = await test.step('everybody comes in', () => gather());
  const chair = pageOf(hall, 'p01');
  for (const scene of script.scenes) {
    await test.step(scene.title, async () => {
      await moveOn(chair, scene.title);
      for (const act of scene.acts) {
        if (act.type === 'write') await writeTogether(hall);
        else if (act.command.type === 'postView' || act.command.type === 'postReply')
          await speak(hall, scenario, act);
      }
      if (scene.acts.some((act) => act.type === 'command' && act.command.type === 'castBallot'))
        await vote(hall);
    });
  }
  await test.step('everybody sees the same, in the same order', () => compareOrder(hall));
  await test.step('the session is closed', () => close(hall));
  await test.step('the archive holds, also after a restart', () => readArchive(hall));

  async function gather(): Promise<Hall> {
    const convener = await bringConvener(browser, stack.url);
    const { page } = convener;
    await expectNoSeriousViolations(page, 'a room before its opening');
    const codes = await readCodes(page);
    const others = await bringPeople(browser, { urlFor: () => stack.url, codes });
    const everybody: Hall = new Map([['p01', convener], ...others]);
    expect(everybody.size).toBe(13);
    await page.getByRole('button', { name: '开始会议' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '开始会议' }).click();
    for (const visitor of everybody.values())
      await expect(visitor.page.getByText('协商中', { exact: true }).first()).toBeVisible();
    return everybody;
  }
});

async function vote(hall: Hall): Promise<void> {
  const chair = pageOf(hall, 'p01');
  for (const [index, poll] of scenario.votes.entries()) {
    await openPoll(chair, poll);
    if (index === 0) await expectNoSeriousViolations(pageOf(hall, 'p07'), 'a phone with an open poll');
    for (const ballot of poll.ballots) {
      const choices = ballot.choices.map((id) => poll.options.find((option) => option.id === id)?.text ?? id);
      await castBallot(pageOf(hall, ballot.by), poll.question, choices);
    }
    await closePoll(chair, poll.question);
  }
  const expected = scenario.votes.map(({ question, options, expected: wanted }) => {
    const counts = Object.fromEntries(options.map(({ id, text: name }) => [name, wanted?.counts?.[id] ?? 0]));
    return { question, counts, turnout: `应投 ${wanted?.eligible} 人，已投 ${wanted?.cast} 人` };
  });
  for (const [id, { page }] of hall) {
    await openTab(page, '投票');
    for (const { question, counts, turnout } of expected) {
      const shown = await resultOf(page, question);
      expect(shown.counts, `${question} as ${id} sees it`).toEqual(counts);
      expect(shown.sentence).toContain(turnout);
    }
  }
  const [first] = scenario.votes;
  if (first !== undefined)
    await expect(
      pollCard(chair, first.question)
        .getByRole('row', { name: /委员/ })
        .first(),
    ).toBeVisible();
  await expectNoSeriousViolations(chair, 'the results of the polls');
  await shoot(chair, 'polls-desk');
  await shoot(pageOf(hall, 'p07'), 'polls-phone');
  for (const [id, { page }] of hall) if (isPhone(id)) await openTab(page, '意见');
}

async function writeTogether(hall: Hall): Promise<void> {
  const writers = ['p12', 'p02', 'p03', 'p01'];
  for (const { page } of hall.values()) await openTab(page, '纪要');
  const blocks = text.content ?? [];
  for (const [index, block] of blocks.entries()) {
    const page = pageOf(hall, writers[index % writers.length] ?? 'p12');
    const before = blocks[index - 1] ?? null;
    if (before !== null) await expect(textOn(page)).toContainText(lastLine(before));
    await writeBlock(page, block, before);
  }
  const last = blocks[blocks.length - 1];
  for (const [id, { page }] of hall) {
    if (last !== undefined)
      await expect(textOn(page), `the text as ${id} reads it`).toContainText(lastLine(last));
    const isWriter = writers.includes(id);
    await expect(page.getByRole(isWriter ? 'textbox' : 'document', { name: '协商纪要正文' })).toBeVisible();
  }
  // The others at the text, by name and role.
  await expect(pageOf(hall, 'p02').getByText('记录员').first()).toBeVisible();
  await expectNoSeriousViolations(pageOf(hall, 'p12'), 'the text as it is written');
  await shoot(pageOf(hall, 'p12'), 'text-desk');
  await shoot(pageOf(hall, 'p07'), 'text-phone');
  const recorder = pageOf(hall, 'p12');
  await openTab(recorder, '办理事项');
  for (const task of scenario.followUps) await recordTask(recorder, task);
  for (const [id, { page }] of hall) if (isPhone(id)) await openTab(page, '意见');
}

function lastLine(block: Parameters<typeof plainText>[0]): string {
  const lines = plainText(block).split('\n');
  return lines[lines.length - 1] ?? '';
}

async function compareOrder(hall: Hall): Promise<void> {
  const whole = scenario.views.length + scenario.departmentReplies.length;
  const chair = pageOf(hall, 'p01');
  await expect(chair.locator('[role=feed] [data-seq]')).toHaveCount(whole);
  const order = await orderOn(chair);
  for (const [id, { page }] of hall) {
    await expect(page.locator('[role=feed] [data-seq]')).toHaveCount(whole);
    expect(await orderOn(page), `the stream as ${id} sees it`).toEqual(order);
  }
  await openTab(chair, '纪要');
  await shootForReadme(chair);
  await shoot(chair, 'room-desk');
  await shoot(pageOf(hall, 'p07'), 'room-phone');
  await expectNoSeriousViolations(chair, 'the room at a desk');
  await expectNoSeriousViolations(pageOf(hall, 'p07'), 'the room on a phone');
}

async function close(hall: Hall): Promise<void> {
  const chair = pageOf(hall, 'p01');
  await chair.getByRole('button', { name: '结束会议' }).click();
  await chair.getByRole('dialog').getByRole('button', { name: '结束会议' }).click();
  for (const { page } of hall.values()) {
    await expect(page.getByText('协商会已结束，纪要已锁定，记录已归档。')).toBeVisible();
    await expect(page.getByRole('button', { name: '发表', exact: true })).toHaveCount(0);
    await expect(page.getByRole('button', { name: '发表意见', exact: true })).toHaveCount(0);
  }
  await expectNoSeriousViolations(chair, 'a room that is closed');
}

async function readArchive(hall: Hall): Promise<void> {
  const [chair, resident] = [pageOf(hall, 'p01'), pageOf(hall, 'p07')];
  for (const page of [chair, resident]) {
    await page.getByRole('link', { name: '查看归档记录' }).click();
    await verify(page);
  }
  const record = chair.getByRole('article').first();
  for (const { text: words } of [...scenario.views, ...scenario.departmentReplies])
    await expect(record).toContainText(words);
  for (const { displayName } of scenario.participants) await expect(record).toContainText(displayName);
  for (const { question } of scenario.votes) await expect(record).toContainText(question);
  for (const { task } of scenario.followUps) await expect(record).toContainText(task);
  for (const line of plainText(text).split('\n')) await expect(record).toContainText(line);
  await expectNoSeriousViolations(chair, 'the archive');
  await shoot(chair, 'archive-desk');
  await shoot(resident, 'archive-phone');
  await stack.processes[0]?.stop();
  await stack.processes[0]?.start();
  await chair.goto(`${stack.url}/sessions/${sessionId}/archive`);
  await verify(chair);
}

async function verify(page: Parameters<typeof shoot>[0]): Promise<void> {
  await page.getByRole('button', { name: '核验档案' }).click();
  await expect(page.getByText('核验通过：档案自归档以来没有被改动。')).toBeVisible({ timeout: 30_000 });
}
