import { expect, type Page, type WebSocketRoute } from '@playwright/test';
import { caretBehind, openIme } from '../support/ime.ts';
import { demoSession, enterAs } from '../support/park.ts';
import { DESK, openBrowser, signInQuietly, type Visitor } from '../support/people.ts';
import { cardOf, openTab, postView } from '../support/room-acts.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';
import { linesOn, textOn, toEnd } from '../support/text-acts.ts';
import { documentOf, foldNow } from '../support/writer.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

const saved = (page: Page) => expect(page.locator('[data-save=saved]')).toBeVisible();

async function atText(visitor: Visitor): Promise<Page> {
  await openTab(visitor.page, '纪要');
  await expect(textOn(visitor.page)).toBeVisible();
  return visitor.page;
}

/** Puts the caret behind the last letter. */
test('the text opens for writing with the session, without a reload, and stays open in a pause [S6]', async ({
  browser,
}) => {
  const chair = await enterAs(browser, stack.url, { login: 'convener', prefix: 's01' });
  const recorder = await atText(await enterAs(browser, stack.url, { login: 'recorder', prefix: 's01' }));
  const member = await atText(await enterAs(browser, stack.url, { login: 'member1', prefix: 's01' }));
  for (const page of [recorder, member])
    await expect(page.getByRole('document', { name: '协商纪要正文' })).toBeVisible();
  await chair.page.getByRole('button', { name: '开始会议' }).click();
  await chair.page.getByRole('dialog').getByRole('button', { name: '开始会议' }).click();
  for (const page of [recorder, member])
    await expect(page.getByRole('textbox', { name: '协商纪要正文' })).toBeVisible();
  await textOn(recorder).click();
  await recorder.keyboard.insertText('开会即可写。');
  await saved(recorder);
  await expect(textOn(member)).toContainText('开会即可写。');

  await chair.page.getByRole('button', { name: '暂停发言' }).click();
  await chair.page.getByRole('dialog').getByRole('button', { name: '暂停发言' }).click();
  await expect(member.getByText('暂停期间仍可撰写协商纪要。')).toBeVisible();
  await toEnd(member);
  await member.keyboard.insertText('休会时也写。');
  await saved(member);
  await expect(textOn(recorder)).toContainText('开会即可写。休会时也写。');
  await expect(member.getByRole('button', { name: '发表', exact: true })).toBeDisabled();
});

test('a Chinese word in the making is left alone by what others write, and undo takes back only one’s own', async ({
  browser,
}) => {
  const writer = await atText(await enterAs(browser, stack.url, { login: 's04-member1', prefix: 's04' }));
  const other = await atText(await enterAs(browser, stack.url, { login: 's04-member2', prefix: 's04' }));
  await toEnd(writer);
  await writer.keyboard.press('Enter');
  await writer.keyboard.insertText('我写的：');
  await saved(writer);
  const before = await textOn(other).innerText();
  // A caret stands where it is while the room goes on around the text.
  const caret = textOn(other).locator('.caret');
  await expect(caret).toHaveCount(1);
  await postView(other, { stance: 'info', text: '有人发表意见时，光标还在。', answers: null });
  await expect(cardOf(writer, '有人发表意见时，光标还在。')).toHaveCount(1);
  await expect(caret).toHaveCount(1);

  const ime = await openIme(writer);
  await ime.spell('s', 'sha', 'shang', '商', '商量');
  await textOn(other).click();
  await other.keyboard.press('Control+Home');
  await other.keyboard.insertText('别人写的。');
  await saved(other);
  await expect(textOn(writer)).toContainText('我写的：商量');
  await ime.choose('商量');
  await saved(writer);
  await expect(textOn(writer)).toContainText('别人写的。');
  await expect(textOn(other)).toContainText('我写的：商量');
  // The word stands there once, in the making nowhere.
  expect((await textOn(other).innerText()).split('商量')).toHaveLength(before.split('商量').length + 1);
  await expect(textOn(other)).not.toContainText('shang');

  for (let presses = 0; presses < 5; presses += 1) await writer.keyboard.press('Control+z');
  await expect(textOn(other)).not.toContainText('商量');
  await expect(textOn(other)).toContainText('别人写的。');
  // What was written slowly was undone in several steps, and comes back in as many.
  for (let presses = 0; presses < 5; presses += 1) await writer.keyboard.press('Control+y');
  await expect(textOn(other)).toContainText('我写的');
  await saved(writer);
});

test('undo and redo touch only one’s own, over a snapshot of the text and another start of the server [W12]', async ({
  browser,
}) => {
  const [one, other] = await Promise.all(
    ['s04-member1', 's04-member2'].map(async (login) => {
      const page = await atText(await enterAs(browser, stack.url, { login, prefix: 's04' }));
      await saved(page);
      return page;
    }),
  );
  if (one === undefined || other === undefined) throw new Error('two are needed');
  const lastLine = async (page: Page) => (await linesOn(page)).split('|').pop();
  const both = async (line: string) => {
    for (const page of [one, other]) await expect.poll(() => lastLine(page)).toBe(line);
    for (const page of [one, other]) await saved(page);
  };
  const writeBehind = async (page: Page, place: string, words: string) => {
    await caretBehind(page, place);
    await page.keyboard.insertText(words);
  };
  const all = async (page: Page, key: string) => {
    for (let presses = 0; presses < 6; presses += 1) await page.keyboard.press(key);
  };
  await toEnd(one);
  await one.keyboard.press('Enter');
  await one.keyboard.insertText('甲起。甲承。');
  await both('甲起。甲承。');
  await writeBehind(other, '甲起。', '乙插。');
  await both('甲起。乙插。甲承。');
  await writeBehind(one, '甲承。', '甲转。');
  await both('甲起。乙插。甲承。甲转。');

  const documentId = await documentOf(stack.databaseUrl, demoSession('s04').sessionId);
  expect(await foldNow(stack.databaseUrl, documentId)).toBeGreaterThan(0);
  const [server] = stack.processes;
  await server?.kill();
  await server?.start();
  await both('甲起。乙插。甲承。甲转。');

  await all(one, 'Control+z');
  await both('乙插。');
  await writeBehind(other, '乙', '又');
  await both('乙又插。');
  await all(one, 'Control+y');
  await both('甲起。乙又插。甲承。甲转。');
  await all(other, 'Control+z');
  await both('甲起。甲承。甲转。');
  await all(other, 'Control+Shift+z');
  await both('甲起。乙又插。甲承。甲转。');
});

test('edits made without a line outlive a reload, say that they are not saved, and are saved once when it is back [W1]', async ({
  browser,
}) => {
  const reader = await atText(await enterAs(browser, stack.url, { login: 's04-member2', prefix: 's04' }));
  const visitor = await openBrowser(browser, DESK);
  let isCut = false;
  let wire: WebSocketRoute | null = null;
  await visitor.page.routeWebSocket(/\/collab\//, (socket) => {
    if (isCut) return void socket.close();
    wire = socket;
    socket.connectToServer();
  });
  await signInQuietly(visitor, stack.url, 's04-member1');
  await visitor.page.goto(`${stack.url}${demoSession('s04').path}`);
  const page = await atText(visitor);
  await saved(page);
  isCut = true;
  await (wire as WebSocketRoute | null)?.close();
  await expect(page.locator('[data-save=offline]')).toBeVisible();
  await toEnd(page);
  await page.keyboard.insertText('断线时写的。');
  await expect(page.getByText(/离线 · 本机 \d+ 处修改/)).toBeVisible();
  await expect(page.locator('[data-save=saved]')).toHaveCount(0);

  await page.reload();
  await openTab(page, '纪要');
  await expect(textOn(page)).toContainText('断线时写的。');
  await expect(page.getByText(/离线 · 本机 \d+ 处修改/)).toBeVisible();
  await expect(textOn(reader)).not.toContainText('断线时写的。');
  isCut = false;
  await saved(page);
  await expect(textOn(reader)).toContainText('断线时写的。');
  await page.reload();
  await openTab(page, '纪要');
  await saved(page);
  expect((await textOn(page).innerText()).split('断线时写的。')).toHaveLength(2);
});
