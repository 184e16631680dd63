import { expect, type Page } from '@playwright/test';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { enterAs, scanAs } from '../support/park.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack({ processes: 2 });
});
test.afterAll(() => stack.close());

/** The other process of the two. */
const otherUrl = () => stack.processes[1]?.url ?? stack.url;

async function expectNoSideways(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
}

test('a hall claps and asks for louder words: everybody sees how many, the chair at a glance [Q1] [Q2] [Q3]', async ({
  browser,
}) => {
  const chair = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  const member = await enterAs(browser, stack.url, { login: 's04-member1', prefix: 's04' });
  const phone = await scanAs(browser, otherUrl(), { name: '坐在后排的人', prefix: 's04' });
  const barOf = (page: Page) => page.getByRole('complementary', { name: '会场示意' });
  const press = (page: Page, name: RegExp) => barOf(page).getByRole('button', { name }).click();

  await press(phone.page, /^没听清/);
  await expect(barOf(chair.page).getByText('1 人没听清。')).toBeVisible();
  await expect(chair.page.getByTestId('announcements')).toHaveText('1 人没听清。');
  await press(member.page, /^鼓掌/);
  for (const { page } of [chair, member, phone]) {
    await expect(page.getByTestId('signal-applause')).toHaveText('1');
    await expect(page.getByTestId('signal-unheard')).toHaveText('1');
  }
  // Nobody but whoever is meant is spoken to.
  await expect(barOf(member.page).getByText('人没听清')).toHaveCount(0);
  await expect(barOf(phone.page).getByRole('button', { name: /^没听清 ?\d* ?秒后可再发/ })).toBeVisible();
  await shoot(chair.page, 'signals-1440');
  await shoot(phone.page, 'signals-360');
  await expectNoSeriousViolations(phone.page, 'signals on a phone');
  await expectNoSeriousViolations(chair.page, 'signals at the chair');

  // Another window of the same person rests with the first.
  const again = await phone.context.newPage();
  await again.setViewportSize({ width: 320, height: 640 });
  await again.goto(phone.page.url());
  await press(again, /^没听清/);
  await expect(barOf(again).getByRole('button', { name: /秒后可再发/ })).toBeVisible();
  await expectNoSideways(again);
  await shoot(again, 'signals-320');
  await expect(chair.page.getByTestId('signal-unheard')).toHaveCount(0, { timeout: 15_000 });
});
