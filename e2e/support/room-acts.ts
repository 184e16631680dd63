import { expect, type Locator, type Page } from '@playwright/test';
import type { Params, TextKey } from '../../client/lib/i18n.ts';
import { markSaid } from '../../client/lib/marks-said.ts';
import words from '../../client/locales/zh-CN/words.json' with { type: 'json' };
import { may, ROLES } from '../../core/domain/people.ts';
import type { Ask } from '../../core/domain/polls/ask.ts';
import { askOf, isByMarks, MARK_OF } from '../../core/domain/scenarios/acts.ts';
import type { Stance } from '../../core/domain/views.ts';
import type { ScenarioVote } from '../../core/domain/scenarios/scenario.ts';

// What people do in the room, through what they see: roles and names as a reader of the screen has them.

const STANCES: Readonly<Record<Stance, string>> = {
  support: '赞成',
  conditional: '有条件赞成',
  oppose: '不赞成',
  neutral: '中立',
  question: '提问',
  suggestion: '建议',
  info: '情况说明',
};
const COMMITMENTS = { can_do: '能办', needs_study: '需研究协调', cannot_do: '暂不能办' } as const;

/** The card of what was said with these words. */
export function cardOf(page: Page, text: string): Locator {
  return page.locator('article[data-seq]').filter({ has: page.locator('p', { hasText: text }) });
}

/** Opens a part of the room by its tab. */
export async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
}

/** The chair goes to the next item of the agenda. */
export async function moveOn(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: `下一项：${title}` }).click();
  await expect(page.getByRole('banner').getByText(title)).toBeVisible();
}

type Said = {
  readonly stance: Stance;
  readonly text: string;
  readonly answers: string | null;
  readonly photo?: Buffer;
};

/** Writes a view, perhaps as an answer or with a photo, sends it, and waits until it says that it was delivered. */
export async function postView(page: Page, { stance, text, answers, photo }: Said): Promise<void> {
  const isPhone = (page.viewportSize()?.width ?? 0) < 1024;
  if (answers !== null)
    await cardOf(page, answers)
      .getByRole('button', { name: /^回复\S+$/ })
      .click();
  else if (isPhone) await page.getByRole('button', { name: '发表意见', exact: true }).click();
  const composer = page.getByRole('region', { name: '发表意见' });
  await composer.getByRole('radio', { name: STANCES[stance], exact: true }).check();
  await composer.getByRole('textbox', { name: '意见内容' }).fill(text);
  if (photo !== undefined) {
    await composer
      .getByLabel('选择图片')
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: photo });
    await expect(composer.getByLabel('图 1 说明（选填）')).toBeVisible();
  }
  await composer.getByRole('button', { name: '发表', exact: true }).click();
  await expect(cardOf(page, text).getByText(/已送达 #\d+/)).toBeVisible();
}

type Replied = {
  readonly to: readonly string[];
  readonly commitment: keyof typeof COMMITMENTS;
  readonly text: string;
};

/** A department answers views: chooses them on their cards, commits, writes, sends. */
export async function postReply(page: Page, { to, commitment, text }: Replied): Promise<void> {
  for (const view of to)
    await cardOf(page, view)
      .getByRole('button', { name: /以部门身份回应/ })
      .first()
      .click();
  const composer = page.getByRole('region', { name: '部门回应' });
  await composer.getByRole('radio', { name: COMMITMENTS[commitment], exact: true }).check();
  await composer.getByRole('textbox', { name: '回应内容' }).fill(text);
  await composer.getByRole('button', { name: '提交回应' }).click();
  await expect(cardOf(page, text).getByText(/已送达 #\d+/)).toBeVisible();
}

/** What an option of the file is called on the screen: of 赞成 有条件赞成 不赞成 弃权 the product has words of its own. */
export function labelOf(vote: ScenarioVote, id: string): string {
  const ask = askOf(vote);
  const mark = MARK_OF[id];
  if (isByMarks(vote) && mark !== undefined) return markSaid(inWords, ask, mark);
  return vote.options.find((option) => option.id === id)?.text ?? id;
}

/** The words of the product, as its screens find them. */
function inWords(key: TextKey, params: Params = {}): string {
  const path: string = key;
  let place: unknown = words;
  for (const step of path.replace('words:', '').split('.'))
    place = (place as Record<string, unknown>)[step] ?? path;
  return String(place).replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** The chair prepares a poll with the form, and opens it; roles, limit and scale only where the file names them. */
export async function openPoll(
  page: Page,
  vote: ScenarioVote,
  { secrecy }: { readonly secrecy?: keyof typeof words.secrecy } = {},
): Promise<void> {
  await openTab(page, '投票');
  await page.getByRole('button', { name: '准备投票' }).click();
  const form = page.getByRole('form', { name: '准备投票' });
  await form.getByLabel('问题').fill(vote.question);
  await fillAsk(form, askOf(vote));
  if (secrecy !== undefined)
    await form.getByRole('radio', { name: new RegExp(`^${words.secrecy[secrecy]}：`) }).check();
  if (vote.eligibleRoles !== undefined) {
    await form.getByText('规则（可以不改）').click();
    const roles = form.getByRole('group', { name: '谁可以投票' });
    for (const role of ROLES.filter((one) => may(one, 'poll:vote')))
      await roles.getByLabel(words.role[role], { exact: true }).setChecked(vote.eligibleRoles.includes(role));
  }
  await form.getByRole('button', { name: '保存，暂不开启' }).click();
  const card = pollCard(page, vote.question);
  await card.getByRole('button', { name: '开启投票' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '开启投票' }).click();
  await expect(card.getByText('投票中', { exact: true })).toBeVisible();
}

/** Chooses how a question is asked, and fills in what that kind needs. */
async function fillAsk(form: Locator, ask: Ask): Promise<void> {
  // The kind that the form begins with needs no press.
  if (ask.kind !== 'conditional') {
    await form.getByText(/^方式：/).click();
    await form.getByRole('radio', { name: words.poll[ask.kind], exact: true }).check();
  } else if (ask.condition !== '') await form.getByLabel('赞成的条件').fill(ask.condition);
  if ('options' in ask) {
    const fields = form.getByRole('textbox', { name: /^选项 \d+$/ });
    while ((await fields.count()) < ask.options.length)
      await form.getByRole('button', { name: '增加选项' }).click();
    while ((await fields.count()) > ask.options.length)
      await form
        .getByRole('button', { name: /^删除选项/ })
        .last()
        .click();
    for (const [index, option] of ask.options.entries()) await fields.nth(index).fill(option.text);
  }
  if (ask.kind === 'multiple') await form.getByLabel('最多可选几项').fill(String(ask.most));
  if (ask.kind === 'score') {
    await form.getByLabel('最低分').fill(String(ask.lowest));
    await form.getByLabel('最高分').fill(String(ask.highest));
  }
}

/** The card of a poll. */
export function pollCard(page: Page, question: string): Locator {
  // What the stream tells of a poll has its question too.
  return page.locator('article[data-poll-id]').and(page.getByRole('article', { name: question }));
}

/** Votes: choose or score, look once more, submit; and is told that it counts. */
export async function castBallot(
  page: Page,
  question: string,
  choices: readonly string[],
  scores: Readonly<Record<string, number>> = {},
): Promise<void> {
  // An open poll calls whoever looks elsewhere.
  const isThere = await page.getByRole('tab', { name: '投票', selected: true }).isVisible();
  if (!isThere) await page.getByRole('button', { name: '去投票' }).click();
  const card = pollCard(page, question);
  for (const choice of choices) await card.getByLabel(choice, { exact: true }).check();
  for (const [option, score] of Object.entries(scores))
    await card.getByRole('group', { name: option }).getByLabel(`${score} 分`, { exact: true }).check();
  await card.getByRole('button', { name: '核对选择' }).click();
  await card.getByRole('button', { name: '提交投票' }).click();
  await expect(card.getByText('您的投票已计票')).toBeVisible();
}

/** The chair closes a poll; one over days that goes on with the reason [B60]. */
export async function closePoll(page: Page, question: string, why = ''): Promise<void> {
  const card = pollCard(page, question);
  await card.getByRole('button', { name: '结束投票' }).click();
  const dialog = page.getByRole('dialog');
  if (why !== '') await dialog.getByLabel('提前结束的理由').fill(why);
  await dialog.getByRole('button', { name: '结束投票' }).click();
  await expect(card.getByText('已结束', { exact: true })).toBeVisible();
}

/** What a page shows of a closed poll: the sentence, and each option with its votes. */
export async function resultOf(
  page: Page,
  question: string,
): Promise<{ sentence: string; counts: Record<string, number> }> {
  const card = pollCard(page, question);
  await expect(card.getByText(/应投 \d+ 人，已投 \d+ 人/)).toBeVisible();
  const rows = await card.locator('li[data-option]').all();
  const counts: Record<string, number> = {};
  for (const row of rows) {
    counts[(await row.locator('span').first().textContent()) ?? ''] = Number(
      await row.getAttribute('data-count'),
    );
  }
  return {
    sentence:
      (await card
        .getByText(/应投 \d+ 人/)
        .first()
        .textContent()) ?? '',
    counts,
  };
}

/** The order of everything that was said, as a page shows it. */
export async function orderOn(page: Page): Promise<string[]> {
  return await page
    .locator('[role=feed] [data-seq]')
    .evaluateAll((cards) =>
      cards.map((card) => `${card.getAttribute('data-seq')} ${card.querySelector('p')?.textContent}`),
    );
}

type Task = {
  readonly department: string;
  readonly cooperating: readonly string[];
  readonly dueDays: number;
  readonly task: string;
  readonly acceptance: string;
};

/** The recorder writes down what a department took on. */
export async function recordTask(page: Page, task: Task): Promise<void> {
  await page.getByRole('button', { name: '记录办理事项' }).click();
  const form = page.getByRole('form', { name: '记录办理事项' });
  await form.getByLabel('主办单位').fill(task.department);
  await form.getByLabel('会办单位').fill(task.cooperating.join('、'));
  await form.getByLabel('事项内容').fill(task.task);
  await form.getByLabel('办理时限').fill(String(task.dueDays));
  await form.getByLabel('验收标准').fill(task.acceptance);
  await form.getByRole('button', { name: '记录', exact: true }).click();
  await expect(page.locator('[data-task-id]').filter({ hasText: task.task })).toBeVisible();
}
