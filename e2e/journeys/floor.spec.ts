import { expect, type Page } from '@playwright/test';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { askForFloor, floorOf, secondsLeft, watchTimer } from '../support/floor-acts.ts';
import { enterAs, scanAs } from '../support/park.ts';
import { openTab } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack({ processes: 2 });
});
test.afterAll(() => stack.close());

const otherUrl = () => stack.processes[1]?.url ?? stack.url;

async function setRules(page: Page, fields: Readonly<Record<string, string>>) {
  await floorOf(page).getByRole('button', { name: '发言规则' }).click();
  const dialog = page.getByRole('dialog', { name: '发言规则' });
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value);
  await dialog.getByRole('button', { name: '保存规则' }).click();
  return dialog;
}

test('who has not spoken goes first and is told why, the chair goes beyond it knowingly, timers agree [F5] [F6] [F8]', async ({
  browser,
}) => {
  const chair = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  const member = await enterAs(browser, otherUrl(), { login: 's04-member1', prefix: 's04' });
  const phone = await scanAs(browser, otherUrl(), { name: '时钟不准的人', prefix: 's04' });
  // A phone whose time of day is an hour ahead.
  await phone.context.addInitScript(() => {
    const hourMs = 3_600_000;
    const [now, origin] = [Date.now, performance.timeOrigin];
    Date.now = () => now() + hourMs;
    Object.defineProperty(performance, 'timeOrigin', { get: () => origin + hourMs });
  });
  await phone.page.reload();

  await askForFloor(member.page, { stance: 'support' });
  await expect(floorOf(chair.page).getByRole('listitem').filter({ hasText: '赞成' })).toBeVisible();
  await floorOf(chair.page)
    .getByRole('button', { name: /^请.*发言$/ })
    .first()
    .click();
  await expect(member.page.getByTestId('my-turn')).toBeVisible();

  const [there, here] = [new Map<string, number>(), new Map<string, number>()];
  await watchTimer(chair.page, there);
  await watchTimer(phone.page, here);
  await expect
    .poll(() => [...there.keys()].filter((words) => here.has(words)).length, { timeout: 20_000 })
    .toBeGreaterThan(4);
  const apart = [...there].flatMap(([words, at]) => {
    const other = here.get(words);
    return other === undefined ? [] : [Math.abs(other - at)];
  });
  expect(apart.toSorted((a, b) => a - b)[Math.floor(apart.length / 2)]).toBeLessThan(500);

  const controls = floorOf(chair.page).getByRole('group', { name: /发言计时/ });
  await controls.getByRole('button', { name: '暂停计时' }).click();
  for (const { page } of [chair, phone]) await expect(page.getByText('计时已暂停').first()).toBeVisible();
  await controls.getByRole('button', { name: '继续计时' }).click();
  const left = await secondsLeft(phone.page);
  await controls.getByRole('button', { name: '延长 1 分钟' }).click();
  await expect.poll(() => secondsLeft(phone.page)).toBeGreaterThan(left + 20);
  await expectNoSeriousViolations(chair.page, 'somebody speaks, at the chair');
  await shoot(chair.page, 'floor-speaking-1440');
  await controls.getByRole('button', { name: /^结束/ }).click();
  await expect(member.page.getByTestId('my-turn')).toHaveCount(0);

  // The member asks first; the resident, who has not spoken, is called first.
  await askForFloor(member.page);
  await askForFloor(phone.page, { stance: 'oppose' });
  await expect(member.page.getByText('前面 1 位：1 位尚未发言').first()).toBeVisible();
  await openTab(phone.page, '议程');
  await expectNoSeriousViolations(phone.page, 'the floor on a phone');
  await shoot(phone.page, 'floor-360');
  const line = floorOf(chair.page).getByRole('listitem').filter({ hasText: '尚未发言' });
  await line.getByRole('button', { name: /^请.*发言$/ }).click();
  const beyond = chair.page.getByRole('dialog', { name: /^请.*发言？$/ });
  await expect(beyond.getByText('按发言规则还没有轮到。')).toBeVisible();
  await expectNoSeriousViolations(chair.page, 'going beyond the rules');
  await shoot(chair.page, 'floor-beyond-1440');
  await beyond.getByRole('button', { name: '仍请其发言' }).click();
  await expect(member.page.getByTestId('my-turn')).toBeVisible();
  await expect(phone.page.getByText('您排在第 1 位').first()).toBeVisible();

  // Shares are there for everybody; rules that mean nothing are told at their field.
  await expect(floorOf(chair.page).getByRole('region', { name: '发言时间' })).toContainText('2 次');
  const dialog = await setRules(chair.page, { '每次发言（秒）': '5' });
  await expect(dialog.getByText('请填 15 到 3600 之间的整数')).toBeVisible();
  await expect(dialog.getByLabel('每次发言（秒）')).toBeFocused();
  await expectNoSeriousViolations(chair.page, 'the rules of discussion');
  await shoot(chair.page, 'floor-rules-1440');
  await dialog.getByLabel('每次发言（秒）').fill('15');
  await dialog.getByLabel('超时后自动收回（秒）').fill('0');
  await dialog.getByRole('button', { name: '保存规则' }).click();
  await expect(dialog).toHaveCount(0);
  await chair.page.getByRole('button', { name: /^请下一位/ }).click();
  await expect(phone.page.getByTestId('my-turn')).toBeVisible();
  // Nobody presses anything: the clock of the room ends it, and says so [F9].
  await expect(phone.page.getByTestId('my-turn')).toHaveCount(0, { timeout: 25_000 });
  await expect(chair.page.getByTestId('announcements')).toContainText('已按时限结束');
});
