import { expect, type Locator, type Page } from '@playwright/test';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { DESK, openBrowser, PHONE, signInQuietly } from '../support/people.ts';
import { enterAs, scanAs } from '../support/park.ts';
import { cardOf, postView } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

const PREFIX = 's04';
const FIRST = '后门那条路天天堵，物业从来不管。';
const SECOND = '后门那条路放学时段堵，请物业派人疏导。';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack({ processes: 2 });
});
test.afterAll(() => stack.close());

const mine = (page: Page) => page.getByRole('region', { name: '我的审核' });
const queue = (page: Page) => page.getByRole('region', { name: '审核', exact: true });
const spoken = (page: Page, words: string | RegExp) =>
  expect(page.getByTestId('announcements')).toContainText(words);

/** It is in sight without scrolling, and all of it from side to side. */
async function fits(button: Locator): Promise<void> {
  await expect(button).toBeInViewport({ ratio: 1 });
  const box = await button.boundingBox();
  expect(box?.x ?? -1).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(PHONE.width);
}

async function write(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('region', { name: '发表意见' });
  await composer.getByRole('textbox', { name: '意见内容' }).fill(text);
  await composer.getByRole('button', { name: '发表', exact: true }).click();
}

async function refuse(page: Page, why: string): Promise<void> {
  await queue(page)
    .getByRole('button', { name: /^不予通过：/ })
    .click();
  const dialog = page.getByRole('dialog', { name: '不予通过' });
  await dialog.getByLabel('说明（会告知本人）').fill(why);
  await dialog.getByRole('button', { name: '不予通过' }).click();
  await expect(dialog).toHaveCount(0);
}

test('a view is held, refused, corrected, refused again and published on appeal by a second person [X1] [X2] [X4] [X8]', async ({
  browser,
}) => {
  const [first = '', second = ''] = stack.processes.map(({ url }) => url);
  const [chair, recorder, resident] = await Promise.all([
    enterAs(browser, first, { login: 's04-convener', prefix: PREFIX }),
    enterAs(browser, second, { login: 's04-recorder', prefix: PREFIX }),
    scanAs(browser, second, { name: '后街住户', prefix: PREFIX }),
  ]);
  await chair.page.getByRole('button', { name: '审核设置' }).click();
  const level = chair.page.getByRole('dialog', { name: '审核设置' });
  await level.getByLabel('发表方式').selectOption({ label: '按身份先审后发' });
  await level.getByRole('button', { name: '保存设置' }).click();
  await expect(level).toHaveCount(0);

  const { page } = resident;
  await expect(page.getByText('您的意见先审核、后发表。')).toBeVisible();
  await page.getByRole('button', { name: '发表意见', exact: true }).click();
  await page
    .getByRole('region', { name: '发表意见' })
    .getByRole('radio', { name: '建议', exact: true })
    .check();
  await write(page, FIRST);
  await expect(mine(page).getByText('待审核，只有您和审核员能看到')).toBeVisible();

  await expect(queue(recorder.page).getByText(FIRST)).toBeVisible();
  await Promise.all([
    spoken(page, '没有通过'),
    expect(mine(page).getByText('不予通过', { exact: true })).toBeVisible(),
    refuse(recorder.page, '请就事论事'),
  ]);
  for (const name of ['修改后重新提交', '申诉', '收回'])
    await fits(mine(page).getByRole('button', { name, exact: true }));
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
  await expectNoSeriousViolations(page, 'a refused view of mine');
  await shoot(page, 'moderation-refused-phone');

  await mine(page).getByRole('button', { name: '修改后重新提交' }).click();
  await expect(page.getByText('修改被退回的一条，发出后代替它')).toBeVisible();
  await shoot(page, 'moderation-correcting-phone');
  await write(page, SECOND);
  await expect(queue(recorder.page).getByText(SECOND)).toBeVisible();
  await expect(queue(recorder.page).getByText(FIRST)).toHaveCount(0);
  await refuse(recorder.page, '请写明时段');

  await mine(page).getByRole('button', { name: '申诉', exact: true }).click();
  const appeal = page.getByRole('dialog', { name: '申诉' });
  await appeal.getByRole('textbox').fill('写的就是放学时段');
  await appeal.getByRole('button', { name: '申诉', exact: true }).click();
  await expect(queue(recorder.page).getByText('申诉须由另一人处理')).toBeVisible();
  await expect(queue(chair.page).getByText('申诉：写的就是放学时段')).toBeVisible();
  await shoot(chair.page, 'moderation-queue-desk');
  await queue(chair.page)
    .getByRole('button', { name: /^改为公开：/ })
    .click();
  for (const one of [page, recorder.page]) await expect(cardOf(one, SECOND)).toBeVisible();
});

test('a listed word is covered, people report a view, and silence stops everybody else [X6] [X10]', async ({
  browser,
}) => {
  const [first = '', second = ''] = stack.processes.map(({ url }) => url);
  const admin = await openBrowser(browser, DESK);
  await signInQuietly(admin, first, 'admin');
  await admin.page.goto(`${first}/accounts`);
  await admin.page.getByLabel('添加词语（每行一个）').fill('胡说八道\n骗子');
  await admin.page.getByRole('button', { name: '加入词表' }).click();
  await expect(admin.page.getByText('共 2 个词，最多 500 个')).toBeVisible();
  await expectNoSeriousViolations(admin.page, 'the list of words');
  await shoot(admin.page, 'words-desk');
  await admin.page.setViewportSize(PHONE);
  await admin.page.getByRole('heading', { name: '敏感词表' }).scrollIntoViewIfNeeded();
  expect(
    await admin.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
  await shoot(admin.page, 'words-phone');

  const enter = (login: string, url: string) => enterAs(browser, url, { login, prefix: PREFIX });
  const [member, reporter, department, chair] = await Promise.all([
    enter('s04-member1', first),
    enter('s04-member2', second),
    enter('s04-department1', second),
    enter('s04-convener', first),
  ]);
  await postView(member.page, { stance: 'suggestion', text: '这条路谁都别走了', answers: null });
  await member.page
    .getByRole('region', { name: '发表意见' })
    .getByRole('radio', { name: '建议', exact: true })
    .check();
  await write(member.page, '说能停五十辆车，简直胡 说八道');
  const masked = cardOf(reporter.page, '＊＊＊＊');
  await expect(masked.getByText('1 处词语已按本机关词表遮盖')).toBeVisible();
  await shoot(reporter.page, 'words-masked');

  // Two reports are taken, and hide nothing yet.
  for (const { page } of [reporter, department]) {
    const card = cardOf(page, '这条路谁都别走了');
    await card.getByText('更多').click();
    await card.getByRole('button', { name: '举报' }).click();
    const dialog = page.getByRole('dialog', { name: '举报这条意见' });
    await dialog.getByRole('button', { name: '举报' }).click();
    await expect(page.getByText('已举报，审核员会查看；达到规定人数前仍然公开')).toBeVisible();
  }
  await expect(cardOf(member.page, '这条路谁都别走了')).toBeVisible();
  // Whoever moderates looks at it all the same; that it stays is told to those who reported it.
  const reported = queue(chair.page).getByRole('article', { name: /被举报、仍可见$/ });
  await expect(reported.getByText('2 人举报：偏离议题')).toBeVisible();
  await expectNoSeriousViolations(chair.page, 'what was reported and is still visible');
  await shoot(chair.page, 'moderation-reported-1440');
  await chair.page.setViewportSize(PHONE);
  for (const act of [/^维持可见：/, /^隐藏：/]) await fits(reported.getByRole('button', { name: act }));
  await expect(reported.getByText('这条路谁都别走了')).toBeInViewport({ ratio: 1 });
  await shoot(chair.page, 'moderation-reported-360');
  expect(
    await chair.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
  await chair.page.setViewportSize(DESK);
  await reported.getByRole('button', { name: /^维持可见：/ }).click();
  const answer = chair.page.getByRole('dialog', { name: '答复举报：维持可见' });
  await answer.getByLabel('理由（会告知举报人）').fill('说的是路，不是人');
  await Promise.all([
    spoken(reporter.page, '已有人查看，维持可见'),
    expect(mine(reporter.page).getByText('理由：说的是路，不是人')).toBeVisible(),
    answer.getByRole('button', { name: '维持可见' }).click(),
  ]);
  await expect(reported).toHaveCount(0);
  await expect(mine(member.page)).toHaveCount(0);
  await shoot(reporter.page, 'moderation-stays-1440');
  await chair.page.getByRole('button', { name: '全员静默' }).click();
  await chair.page
    .getByRole('dialog', { name: '全员静默？' })
    .getByRole('button', { name: '全员静默' })
    .click();
  await expect(member.page.getByText(/^全员静默：.* 起暂停全员发表。$/)).toBeVisible();
  await expect(
    member.page.getByRole('region', { name: '发表意见' }).getByText('全员静默中，解除前不能发表内容'),
  ).toBeVisible();
  await chair.page.getByRole('button', { name: '解除静默' }).click();
  await expect(member.page.getByText(/^全员静默：.* 起暂停全员发表。$/)).toHaveCount(0);
});
