import { expect, type Browser, type Page } from '@playwright/test';
import { CLOSE } from '../../core/contract/errors.ts';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { tabTo } from '../support/keyboard.ts';
import { codePath, demoSession, enterAs } from '../support/park.ts';
import { DESK, openBrowser, PHONE, signInQuietly } from '../support/people.ts';
import { openTab } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';
import { linesOn, textOn } from '../support/text-acts.ts';
import { holdTextLine, type TextLine } from '../support/text-line.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

const saved = (page: Page) => expect(page.locator('[data-save=saved]')).toBeVisible();
const offline = (page: Page) => expect(page.getByText(/离线 · (本机 )?\d+ 处修改/)).toBeVisible();

type Opened = { readonly page: Page; readonly line: TextLine };
type Wish = { readonly keepsNothing?: boolean };

/** Somebody at the text, with the line to it in the test's hands. */
async function openText(browser: Browser, login: string, wish: Wish = {}): Promise<Opened> {
  const visitor = await openBrowser(browser, DESK);
  const line = await holdTextLine(visitor.page);
  if (wish.keepsNothing === true)
    await visitor.context.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', { value: undefined });
    });
  await signInQuietly(visitor, stack.url, login);
  await visitor.page.goto(`${stack.url}${demoSession('s04').path}`);
  await openTab(visitor.page, '纪要');
  await saved(visitor.page);
  return { page: visitor.page, line };
}

/** Puts these words behind the last letter. */
async function write(page: Page, words: string): Promise<void> {
  await textOn(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(words);
}

/** How many copies of texts this browser keeps. */
const copiesOn = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const all = await indexedDB.databases();
    return all.filter(({ name }) => name?.startsWith('shangliang:text:')).length;
  });

async function openReader(browser: Browser): Promise<Page> {
  const { page } = await enterAs(browser, stack.url, { login: 's04-member2', prefix: 's04' });
  await openTab(page, '纪要');
  await saved(page);
  return page;
}

for (const keepsNothing of [false, true]) {
  const device = keepsNothing ? 'a device that keeps nothing' : 'a device that keeps a copy';
  test(`what is not saved outlives another tab of the room and another page, on ${device} [W14]`, async ({
    browser,
  }) => {
    const reader = await openReader(browser);
    const { page, line } = await openText(browser, 's04-member1', { keepsNothing });
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

test('a second window that is saved does not speak for the first [W14]', async ({ browser }) => {
  const { page, line } = await openText(browser, 's04-member1');
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
  const reader = await openReader(browser);
  const { page, line } = await openText(browser, 's04-member1');
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
  const reader = await openReader(browser);
  const { page, line } = await openText(browser, 's04-member1');
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
  const { page, line } = await openText(browser, 's04-member1');
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

const ENDS = {
  malformed: { code: CLOSE.malformed, light: '修改未被接受', says: '系统没能接受您最近的修改' },
  'too-large': { code: CLOSE.frameTooLarge, light: '一次内容太多', says: '您还没保存的修改太多' },
  reset: { code: CLOSE.reset, light: '文本已恢复到较早版本', says: '文本已恢复到较早的版本' },
} as const;

const WIDTHS = { 360: PHONE, 1440: DESK } as const;

/** A state of the text at each width: nothing serious for axe, and a picture. A page of another width is drawn anew. */
async function examineText(page: Page, name: string, reach: () => Promise<void>): Promise<void> {
  for (const [width, size] of Object.entries(WIDTHS)) {
    await page.setViewportSize(size);
    await openTab(page, '纪要');
    await reach();
    await expectNoSeriousViolations(page, `the text, ${name}, at ${width} px`);
    await shoot(page, `text-${name}-${width}`);
  }
}

for (const [name, { code, light, says }] of Object.entries(ENDS))
  test(`a text that was refused says why and has a way on: ${name} [W5]`, async ({ browser }) => {
    const { page, line } = await openText(browser, 's04-member1');
    await line.cut();
    await write(page, '没能保存的话。');
    await offline(page);
    line.refuse(code);
    expect(await copiesOn(page)).toBe(1);
    const notice = page.getByRole('alert').filter({ hasText: says });
    await expect(notice).toBeVisible({ timeout: 30_000 });
    await expect(page.locator('[data-save=unsaved]')).toHaveText(`未保存（${light}）`);
    await expect(page.getByRole('textbox', { name: '协商纪要正文' })).toHaveCount(0);
    await expect(textOn(page)).toContainText('没能保存的话。');
    // What was put back to an earlier state may not come back from here; what was refused may still be wanted.
    await expect.poll(() => copiesOn(page)).toBe(name === 'reset' ? 0 : 1);
    await examineText(page, name, () => expect(notice).toBeVisible());
    const copy = notice.getByRole('button', { name: '复制全部文字' });
    await tabTo(page, 'the copying', ({ name: button }) => button === '复制全部文字');
    await expect(copy).toBeFocused();
    line.mend();
    await notice.getByRole('button', { name: '放弃未保存的修改并重新载入' }).click();
    await openTab(page, '纪要');
    await saved(page);
    await expect(textOn(page)).not.toContainText('没能保存的话。');
  });

test('an old page and a full text are told in sentences with a way on [W5]', async ({ browser }) => {
  const { page, line } = await openText(browser, 's04-member1');
  const told = (reason: 'CLIENT_OUTDATED' | 'TEXT_FULL', says: string) => async () => {
    // The page comes with a line of its own, which is up when the text is saved.
    await saved(page);
    line.readsBecause(reason);
    await expect(page.getByRole('alert')).toContainText(says);
  };
  await examineText(page, 'outdated', told('CLIENT_OUTDATED', '系统已更新'));
  await page.getByRole('button', { name: '刷新页面' }).click();
  await openTab(page, '纪要');
  await saved(page);
  await examineText(page, 'full', told('TEXT_FULL', '篇幅上限'));
  const before = await textOn(page).innerText();
  await write(page, '多一句');
  await expect(page.getByRole('region', { name: '提示' })).toContainText('篇幅上限');
  expect(await textOn(page).innerText()).toBe(before);
  await page.keyboard.press('Backspace');
  await expect.poll(async () => (await textOn(page).innerText()).length).toBe(before.length - 1);
});

test('a paste that is too long is not put in, and says how to do it', async ({ browser }) => {
  const reader = await openReader(browser);
  const { page } = await openText(browser, 's04-member1');
  await textOn(page).click();
  await page.keyboard.press('Control+End');
  const paste = async (words: string) =>
    await textOn(page).evaluate((editor, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, words);
  await paste('法'.repeat(90_000));
  await expect(page.getByText('这次粘贴的内容太长')).toBeVisible();
  await expectNoSeriousViolations(page, 'a paste that is too long');
  await shoot(page, 'text-too-long-1440');
  await expect(textOn(page)).not.toContainText('法法法');
  await saved(page);
  await paste('条款'.repeat(20_000));
  await saved(page);
  await expect(textOn(reader)).toContainText('条款条款');
  // What was deleted at one go comes back at one go, however much it is, and is saved.
  await paste('款项'.repeat(25_000));
  await saved(page);
  await paste('目录'.repeat(25_000));
  await saved(page);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Backspace');
  await saved(page);
  await expect(textOn(reader)).not.toContainText('条款条款');
  await page.keyboard.press('Control+z');
  await expect(textOn(page)).toContainText('目录目录');
  await saved(page);
  await expect(textOn(reader)).toContainText('条款条款');
});

test('two who write in one paragraph without a line for ten minutes both find their words again [W2]', async ({
  browser,
}) => {
  const people = await Promise.all(['s04-member1', 's04-member2'].map((login) => openText(browser, login)));
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
