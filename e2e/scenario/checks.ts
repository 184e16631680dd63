import { expect, type Page } from '@playwright/test';
import { archiveRoutes, type Archive } from '../../core/contract/archives.ts';
import { plainText } from '../../core/domain/outcome.ts';
import { compareRoom } from '../../core/domain/scenarios/happened.ts';
import { compareWho } from '../../core/domain/scenarios/who-said.ts';
import { labelOf, openTab, orderOn, resultOf } from '../support/room-acts.ts';
import { textOf } from './minutes.ts';
import { everybody, pageOf, type Player, type Stage } from './stage.ts';

/** Everybody has the same stream in the same order, with everything that was said. */
export async function sameStream(stage: Stage): Promise<void> {
  const { scenario } = stage;
  const whole = scenario.views.length + scenario.departmentReplies.length;
  const chair = pageOf(stage, stage.chair);
  await expect(chair.locator('[role=feed] [data-seq]')).toHaveCount(whole);
  const order = await orderOn(chair);
  await everybody(stage.players.values(), async ({ page, person }) => {
    await expect(page.locator('[role=feed] [data-seq]')).toHaveCount(whole);
    expect(await orderOn(page), `the stream as ${person.fileId} sees it`).toEqual(order);
  });
}

/** Everybody has the same results, those of the file. */
export async function sameResults(stage: Stage): Promise<void> {
  await everybody(stage.players.values(), async ({ page, person }) => {
    await openTab(page, '投票');
    for (const vote of stage.scenario.votes) {
      const { question, options, expected } = vote;
      const shown = await resultOf(page, question);
      expect(shown.sentence).toContain(`应投 ${expected?.eligible} 人，已投 ${expected?.cast} 人`);
      if (typeof expected?.mean === 'number') {
        expect(shown.sentence, `${question} as ${person.fileId} sees it`).toContain(`${expected.mean} 分`);
        continue;
      }
      const counts = options.map(({ id }) => [labelOf(vote, id), expected?.counts?.[id] ?? 0]);
      expect(shown.counts, `${question} as ${person.fileId} sees it`).toEqual(Object.fromEntries(counts));
    }
  });
}

/** The record as each process gives it: all counts of the file's checks, every word, and nothing else. */
export async function compareRecords(stage: Stage, readers: readonly Player[], path: string): Promise<void> {
  const records: Archive[] = [];
  for (const { context, url } of readers) {
    const answer = await context.request.get(`${url}/api${path}/archive`);
    expect(answer.status()).toBe(200);
    records.push(archiveRoutes.getArchive.reply.parse(await answer.json()));
  }
  for (const { room, outcome } of records) {
    const findings = [...compareRoom(stage.scenario, room, 'browsers'), ...compareWho(stage.scenario, room)];
    expect(findings.length).toBeGreaterThan(12);
    expect(findings.filter(({ agrees }) => !agrees)).toEqual([]);
    expect(plainText(outcome)).toBe(plainText(textOf(stage)));
  }
  expect(new Set(records.map(({ headHash }) => headHash)).size).toBe(1);
}

/** The record on somebody's screen: how much of each there is, every word, and that nothing was changed since. */
export async function readRecord(stage: Stage, page: Page): Promise<void> {
  const { scenario } = stage;
  await page.getByRole('link', { name: '查看归档记录' }).click();
  await verify(page);
  const { participants = 0, views = 0, departmentReplies = 0, votes = 0, followUps = 0 } = scenario.checks;
  const contents = page.getByRole('navigation', { name: '目录' }).getByRole('listitem');
  const counted = [
    `与会人员${participants}`,
    `意见和部门回应${views + departmentReplies}`,
    `意向投票${votes}`,
    `办理事项${followUps}`,
  ];
  expect(await contents.allTextContents()).toEqual(expect.arrayContaining(counted));
  const words = (await page.getByRole('article').first().textContent()) ?? '';
  const wanted = [
    ...[...scenario.views, ...scenario.departmentReplies].map(({ text }) => text),
    ...scenario.participants.map(({ displayName }) => displayName),
    ...scenario.votes.map(({ question }) => question),
    ...scenario.followUps.map(({ task }) => task),
    ...plainText(textOf(stage)).split('\n'),
  ];
  expect(wanted.filter((line) => !words.includes(line))).toEqual([]);
}

/** Lets the browser verify the record by itself. */
export async function verify(page: Page): Promise<void> {
  await page.getByRole('button', { name: '核验档案' }).click();
  await expect(page.getByText('核验通过：档案自归档以来没有被改动。')).toBeVisible({ timeout: 30_000 });
}
