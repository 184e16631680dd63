import { expect } from '@playwright/test';
import { CLOSE } from '../../core/contract/errors.ts';
import { copiesOn, examineText, offline, openReader, openText, saved, write } from '../support/at-text.ts';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { codePath } from '../support/park.ts';
import { DESK, PHONE } from '../support/people.ts';
import { openTab } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';
import { linesOn, textOn } from '../support/text-acts.ts';
import { holdTextLine } from '../support/text-line.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

for (const keepsNothing of [false, true]) {
  const device = keepsNothing ? 'a device that keeps nothing' : 'a device that keeps a copy';
  test(`what is not saved outlives another tab of the room and another page, on ${device} [W14]`, async ({
    browser,
  }) => {
    const reader = await openReader(browser, stack.url);
    const { page, line } = await openText(browser, stack.url, 's04-member1', { keepsNothing });
    await line.cut();
    const words = `走开前写的${String(keepsNothing)}。`;
    await write(page, words);
    await offline(page);
    await openTab(page, '投票');
    await expect(textOn(page)).toHaveCount(0);
    await openTab(page, '纪要');
    await expect(textOn(page)).toContainText(words);
    await offline(page);
    await page.getByRole('link', { name: '返回首页' }).click();
    await expect(page).toHaveURL(`${stack.url}/`);
    if (keepsNothing) {
      // Nobody has to come back to the text: the page still has it, and brings it.
      line.mend();
      await expect(textOn(reader)).toContainText(words, { timeout: 30_000 });
      return;
    }
    await page.goBack();
    await openTab(page, '纪要');
    line.mend();
    await expect(textOn(reader)).toContainText(words, { timeout: 30_000 });
    await saved(page);
    expect((await textOn(page).innerText()).split(words)).toHaveLength(2);
  });
}

test('what an earlier page wrote and cannot be read from the device is told apart from what is saved, and comes [W1] [W14]', async ({
  browser,
}) => {
  const reader = await openReader(browser, stack.url);
  const { page, line } = await openText(browser, stack.url, 's04-member1');
  await line.cut();
  await write(page, '上次断线写的。');
  await offline(page);
  const again = await page.context().newPage();
  await again.addInitScript(() => {
    const open = Reflect.get(IDBFactory.prototype, 'open');
    Reflect.set(IDBFactory.prototype, 'open', function shut(this: IDBFactory, ...asked: [string]) {
      if (Reflect.get(window, 'isReadable') !== true) throw new DOMException('not now', 'UnknownError');
      return Reflect.apply(open, this, asked);
    });
  });
  const url = page.url();
  await page.close();
  await again.goto(url);
  await examineText(again, 'earlier-unread', () =>
    expect(again.locator('[data-save=earlierUnread]')).toHaveText('已保存 · 上次写的还在本机'),
  );
  await expect(again.getByText('您上次在本机写下、还没有保存的文字，暂时读不出来')).toBeVisible();
  await write(again, '这次写的。');
  await expect(textOn(reader)).toContainText('这次写的。');
  await expect(textOn(reader)).not.toContainText('上次断线写的。');
  await again.evaluate(() => Reflect.set(window, 'isReadable', true));
  await expect(textOn(reader)).toContainText('上次断线写的。', { timeout: 60_000 });
  await saved(again);
});

test('a second window that is saved does not speak for the first [W14]', async ({ browser }) => {
  const { page, line } = await openText(browser, stack.url, 's04-member1');
  const second = await page.context().newPage();
  await second.goto(page.url());
  await openTab(second, '纪要');
  await saved(second);
  await line.cut();
  await write(page, '第一个窗口写的。');
  await offline(page);
  await write(second, '第二个窗口写的。');
  await saved(second);
  await page.reload();
  await openTab(page, '纪要');
  await offline(page);
  await expect(textOn(page)).toContainText('第一个窗口写的。');
  line.mend();
  await saved(page);
  await expect(textOn(second)).toContainText('第一个窗口写的。');
  await expect(textOn(page)).toContainText('第二个窗口写的。');
});

test('a window writes on and is saved after another one of the same person gave its edits up [W1] [W14]', async ({
  browser,
}) => {
  const reader = await openReader(browser, stack.url);
  const { page, line } = await openText(browser, stack.url, 's04-member1');
  const second = await page.context().newPage();
  const secondLine = await holdTextLine(second);
  await second.goto(page.url());
  await openTab(second, '纪要');
  await saved(second);
  await line.cut();
  await write(page, '要放弃的话。');
  await offline(page);
  line.refuse(CLOSE.frameTooLarge);
  const giveUp = page.getByRole('button', { name: '放弃未保存的修改并重新载入' });
  await expect(giveUp).toBeVisible({ timeout: 30_000 });
  await secondLine.cut();
  await write(second, '放弃之前写的。');
  await offline(second);
  line.mend();
  await giveUp.click();
  await openTab(page, '纪要');
  await saved(page);
  await write(second, '放弃之后写的。');
  await offline(second);
  // What this window had not saved outlives it, although the other one emptied the copy that they share.
  await second.reload();
  await openTab(second, '纪要');
  await expect(textOn(second)).toContainText('放弃之前写的。放弃之后写的。');
  secondLine.mend();
  await saved(second);
  await write(second, '接着写的。');
  await expect(textOn(reader)).toContainText('放弃之前写的。放弃之后写的。接着写的。');
  await saved(second);
  await expect(textOn(reader)).not.toContainText('要放弃的话。');
});

test('closing the page and signing out ask while something is not saved, and not a moment longer [W14]', async ({
  browser,
}) => {
  const reader = await openReader(browser, stack.url);
  const { page, line } = await openText(browser, stack.url, 's04-member1');
  await line.cut();
  await write(page, '还没保存。');
  await offline(page);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    // The page may be gone before it is answered.
    dialog.dismiss().catch(() => undefined);
  });
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toEqual(['beforeunload']);
  await expect(textOn(page)).toContainText('还没保存。');

  await page.getByRole('link', { name: '返回首页' }).click();
  await expect(page.getByRole('group', { name: '我的账号' })).toBeVisible();
  const signOut = async () => {
    await page.getByRole('group', { name: '我的账号' }).locator('summary').click();
    await page.getByRole('button', { name: '退出', exact: true }).click();
  };
  await signOut();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('还有 1 份文本里您的修改没有保存到系统');
  await expectNoSeriousViolations(page, 'signing out with an unsaved text');
  await shoot(page, 'unsaved-sign-out-1440');
  await page.setViewportSize(PHONE);
  await shoot(page, 'unsaved-sign-out-360');
  await page.setViewportSize(DESK);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await page.getByRole('link', { name: '进入协商室' }).first().click();
  await openTab(page, '纪要');
  line.mend();
  await saved(page);
  await expect(textOn(reader)).toContainText('还没保存。');
  await page.getByRole('link', { name: '返回首页' }).click();
  await signOut();
  await expect(page).toHaveURL(`${stack.url}/sign-in`);
  expect(asked).toEqual(['beforeunload']);
  // Nothing of the text is left on the device for whoever signs in next.
  await expect.poll(() => copiesOn(page)).toBe(0);
});

test('a code for guests says what the account’s sign-out would cost', async ({ browser }) => {
  const { page, line } = await openText(browser, stack.url, 's04-member1');
  await line.cut();
  await write(page, '扫码前写的。');
  await offline(page);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(`${stack.url}${codePath('s01', 'resident')}`);
  await expect(page.getByText('您已用账号登录')).toBeVisible();
  await expect(page.getByText(/还有 1 份文本里您的修改没有保存/)).toBeVisible();
  await expectNoSeriousViolations(page, 'the door with an unsaved text');
  await shoot(page, 'unsaved-door-1440');
  await page.setViewportSize(PHONE);
  await shoot(page, 'unsaved-door-360');
});

test('two who write in one paragraph without a line for ten minutes both find their words again [W2]', async ({
  browser,
}) => {
  const people = await Promise.all(
    ['s04-member1', 's04-member2'].map((login) => openText(browser, stack.url, login)),
  );
  const [one, other] = people;
  if (one === undefined || other === undefined) throw new Error('two are needed');
  await write(one.page, '共同的一段。');
  await saved(one.page);
  await expect(textOn(other.page)).toContainText('共同的一段。');
  for (const { page, line } of people) {
    await page.clock.install();
    await line.cut();
  }
  await write(one.page, '甲离线写的。');
  await write(other.page, '乙离线写的。');
  for (const { page } of people) {
    await offline(page);
    await page.clock.fastForward('10:00');
    await offline(page);
  }
  await expect(textOn(one.page)).not.toContainText('乙离线写的。');
  for (const { line } of people) line.mend();
  const merged = /离线时的 \d+ 处修改已保存，并已与他人的修改合并/;
  await Promise.all(
    people.map(({ page }) => expect(page.getByText(merged)).toBeVisible({ timeout: 30_000 })),
  );
  for (const { page } of people) {
    await saved(page);
    await expect(textOn(page)).toContainText('甲离线写的。');
    await expect(textOn(page)).toContainText('乙离线写的。');
  }
  await shoot(one.page, 'text-merged-1440');
  expect(await linesOn(one.page)).toBe(await linesOn(other.page));
  // Each takes back only what they wrote.
  await one.page.keyboard.press('Control+z');
  await expect(textOn(other.page)).not.toContainText('甲离线写的。');
  await expect(textOn(other.page)).toContainText('乙离线写的。');
});
