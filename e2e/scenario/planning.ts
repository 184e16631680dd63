import { expect, type Page } from '@playwright/test';
import words from '../../client/locales/zh-CN/words.json' with { type: 'json' };
import type { JoinableRole } from '../../core/domain/people.ts';
import type { SessionPlan } from '../../core/domain/sessions.ts';
import type { DemoPerson } from '../../prisma/seed/people.ts';
import { playerOf, type Player, type Stage } from './stage.ts';

const badge = (page: Page, state: string) =>
  page.getByRole('banner').getByText(state, { exact: true }).first();

/** The convener plans it from its kind of meeting and its topic, asks the people, and submits it; answers its address. */
export async function plan(stage: Stage): Promise<string> {
  const { scenario, script, chair, convener } = stage;
  const { page, url } = playerOf(stage, convener);
  await page.goto(`${url}/plan`);
  await page.getByLabel('会议类型').selectOption({ label: words.template.micro });
  await page.getByLabel('协商题目').fill(scenario.title);
  await page.getByText('利益相关方和有关部门').click();
  await page.getByLabel('利益相关方（提交审核时必填）').fill('有关群众');
  await page.locator('summary', { hasText: '参会人员' }).click();
  for (const person of stage.people.values())
    if (person.login !== null && person.fileId !== convener) await ask(page, person);
  if (chair !== convener)
    await page
      .getByLabel('主持人', { exact: true })
      .selectOption({ label: stage.people.get(chair)?.name ?? '' });
  await setAgenda(page, script.plan);
  await setPlaces(page, script.plan);
  await page.getByRole('button', { name: '提交审核' }).click();
  await expect(badge(page, '待审核')).toBeVisible();
  // Nobody approves what they have planned themselves.
  await expect(page.getByText('通过前只有筹备人员可见')).toBeVisible();
  await expect(page.getByRole('button', { name: '审核通过' })).toHaveCount(0);
  return new URL(page.url()).pathname;
}

async function ask(page: Page, { name, affiliation, login, role }: DemoPerson): Promise<void> {
  await page.getByLabel('按姓名或单位查找').fill(name);
  const rows = page.getByRole('listitem').filter({ hasText: name }).filter({ hasText: affiliation });
  await expect(rows.first()).toBeVisible();
  // Of two with one name in one unit the list tells the account.
  const isOne = (await rows.count()) === 1;
  const row = isOne ? rows : rows.filter({ has: page.getByText(login ?? '', { exact: true }) });
  await row.getByRole('checkbox').check();
  await row.getByRole('combobox').selectOption({ label: words.role[role] });
}

/** The items of the file in the places of those that such a meeting has; more are added, the last ones go. */
async function setAgenda(page: Page, { agenda }: SessionPlan): Promise<void> {
  await page.getByText(/^\d+ 项，共 \d+ 分钟$/).click();
  const rows = page.getByRole('group', { name: /^第 \d+ 项$/ });
  while ((await rows.count()) < agenda.length) await page.getByRole('button', { name: '增加一项' }).click();
  while ((await rows.count()) > agenda.length)
    await rows
      .last()
      .getByRole('button', { name: /^删除/ })
      .click();
  for (const [index, { title, kind, minutes }] of agenda.entries()) {
    const row = rows.nth(index);
    await row.getByLabel('名称').fill(title);
    await row.getByLabel('类型').selectOption({ label: words.agenda[kind] });
    await row.getByLabel('分钟').fill(String(minutes));
  }
  const total = agenda.reduce((sum, { minutes }) => sum + minutes, 0);
  await expect(page.getByText(`${agenda.length} 项，共 ${total} 分钟`)).toBeVisible();
}

/** The places of the file by their names, and how people take part. */
async function setPlaces(page: Page, { venues, mode }: SessionPlan): Promise<void> {
  await page.locator('summary', { hasText: '会场' }).click();
  const rows = page.getByRole('group', { name: /^会场 \d+$/ });
  while ((await rows.count()) < venues.length)
    await page.getByRole('button', { name: '增加一个会场' }).click();
  while ((await rows.count()) > venues.length)
    await rows
      .last()
      .getByRole('button', { name: /^删除/ })
      .click();
  for (const [index, { name, kind }] of venues.entries()) {
    await rows.nth(index).getByLabel('名称').fill(name);
    await rows.nth(index).getByLabel('类型').selectOption({ label: words.venue[kind] });
  }
  await page.locator('summary', { hasText: '其他设置' }).click();
  await page.getByLabel('方式', { exact: true }).selectOption({ label: words.mode[mode] });
}

/** The second person finds it among what waits for them, and approves it. */
export async function approve(stage: Stage, office: Page, url: string): Promise<void> {
  const { title } = stage.scenario;
  await office.goto(url);
  const waiting = office.getByRole('region', { name: '待我审核' });
  await waiting
    .getByRole('listitem')
    .filter({ hasText: title })
    .getByRole('link', { name: '去审核' })
    .click();
  await office.getByRole('button', { name: '审核通过' }).click();
  await expect(badge(office, '待召开')).toBeVisible();
  await expect(badge(playerOf(stage, stage.convener).page, '待召开')).toBeVisible();
}

/** A code for each role of guests; answers the path behind each. */
export async function makeCodes({ page }: Player, roles: ReadonlySet<JoinableRole>) {
  await page.getByRole('button', { name: '二维码', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '扫码参与' });
  const codes = new Map<JoinableRole, string>();
  for (const role of roles) {
    const name = words.role[role];
    await dialog.first().getByLabel('扫码后的身份').selectOption({ label: name });
    await dialog.first().getByRole('button', { name: '生成二维码' }).click();
    await expect(page.getByText(`以${name}身份参与`)).toBeVisible();
    await page.getByRole('button', { name: '退出全屏显示' }).click();
    const card = dialog
      .getByRole('listitem')
      .filter({ has: page.getByRole('img', { name: `${name}扫码参与的二维码` }) });
    const address = /https?:\/\/\S+\/j#[\w-]+/.exec((await card.first().textContent()) ?? '')?.[0];
    if (address === undefined) throw new Error(`no address beside the code for ${role}`);
    const { pathname, hash } = new URL(address);
    codes.set(role, `${pathname}${hash}`);
  }
  await dialog.getByRole('button', { name: '关闭', exact: true }).click();
  return codes;
}
