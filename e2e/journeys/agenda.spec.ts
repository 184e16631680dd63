import { expect, type Page } from '@playwright/test';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { expectFits } from '../support/fit.ts';
import { demoSession, enterAs, scanAs } from '../support/park.ts';
import { DESK, openBrowser, PHONE, signInQuietly } from '../support/people.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

const itemsOn = (page: Page) => page.getByRole('region', { name: '议程', exact: true }).getByRole('listitem');
/** The titles of the agenda's items as they stand in the window that changes them. */
const titlesIn = (page: Page) =>
  page
    .getByRole('dialog', { name: '调整议程' })
    .getByRole('list', { name: '议程' })
    .getByRole('listitem')
    .evaluateAll((rows) =>
      rows.map((row) => /\d+\. (.*)/.exec(row.querySelector('[dir=auto]')?.textContent ?? '')?.[1] ?? ''),
    );

test('the host puts the agenda in order by hand, button and key, moves minutes, and closes posting for an item [A3] [A4] [A7]', async ({
  browser,
}) => {
  const { path } = demoSession('s04');
  const host = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  const resident = await scanAs(browser, stack.url, { name: '居民甲', prefix: 's04' });
  const { page } = host;
  await expect(page.getByText(/预计 \d\d:\d\d 结束/).first()).toBeVisible();
  await expect(itemsOn(page).and(page.locator('[aria-current=step]'))).toContainText(/计划 \d+ 分钟.*已用 /);

  // What may be posted during the current item is one choice; it holds at once for everybody.
  const current = itemsOn(page).and(page.locator('[aria-current=step]'));
  await current.getByRole('combobox').selectOption('closed');
  await expect(resident.page.getByText('本环节已关闭发表。').first()).toBeVisible();
  await resident.page.getByRole('button', { name: '发表意见', exact: true }).click();
  const composer = resident.page.getByRole('region', { name: '发表意见' });
  await expect(composer.getByText(/主持人已在本环节关闭发表/)).toBeVisible();
  await expect(composer.getByRole('button', { name: '发表', exact: true })).toBeDisabled();
  await resident.page.keyboard.press('Escape');
  await current.getByRole('combobox').selectOption('questions');
  await expect(resident.page.getByText('本环节只接受提问和部门回应。').first()).toBeVisible();
  await current.getByRole('combobox').selectOption('all');
  await expect(resident.page.getByText('本环节只接受提问和部门回应。')).toHaveCount(0);

  await page.getByRole('button', { name: '调整议程' }).click();
  const dialog = page.getByRole('dialog', { name: '调整议程' });
  await expect(dialog).toBeVisible();
  await expectNoSeriousViolations(page, 'the window that changes the agenda');
  await shoot(page, 'agenda-editor-desk');
  await dialog.getByLabel('名称').fill('补充说明');
  await dialog.getByRole('button', { name: '增加', exact: true }).click();
  await expect.poll(async () => (await titlesIn(page)).at(-1)).toBe('补充说明');
  const before = await titlesIn(page);

  // By button, by key, by hand: each moves it, and the focus stays with whoever moves.
  await dialog.getByRole('button', { name: '上移“补充说明”' }).click();
  await expect.poll(async () => (await titlesIn(page)).indexOf('补充说明')).toBe(before.length - 2);
  await expect(dialog.getByRole('button', { name: '上移“补充说明”' })).toBeFocused();
  const handle = dialog.getByRole('button', { name: /^移动“补充说明”/ });
  await handle.focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => titlesIn(page)).toEqual(before);
  await expect(handle).toBeFocused();
  const other = dialog.getByRole('button', { name: new RegExp(`^移动“${before.at(-2)}”`) });
  const [from, to] = await Promise.all([handle.boundingBox(), other.boundingBox()]);
  if (from === null || to === null) throw new Error('there is nothing to drag');
  await page.mouse.move(from.x + 10, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 10, to.y + 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await titlesIn(page)).indexOf('补充说明')).toBe(before.length - 2);

  await dialog.getByLabel('从这一项匀出').selectOption({ label: `${before.length - 1}. 补充说明` });
  await dialog.getByLabel('分钟数', { exact: true }).fill('11');
  await expect(dialog.getByText('这项议程最多还能匀出 10 分钟。')).toBeVisible();
  await dialog.getByLabel('分钟数', { exact: true }).fill('4');
  await dialog.getByRole('button', { name: '匀过去' }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: '补充说明' })).toContainText(
    '计划 6 分钟（原 10）',
  );
  await dialog.getByRole('button', { name: '关闭' }).click();

  const phone = resident.page;
  await phone.getByRole('tab', { name: '议程' }).click();
  await expect(itemsOn(phone).filter({ hasText: '补充说明' })).toContainText('计划 6 分钟（原 10）');
  await expectFits(phone, 'the agenda on a phone');
  await expectNoSeriousViolations(phone, 'the agenda on a phone');
  await shoot(phone, 'agenda-phone');
  await page.setViewportSize({ width: 360, height: 640 });
  await page.getByRole('tab', { name: '议程' }).click();
  await page.getByRole('button', { name: '调整议程' }).click();
  await expectFits(page, 'planning');
  await shoot(page, 'agenda-editor-phone');
  await page.setViewportSize({ width: 320, height: 640 });
  await expectFits(page, 'planning');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${stack.url}${path}/screen`);
  await page.getByRole('button', { name: '显示议程' }).click();
  await expect(page.getByText('补充说明')).toBeVisible();
  await shoot(page, 'agenda-screen');
});

test('a session is made of a kind of meeting, a topic and a day; another one of an earlier one [K1] [K2] [K3] [K4]', async ({
  browser,
}) => {
  const planner = await openBrowser(browser, PHONE);
  await signInQuietly(planner, stack.url, 's04-convener');
  const { page } = planner;
  await page.goto(`${stack.url}/plan`);
  await page.getByLabel('会议类型').selectOption({ label: '信访协商' });
  await page.getByLabel('协商题目').fill('老旧小区供水信访事项');
  await page.getByLabel('开始时间').fill('2026-12-01T09:00');
  await expectFits(page, 'planning');
  await expectNoSeriousViolations(page, 'planning a session');
  await shoot(page, 'plan-phone');
  await expect(
    page.getByText(
      '本场规则：委员、部门、群众交替，每次发言 5 分钟；意见先发后审；扫码人员先候会；以称谓显示，不显示实名。',
    ),
  ).toBeVisible();
  await page.getByText('其他设置').click();
  await expect(page.getByLabel('会上以称谓显示，不显示实名')).toBeChecked();
  await page.getByLabel('会前意见征集').selectOption({ label: '会前 3 天 18:00 截止' });
  await expect(page.getByText('会前意见征集到 11月28日', { exact: false })).toBeVisible();
  await shoot(page, 'plan-rules-phone');
  await page.getByText('7 项，共 90 分钟').click();
  await page.getByRole('button', { name: '下移“情况通报”' }).click();
  await expect(page.getByRole('group', { name: '第 4 项' }).getByLabel('名称')).toHaveValue('情况通报');
  await shoot(page, 'plan-agenda-phone');
  await expectFits(page, 'planning');
  await page.getByRole('button', { name: '创建协商会' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '老旧小区供水信访事项' })).toBeVisible();
  await expect(page.getByText('正在征集会前意见，截至 11月28日')).toBeVisible();
  await page.getByRole('tab', { name: '议程' }).click();
  await expect(itemsOn(page)).toHaveCount(7);
  await expect(itemsOn(page).nth(3)).toContainText('情况通报');
  // Nobody of the house who has no seat finds it, and its codes are for one person each.
  await page.getByRole('button', { name: '二维码', exact: true }).click();
  await expect(page.getByRole('dialog').getByLabel('最多可用人数')).toBeDisabled();
  const staff = await openBrowser(browser, DESK);
  await signInQuietly(staff, stack.url, 'staff');
  await staff.page.goto(stack.url);
  await expect(staff.page.getByText('古城公园消防通道占用与设施安全')).toBeVisible();
  await expect(staff.page.getByText('老旧小区供水信访事项')).toHaveCount(0);

  await page.setViewportSize(DESK);
  await page.goto(stack.url);
  const card = page.getByRole('listitem').filter({ hasText: '老旧小区供水信访事项' });
  await card.getByRole('link', { name: '再办一场' }).click();
  await expect(page.getByLabel('协商题目')).toHaveValue('老旧小区供水信访事项');
  await expect(page.getByText('本场规则：委员、部门、群众交替')).toBeVisible();
  await page.getByLabel('协商题目').fill('老旧小区供水信访事项（第二次）');
  await page.getByText('7 项，共 90 分钟').click();
  await expect(page.getByRole('group', { name: '第 4 项' }).getByLabel('名称')).toHaveValue('情况通报');
  await shoot(page, 'plan-again-desk');
  await page.getByRole('button', { name: '创建协商会' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /第二次/ })).toBeVisible();
});
