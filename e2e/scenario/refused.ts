import { expect, type Page } from '@playwright/test';
import errors from '../../client/locales/zh-CN/errors.json' with { type: 'json' };
import type { ScenarioVote } from '../../core/domain/scenarios/scenario.ts';
import { pollCard, openTab } from '../support/room-acts.ts';
import type { Moments } from './moments.ts';
import { firstAs, pageOf, playerOf, type Player, type Stage } from './stage.ts';

const composerOf = (page: Page) => page.getByRole('region', { name: '发表意见' });

/** Somebody wants to say something: the button cannot be pressed, and the reason stands beside it. */
async function cannotSpeak({ page, isPhone }: Player, why: string | RegExp): Promise<void> {
  if (isPhone) await page.getByRole('button', { name: /^(发表意见|先写好意见)$/ }).click();
  await expect(composerOf(page).getByText(why)).toBeVisible();
  await expect(composerOf(page).getByRole('button', { name: '发表', exact: true })).toBeDisabled();
  if (!isPhone) return;
  await page.getByRole('button', { name: '收起', exact: true }).click();
  await expect(composerOf(page)).toHaveCount(0);
}

async function bothCannotSpeak(stage: Stage, why: string | RegExp): Promise<void> {
  for (const role of ['resident', 'member'] as const) await cannotSpeak(firstAs(stage, role), why);
}

/** Of several options only so many can be chosen. */
async function thirdChoice(stage: Stage, vote: ScenarioVote): Promise<void> {
  if (vote.kind !== 'multiple') return;
  const { page } = playerOf(stage, vote.ballots[0]?.by ?? '');
  const isThere = await page.getByRole('tab', { name: '投票', selected: true }).isVisible();
  if (!isThere) await page.getByRole('button', { name: '去投票' }).click();
  const card = pollCard(page, vote.question);
  const boxes = card.getByRole('checkbox');
  for (const nth of [0, 1]) await boxes.nth(nth).check();
  await expect(boxes.nth(2)).toBeDisabled();
  await expect(card.getByText('最多选 2 项。').first()).toBeVisible();
  for (const nth of [0, 1]) await boxes.nth(nth).uncheck();
}

/** Whoever stands outside the circle of a poll finds no ballot, and why. */
async function noBallot(page: Page, question: string, why: string): Promise<void> {
  await openTab(page, '投票');
  await expect(pollCard(page, question).getByText(why)).toBeVisible();
  await expect(pollCard(page, question).getByRole('button', { name: '核对选择' })).toHaveCount(0);
}

/** Each meeting shows another rule of the room at work. */
export const REFUSED: Readonly<Record<string, Moments>> = {
  s01: { waiting: (stage) => bothCannotSpeak(stage, '会议进行中才能发表。您写下的内容保存在本机。') },
  s02: {
    speaking: async (stage) => {
      const composer = composerOf(pageOf(stage, stage.chair));
      await expect(composer.getByText('主持人保持中立')).toBeVisible();
      await expect(composer.getByRole('radio', { name: '赞成', exact: true })).toHaveCount(0);
      await expect(composer.getByRole('radio', { name: '提问', exact: true })).toBeVisible();
    },
    voting: async (stage, vote) => {
      await thirdChoice(stage, vote);
      await noBallot(pageOf(stage, stage.chair), vote.question, '主持人不参加投票。');
    },
  },
  s03: {
    speaking: async (stage) => {
      const chair = pageOf(stage, stage.chair);
      const items = chair.getByRole('region', { name: '议程', exact: true }).getByRole('listitem');
      const posting = items.and(chair.locator('[aria-current=step]')).getByRole('combobox');
      await posting.selectOption('closed');
      await bothCannotSpeak(stage, /主持人已在本环节关闭发表/);
      await posting.selectOption('all');
    },
  },
  s04: {
    asked: async (_, { dialog, put }) => {
      await expect(put).toBeDisabled();
      await expect(dialog.getByText('已经请这个部门回应这条意见，正在等待。')).toBeVisible();
    },
  },
  s05: {
    voting: async (stage, vote) => {
      await thirdChoice(stage, vote);
      const why = '本次投票不含您的身份，您可以查看结果。';
      await noBallot(firstAs(stage, 'department').page, vote.question, why);
    },
  },
  s06: {
    speaking: async (stage) => {
      const chair = pageOf(stage, stage.chair);
      await chair.getByRole('button', { name: '全员静默' }).click();
      await chair.getByRole('dialog').getByRole('button', { name: '全员静默' }).click();
      await bothCannotSpeak(stage, errors.ALL_SILENT);
      await chair.getByRole('button', { name: '解除静默' }).click();
      await expect(chair.getByRole('button', { name: '解除静默' })).toHaveCount(0);
    },
  },
  s07: {
    speaking: async (stage) => {
      const chair = pageOf(stage, stage.chair);
      await chair.getByRole('button', { name: '暂停发言' }).click();
      await chair.getByRole('dialog').getByRole('button', { name: '暂停发言' }).click();
      await bothCannotSpeak(stage, /主持人暂停了发言/);
      await chair.getByRole('button', { name: '恢复发言' }).click();
      await expect(chair.getByText('协商中', { exact: true }).first()).toBeVisible();
    },
  },
};
