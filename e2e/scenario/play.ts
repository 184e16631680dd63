import { expect, type Page } from '@playwright/test';
import type { Act } from '../../core/domain/scenarios/acts.ts';
import type { Scene } from '../../core/domain/scenarios/script.ts';
import type { ScenarioVote } from '../../core/domain/scenarios/scenario.ts';
import { askForFloor } from '../support/floor-acts.ts';
import {
  castBallot,
  cardOf,
  closePoll,
  labelOf,
  moveOn,
  openPoll,
  openTab,
  postReply,
  postView,
} from '../support/room-acts.ts';
import { writeTogether } from './minutes.ts';
import type { Moments } from './moments.ts';
import { everybody, firstAs, pageOf, playerOf, type Player, type Stage } from './stage.ts';

/** Plays an item of the agenda: what everybody does in it, each at their own screen. */
export async function play(stage: Stage, scene: Scene, moments: Moments): Promise<void> {
  await moveOn(pageOf(stage, stage.chair), scene.title);
  const said = scene.acts.filter((act) => isOf(act, 'postView'));
  for (const wave of wavesOf(stage, said))
    await everybody(wave.keys(), (player) => say(stage, player, wave.get(player) ?? ''));
  for (const act of scene.acts)
    if (act.type === 'command' && isOf(act, 'postReply')) await reply(stage, act.about, moments);
  if (scene.acts.some((act) => isOf(act, 'castBallot')))
    for (const vote of stage.scenario.votes) await hold(stage, vote, moments);
  if (scene.acts.some(({ type }) => type === 'write')) await writeTogether(stage);
}

function isOf(act: Act, type: string): boolean {
  return act.type === 'command' && act.command.type === type;
}

/** Views that can be written at the same time: by different people, none an answer to another of them. */
function wavesOf(stage: Stage, acts: readonly Act[]): Map<Player, string>[] {
  const waves: Map<Player, string>[] = [];
  let now = new Map<Player, string>();
  for (const act of acts) {
    if (act.type !== 'command') continue;
    const view = stage.scenario.views.find(({ id }) => id === act.about);
    const player = playerOf(stage, act.by);
    const answers = view?.replyTo ?? '';
    if (now.has(player) || [...now.values()].includes(answers)) {
      waves.push(now);
      now = new Map();
    }
    now.set(player, act.about);
  }
  return now.size > 0 ? [...waves, now] : waves;
}

async function say({ scenario }: Stage, { page }: Player, id: string): Promise<void> {
  const view = scenario.views.find((one) => one.id === id);
  if (view === undefined) throw new Error(`nobody says ${id}`);
  const answers = scenario.views.find((one) => one.id === view.replyTo)?.text ?? null;
  await postView(page, { stance: view.stance, text: view.text, answers });
}

/** Two ask for the floor, are called one after the other, and give it back. */
export async function speakInTurn(stage: Stage): Promise<void> {
  const chair = pageOf(stage, stage.chair);
  for (const role of ['resident', 'member'] as const) {
    const { page, person } = firstAs(stage, role);
    await askForFloor(page);
    await chair.getByRole('button', { name: `请下一位：${person.name}` }).click();
    await expect(page.getByTestId('my-turn')).toBeVisible();
    await page.getByRole('button', { name: '结束发言' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '结束发言' }).click();
    await expect(page.getByTestId('my-turn')).toHaveCount(0);
    await expect(chair.getByText('现在没有人发言')).toBeVisible();
  }
}

const waitingOn = (page: Page) => page.getByRole('region', { name: '请部门回应的问题' });

/** The chair puts the matter to a department; it answers on its card, or several views at once in its own form. */
async function reply(stage: Stage, id: string, moments: Moments): Promise<void> {
  const { scenario } = stage;
  const given = scenario.departmentReplies.find((one) => one.id === id);
  const [first, ...others] = (given?.toViews ?? []).flatMap(
    (about) => scenario.views.find((view) => view.id === about) ?? [],
  );
  if (given === undefined || first === undefined) throw new Error(`nothing is replied in ${id}`);
  const { page, person } = playerOf(stage, given.by);
  const chair = pageOf(stage, stage.chair);
  await cardOf(chair, first.text)
    .getByRole('button', { name: /^请部门回应.+的意见$/ })
    .click();
  const dialog = chair.getByRole('dialog', { name: '请哪个部门回应？' });
  const put = dialog.getByRole('button', { name: `请${person.affiliation}回应` });
  await put.click();
  await expect(waitingOn(page).getByText(first.text)).toBeVisible();
  await moments.asked?.(stage, { dialog, put });
  await dialog.getByRole('button', { name: '取消' }).click();
  if (others.length === 0) await answer(page, given);
  else
    await postReply(page, {
      to: [first, ...others].map(({ text }) => text),
      commitment: given.commitment,
      text: given.text,
    });
  await expect(waitingOn(page)).toBeHidden();
  await expect(cardOf(chair, first.text).getByText(`${person.affiliation}已现场答复`)).toBeVisible();
}

const COMMITMENTS = { can_do: '能办', needs_study: '需研究协调', cannot_do: '暂不能办' } as const;

async function answer(
  page: Page,
  { commitment, text }: { readonly commitment: keyof typeof COMMITMENTS; readonly text: string },
): Promise<void> {
  await waitingOn(page).getByRole('button', { name: '现场答复' }).click();
  const form = page.getByRole('form', { name: '现场答复' });
  await form.getByRole('radio', { name: COMMITMENTS[commitment], exact: true }).check();
  await form.getByRole('textbox').fill(text);
  await form.getByRole('button', { name: '提交答复' }).click();
}

/** A poll from its preparation to its close; everybody votes at their own screen, in any order. */
async function hold(stage: Stage, vote: ScenarioVote, moments: Moments): Promise<void> {
  const chair = pageOf(stage, stage.chair);
  await openPoll(chair, vote);
  await moments.voting?.(stage, vote);
  const papers = new Map(vote.ballots.map((ballot) => [playerOf(stage, ballot.by), ballot]));
  const textOf = (id: string) => labelOf(vote, id);
  await everybody(papers.keys(), async (player) => {
    const paper = papers.get(player);
    const scores = Object.entries(paper?.scores ?? {}).map(([id, score]) => [textOf(id), score] as const);
    const choices = vote.kind === 'rating' ? [] : (paper?.choices ?? []).map(textOf);
    await castBallot(player.page, vote.question, choices, Object.fromEntries(scores));
  });
  await closePoll(chair, vote.question);
}

/** Whoever has only one column goes back to what is said. */
export async function backToViews(stage: Stage): Promise<void> {
  await everybody(stage.players.values(), async ({ page, isPhone }) => {
    if (isPhone) await openTab(page, '意见');
  });
}
