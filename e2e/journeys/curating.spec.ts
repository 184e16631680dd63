import { expect, type Browser, type Page } from '@playwright/test';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { expectFits } from '../support/fit.ts';
import { demoSession, enterAs, scanAs } from '../support/park.ts';
import { openBrowser, PHONE, signInQuietly } from '../support/people.ts';
import { cardOf, postView } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack({ processes: 2 });
});
test.afterAll(() => stack.close());

const WALL = { width: 1920, height: 1080 } as const;
const FIRST = '早市占了消防通道，消防车进不来。';
const SAME = '消防通道被早市占住了。';

/** Whoever runs the session, on a screen of this size. */
async function asHost(browser: Browser, url: string, screen: { width: number; height: number }) {
  const visitor = await openBrowser(browser, screen);
  await signInQuietly(visitor, url, 's04-convener');
  return visitor.page;
}

const spotlightOn = (page: Page) => page.getByRole('region', { name: '请看这条意见' });

test('what was said is marked, merged, split and put before everybody, and a phone drives the wall on another process [C1] [C2] [C3] [C5]', async ({
  browser,
}) => {
  const [here, there] = stack.processes;
  if (here === undefined || there === undefined) throw new Error('two processes are needed');
  const { path } = demoSession('s04');
  const { page: resident } = await scanAs(browser, here.url, { name: '街坊丙', prefix: 's04' });
  const { page: member } = await enterAs(browser, there.url, { login: 's04-member1', prefix: 's04' });
  const { page: recorder } = await enterAs(browser, there.url, { login: 's04-recorder', prefix: 's04' });
  await postView(resident, { stance: 'oppose', text: FIRST, answers: null });
  await postView(member, { stance: 'suggestion', text: SAME, answers: null });

  await test.step('the recorder marks a key point, which everybody sees and may read alone', async () => {
    const marked = cardOf(recorder, FIRST);
    await marked.getByRole('button', { name: '要点', exact: true }).click();
    await expect(cardOf(resident, FIRST).locator('header').getByText('要点')).toBeVisible();
    await recorder.getByRole('combobox', { name: '要点' }).selectOption('key');
    await expect(recorder.locator('article[data-seq]')).toHaveCount(1);
    await recorder.getByRole('combobox', { name: '要点' }).selectOption('');
    await expect(cardOf(recorder, SAME)).toBeVisible();
  });

  await test.step('views that say the same are merged, split and merged again', async () => {
    await cardOf(recorder, SAME).getByRole('button', { name: '合并…' }).click();
    const dialog = recorder.getByRole('dialog', { name: '合并相同的意见' });
    await dialog.getByRole('checkbox', { name: new RegExp(FIRST) }).check();
    await expectNoSeriousViolations(recorder, 'choosing what to merge');
    await shoot(recorder, 'curating-merge');
    await dialog.getByRole('button', { name: '合并这 2 条' }).click();
    await expect(dialog).toBeHidden();
    // The earlier one leads.
    const group = cardOf(resident, FIRST).getByText('合并了 2 条意见');
    await expect(group).toBeVisible();
    await expect(cardOf(resident, FIRST).getByText('2 人提出、0 人附议')).toBeVisible();
    await expect(cardOf(resident, SAME).getByRole('button', { name: '已并入另一条意见' })).toBeVisible();
    await cardOf(recorder, FIRST).getByText('合并了 2 条意见').click();
    await expectNoSeriousViolations(recorder, 'views that were merged');
    await shoot(recorder, 'curating-merged');
    await group.click();
    await expectFits(resident, 'merged views');
    await shoot(resident, 'curating-merged-phone');
    await cardOf(recorder, FIRST)
      .getByRole('button', { name: /^把 #\d+ 拆分出来$/ })
      .click();
    await expect(group).toBeHidden();
    await expect(cardOf(recorder, FIRST).getByText('合并了 2 条意见')).toBeHidden();
  });

  await test.step('one is put before everybody by a key, and keys are listed and switched off', async () => {
    await cardOf(recorder, FIRST).focus();
    await recorder.keyboard.press('s');
    await expect(spotlightOn(resident).getByText(FIRST)).toBeVisible();
    await expect(spotlightOn(recorder).getByText(FIRST)).toBeVisible();
    await recorder.keyboard.press('?');
    const list = recorder.getByRole('dialog', { name: '快捷键' });
    await expect(list.getByText('置顶展示，或撤下')).toBeVisible();
    await shoot(recorder, 'curating-shortcuts');
    await list.getByRole('checkbox', { name: '使用单键快捷键' }).uncheck();
    await list.getByRole('button', { name: '关闭' }).click();
    await recorder.keyboard.press('?');
    await expect(list).toBeHidden();
    await expectNoSeriousViolations(resident, 'a view before everybody');
    await shoot(resident, 'curating-spotlight-phone');
  });

  await test.step('the host chooses on a phone what the wall shows, on another process and after a reload', async () => {
    const host = await asHost(browser, here.url, PHONE);
    const wall = await asHost(browser, there.url, WALL);
    await host.goto(`${here.url}${path}`);
    await wall.goto(`${there.url}${path}/screen`);
    const shown = (kind: string) => wall.locator(`[data-scene=${kind}]`);
    await expect(shown('spotlight').getByText(FIRST)).toBeVisible();
    await host.getByRole('button', { name: '大屏内容' }).click();
    const remote = host.getByRole('dialog', { name: '大屏内容' });
    await expect(remote.getByRole('button', { name: /^投票和结果/ })).toBeDisabled();
    await expectNoSeriousViolations(host, 'choosing what the wall shows');
    const show = async (name: RegExp, kind: string, isNew = true) => {
      await remote.getByRole('button', { name }).click();
      await expect(shown(kind)).toBeVisible();
      await expect(remote.getByRole('button', { name })).toHaveAttribute('aria-pressed', 'true');
      await expect(remote.getByRole('button', { name })).not.toHaveAttribute('aria-busy', 'true');
      if (isNew) await shoot(wall, `wall-${kind}`);
    };
    await show(/^议程和计时/, 'agenda', false);
    await show(/^发言人/, 'speaker');
    await show(/^签到情况/, 'roll');
    await expectFits(host, 'the remote of the wall');
    await shoot(host, 'wall-remote-phone');
    await wall.reload();
    await expect(shown('roll').getByText('合计')).toBeVisible();
    await expectNoSeriousViolations(wall, 'the roll on the wall');
    await show(/^二维码/, 'welcome', false);
    await show(/^最新意见/, 'talk', false);
    await show(/^协商纪要/, 'text');
    await show(/^置顶的意见/, 'spotlight');
    // Taken off, it leaves the wall as well, which follows the room.
    await remote.getByRole('button', { name: '关闭' }).click();
    await spotlightOn(host).getByRole('button', { name: '撤下' }).click();
    await expect(shown('talk')).toBeVisible();
    await expect(spotlightOn(resident)).toBeHidden();
  });
});
