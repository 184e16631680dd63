import { expect, type Page } from '@playwright/test';
import { may } from '../../core/domain/people.ts';
import { plainText, type OutcomeNode } from '../../core/domain/outcome.ts';
import { recorderIn, writersIn } from '../../core/domain/scenarios/casting.ts';
import { outcomeOf } from '../../core/domain/scenarios/markdown.ts';
import { openTab, recordTask } from '../support/room-acts.ts';
import { textOn, writeBlocks } from '../support/text-acts.ts';
import { everybody, pageOf, type Stage } from './stage.ts';

/** The text as the file has it. */
export const textOf = ({ scenario }: Stage): OutcomeNode => outcomeOf(scenario.outcome.markdown);

const lastLine = (node: OutcomeNode | undefined): string =>
  node === undefined ? '' : (plainText(node).split('\n').at(-1) ?? '');

const badge = (page: Page, state: string) =>
  page.getByRole('banner').getByText(state, { exact: true }).first();

/** The text by several hands, each going on where the other stopped; then the tasks by the recorder. */
export async function writeTogether(stage: Stage): Promise<void> {
  const { scenario } = stage;
  const blocks = textOf(stage).content ?? [];
  const hands = writersIn(scenario).slice(0, 3);
  const share = Math.ceil(blocks.length / hands.length);
  await Promise.all(hands.map((id) => openTab(pageOf(stage, id), '纪要')));
  for (const [index, id] of hands.entries()) {
    const before = blocks[index * share - 1] ?? null;
    if (before !== null) await expect(textOn(pageOf(stage, id))).toContainText(lastLine(before));
    await writeBlocks(pageOf(stage, id), blocks.slice(index * share, (index + 1) * share), before);
  }
  const recorder = pageOf(stage, recorderIn(scenario) ?? stage.chair);
  await expect(textOn(recorder)).toContainText(lastLine(blocks.at(-1)));
  await openTab(recorder, '办理事项');
  for (const task of scenario.followUps) await recordTask(recorder, task);
}

/** Everybody looks at the text and finds the same. */
export async function readTogether(stage: Stage): Promise<void> {
  const line = lastLine(textOf(stage).content?.at(-1));
  await everybody(stage.players.values(), async ({ page, person }) => {
    await openTab(page, '纪要');
    await expect(textOn(page), `the text as ${person.fileId} reads it`).toContainText(line);
  });
}

/** The meeting ends with the text adopted on the spot. */
export async function adoptNow(stage: Stage): Promise<void> {
  const chair = pageOf(stage, stage.chair);
  await chair.getByRole('button', { name: '结束会议' }).click();
  await chair.getByRole('dialog').getByRole('button', { name: '结束会议' }).click();
  for (const { page } of stage.players.values()) {
    await expect(page.getByText('协商会已结束，纪要已锁定，记录已归档。')).toBeVisible();
    await expect(page.getByRole('button', { name: /^(发表|发表意见)$/ })).toHaveCount(0);
  }
}

/** The meeting ends, the text is laid before those who were there, each confirms it, and it is adopted. */
export async function adoptLater(stage: Stage): Promise<void> {
  const chair = pageOf(stage, stage.chair);
  await chair.getByRole('button', { name: '结束会议' }).click();
  const dialog = chair.getByRole('dialog');
  await dialog.getByRole('radio', { name: /会后成文/ }).check();
  await dialog.getByRole('button', { name: '结束会议' }).click();
  const recorder = pageOf(stage, recorderIn(stage.scenario) ?? stage.chair);
  await expect(badge(recorder, '纪要起草')).toBeVisible();
  await recorder.getByRole('button', { name: '定稿送确认' }).click();
  await recorder.getByRole('dialog').getByRole('button', { name: '定稿送确认' }).click();
  const asked = [...stage.players.values()].filter(({ person }) => may(person.role, 'outcome:sign'));
  await everybody(asked, ({ page }) => confirm(page));
  await expect(panelOf(chair).getByTestId('signed')).toHaveText(
    `已确认 ${asked.length} 人，应确认 ${asked.length} 人`,
  );
  await chair.getByRole('button', { name: '成文', exact: true }).click();
  await chair.getByRole('dialog').getByRole('button', { name: '成文', exact: true }).click();
  for (const { page } of stage.players.values())
    await expect(page.getByText('纪要已经与会者确认成文')).toBeVisible();
}

const panelOf = (page: Page) => page.getByRole('region', { name: '纪要确认' });

async function confirm(page: Page): Promise<void> {
  await expect(badge(page, '确认中')).toBeVisible();
  await openTab(page, '纪要');
  await panelOf(page).getByRole('button', { name: '确认', exact: true }).click();
  await expect(panelOf(page).getByText('您已确认')).toBeVisible();
}
