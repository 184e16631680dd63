import { expect, type Browser, type Page } from '@playwright/test';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { codePath, demoSession } from '../support/park.ts';
import { DESK, openBrowser, PHONE, signInQuietly, type Visitor } from '../support/people.ts';
import { openTab } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

const room = demoSession('s04');
const LOOKS = {
  dark: { 'shangliang.scheme': 'dark' },
  large: { 'shangliang.large': 'yes' },
  english: { 'shangliang.locale': 'en' },
} as const;

const TABS = { 纪要: 'text', 办理事项: 'tasks' } as const;

/** A browser that has chosen a look before. */
async function openLooking(
  browser: Browser,
  look: Readonly<Record<string, string>>,
  screen: { width: number; height: number },
): Promise<Visitor> {
  const visitor = await openBrowser(browser, screen);
  await visitor.context.addInitScript((choices) => {
    for (const [name, value] of Object.entries(choices)) localStorage.setItem(name, value);
  }, look);
  return visitor;
}

async function goTo({ page }: Visitor, path: string): Promise<void> {
  await page.goto(`${stack.url}${path}`);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
}

async function judge(page: Page, state: string): Promise<void> {
  await expectNoSeriousViolations(page, state);
  await shoot(page, state.replaceAll(' ', '-'));
}

/** Opens a dialog of the room, judges it, and closes it. */
async function judgeDialog(page: Page, button: string, state: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await judge(page, state);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

for (const [look, choices] of Object.entries({ dark: LOOKS.dark, large: LOOKS.large })) {
  test(`shuts nobody out before the room: ${look}`, async ({ browser }) => {
    const guest = await openLooking(browser, choices, PHONE);
    await goTo(guest, '/sign-in');
    await judge(guest.page, `${look} sign-in`);
    await goTo(guest, codePath('s04', 'resident'));
    await judge(guest.page, `${look} join`);
    const admin = await openLooking(browser, choices, DESK);
    await signInQuietly(admin, stack.url, 'admin');
    await goTo(admin, '/accounts');
    await judge(admin.page, `${look} accounts`);
    await admin.page.getByText('操作').first().click();
    await judgeDialog(admin.page, '新建账号', `${look} new account`);
    await goTo(admin, '/');
    await judge(admin.page, `${look} home`);
  });

  test(`shuts nobody out of the room, the wall and the archive: ${look}`, async ({ browser }) => {
    test.setTimeout(240_000);
    const chair = await openLooking(browser, choices, DESK);
    await signInQuietly(chair, stack.url, 's04-convener');
    await goTo(chair, room.path);
    const { page } = chair;
    await judgeDialog(page, '二维码', `${look} codes`);
    await judgeDialog(page, '暂停发言', `${look} pause`);
    await judgeDialog(page, '结束会议', `${look} close`);
    await openTab(page, '投票');
    await judgeDialog(page, '准备投票', `${look} poll form`);
    for (const [tab, state] of Object.entries(TABS)) {
      await openTab(page, tab);
      await judge(page, `${look} ${state}`);
    }
    await page.goto(`${stack.url}${room.path}/screen`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await judge(page, `${look} wall`);
    await page.getByRole('button', { name: '显示二维码' }).click();
    await judge(page, `${look} wall code`);

    const member = await openLooking(browser, choices, PHONE);
    await signInQuietly(member, stack.url, 's04-member1');
    await goTo(member, room.path);
    await judge(member.page, `${look} phone`);
    await member.page.getByRole('button', { name: '发表意见', exact: true }).click();
    await judge(member.page, `${look} phone composing`);
    const reader = await openLooking(browser, choices, PHONE);
    await signInQuietly(reader, stack.url, 's02-member');
    await goTo(reader, `${demoSession('s02').path}/archive`);
    await expect(reader.page.getByRole('button', { name: '核验档案' })).toBeVisible();
    await judge(reader.page, `${look} archive`);
    await playByKeys(reader);
    await judge(reader.page, `${look} replay`);
    await shoot(reader.page, `replay-${look}-360`);
    await goTo(reader, '/archives');
    await reader.page.getByText('筛选').click();
    await judge(reader.page, `${look} search`);
    await goTo(reader, '/archives?q=%E5%BB%BA%E8%AE%AE');
    await expect(reader.page.getByRole('status').filter({ hasText: /找到 \d+ 条/ })).toBeVisible();
    await judge(reader.page, `${look} found`);
    await goTo(reader, '/archives?q=%E7%81%AB%E6%98%9F&kind=poll');
    await expect(reader.page.getByRole('button', { name: '去掉筛选再查' })).toBeVisible();
    await judge(reader.page, `${look} nothing found`);
  });
}

/** From the record to its replay and along the bar, without a pointer [RP2]. */
async function playByKeys({ page }: Visitor): Promise<void> {
  await page.getByRole('link', { name: '回放', exact: true }).press('Enter');
  const bar = page.getByRole('slider', { name: '时间轴' });
  await bar.press('End');
  await expect(page.getByText('已归档').first()).toBeVisible();
  const all = await bar.getAttribute('aria-valuetext');
  await bar.press('PageUp');
  await expect(bar).not.toHaveAttribute('aria-valuetext', all ?? '');
  await bar.press('Home');
  await bar.press('Space');
  await expect(page.getByRole('button', { name: '暂停', exact: true })).toBeVisible();
  await expect(bar).not.toHaveAttribute('aria-valuetext', /第 1 件/);
  await bar.press('Space');
  await expect(page.getByRole('button', { name: '播放', exact: true })).toBeVisible();
  await page
    .getByRole('button', { name: /投票结束/ })
    .first()
    .press('Enter');
  await expect(page.getByRole('region', { name: '当时的协商室' }).getByRole('article').first()).toBeVisible();
}

test('on a phone in large letters the stream can still be filtered', async ({ browser }) => {
  const member = await openLooking(browser, LOOKS.large, PHONE);
  await signInQuietly(member, stack.url, 's04-member1');
  await goTo(member, room.path);
  const { page } = member;
  const cards = page.locator('[role=feed] article[data-seq]');
  const all = await cards.count();
  await page.getByRole('button', { name: '筛选' }).click();
  await expect(page.getByRole('combobox')).toHaveCount(6);
  await page.getByRole('combobox', { name: '立场' }).selectOption({ label: '提问' });
  await expect.poll(() => cards.count()).toBeLessThan(all);
  await shoot(page, 'large-filter');
  await page.getByRole('button', { name: '筛选' }).click();
  await expect(page.getByRole('combobox')).toHaveCount(0);
  await shoot(page, 'large-filtered');
});

test('at a desk in large letters every choice of the filters can be read', async ({ browser }) => {
  const member = await openLooking(browser, LOOKS.large, DESK);
  await signInQuietly(member, stack.url, 's04-member1');
  await goTo(member, room.path);
  const { page } = member;
  // The text beside it has choices of its own.
  const choices = page.getByRole('group', { name: '筛选' }).getByRole('combobox');
  await expect(choices).toHaveCount(0);
  await page.getByRole('button', { name: '筛选' }).click();
  await expect(choices).toHaveCount(6);
  const widths = await choices.evaluateAll((fields) =>
    fields.map((field) => field.getBoundingClientRect().width),
  );
  // Five characters of 20 px, and the arrow.
  for (const width of widths) expect(width).toBeGreaterThan(160);
  await shoot(page, 'large-desk-filter');
});

test('the tools of the text take two rows at most, in English too', async ({ browser }) => {
  for (const width of [1366, 1440]) {
    const member = await openLooking(browser, LOOKS.english, { width, height: 768 });
    await signInQuietly(member, stack.url, 's04-member1');
    await goTo(member, room.path);
    await openTab(member.page, 'Minutes');
    const tools = member.page.getByRole('toolbar', { name: 'Formatting' }).locator('xpath=..');
    await expect(tools.getByRole('button', { name: 'Show others’ cursors' })).toBeVisible();
    const tops = await tools
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((button) => Math.round(button.getBoundingClientRect().top / 12)));
    expect(new Set(tops).size, `rows at ${width}`).toBeLessThanOrEqual(2);
    await shoot(member.page, `tools-${width}`);
    await tools.getByRole('button', { name: 'Show others’ cursors' }).click();
    await expect(tools.getByRole('button', { name: 'Show others’ cursors' })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
  }
});

test('a device that keeps nothing is not said to keep anything', async ({ browser }) => {
  const { page, context } = await openBrowser(browser, PHONE);
  await context.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await signInQuietly({ page, context }, stack.url, 's04-member2');
  await goTo({ page, context }, room.path);
  await page.getByRole('button', { name: '发表意见', exact: true }).click();
  const composer = page.getByRole('region', { name: '发表意见' });
  // The form is fetched behind the first picture: the line goes once it is there.
  await composer.getByRole('radio', { name: '建议', exact: true }).check();
  await context.setOffline(true);
  await composer.getByRole('textbox', { name: '意见内容' }).fill('本机存不下的话。');
  await expect(composer.getByText('设备已离线，且本机无法保存：恢复连接前请勿关闭本页。')).toBeVisible();
  await shoot(page, 'not-kept-composer');
  await composer.getByRole('button', { name: '发表', exact: true }).click();
  await expect(page.getByText('还没发出，只在本页保存，请勿关闭')).toBeVisible();
  await expect(page.getByText('保存在本机')).toHaveCount(0);
  await context.setOffline(false);
  await expect(page.locator('article[data-seq]').filter({ hasText: '本机存不下的话。' })).toHaveCount(1, {
    timeout: 30_000,
  });
});
