import { expect } from '@playwright/test';
import { DOORS } from '../../core/contract/limits.ts';
import { CLOSE } from '../../core/contract/errors.ts';
import { copiesOn, examineText, offline, openReader, openText, saved, write } from '../support/at-text.ts';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { tabTo } from '../support/keyboard.ts';
import { demoSession, enterAs } from '../support/park.ts';
import { openTab } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';
import { textOn } from '../support/text-acts.ts';
import { TEXT_LIMITS } from '../../server/collab/limits.ts';
import { documentOf, openAsWriter, type Writer } from '../support/writer.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

const ENDS = {
  malformed: { code: CLOSE.malformed, light: '修改未被接受', says: '系统没能接受您最近的修改' },
  'too-large': { code: CLOSE.frameTooLarge, light: '一次内容太多', says: '您还没保存的修改太多' },
  reset: { code: CLOSE.reset, light: '文本已恢复到较早版本', says: '文本已恢复到较早的版本' },
} as const;

for (const [name, { code, light, says }] of Object.entries(ENDS))
  test(`a text that was refused says why and has a way on: ${name} [W5]`, async ({ browser }) => {
    const { page, line } = await openText(browser, stack.url, 's04-member1');
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
  const { page, line } = await openText(browser, stack.url, 's04-member1');
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

test('whoever has the text open in too many windows is told so, and comes in once one is closed [W8]', async ({
  browser,
}) => {
  const { page } = await openText(browser, stack.url, 's04-member1');
  const documentId = await documentOf(stack.databaseUrl, demoSession('s04').sessionId);
  const others: Writer[] = [];
  for (let nth = 1; nth < TEXT_LIMITS.connections; nth += 1)
    others.push(await openAsWriter(stack.url, 's04-member1', documentId));
  await expect.poll(() => others.map((writer) => writer.state())).not.toContain('connecting');
  const last = await page.context().newPage();
  await last.goto(`${stack.url}${demoSession('s04').path}`);
  await examineText(last, 'too-many-windows', () =>
    expect(last.locator('[data-save=offline]')).toHaveText('离线（您打开文本的窗口或设备太多，请关闭几个）'),
  );
  others.pop()?.close();
  await saved(last);
  for (const writer of others) writer.close();
});

test('a paste that is too long is not put in, and says how to do it', async ({ browser }) => {
  const reader = await openReader(browser, stack.url);
  const { page } = await openText(browser, stack.url, 's04-member1');
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

test('a text that has become long says so before it is full', async ({ browser }) => {
  const { page } = await openText(browser, stack.url, 's04-member1');
  const documentId = await documentOf(stack.databaseUrl, demoSession('s04').sessionId);
  const writer = await openAsWriter(stack.url, 's04-member2', documentId);
  const isSaved = () => expect.poll(writer.state, { timeout: 30_000 }).toBe('saved');
  await isSaved();
  const long = page.getByText('文本已经很长');
  await expect(long).toHaveCount(0);
  const law = '第一条为了规范协商活动。'.repeat(4_000);
  for (let bytes = 0; bytes <= DOORS.longTextBytes; bytes += Buffer.byteLength(law)) {
    writer.type(law);
    await isSaved();
  }
  writer.close();
  await expect(long).toBeVisible({ timeout: 30_000 });
  await write(page, '仍可写。');
  await saved(page);
  await expectNoSeriousViolations(page, 'a text that has become long');
  await shoot(page, 'text-long-1440');
});

test('whoever loses the right to write has their unsaved words, what happened, and a way on [W5] [W14]', async ({
  browser,
}) => {
  const chair = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  const { page, line } = await openText(browser, stack.url, 's04-member1');
  const session = `${stack.url}/api${demoSession('s04').path}`;
  const asked = await page.request.get(`${session}/snapshot`);
  const { mine, room } = (await asked.json()) as {
    mine: { participantId: string };
    room: { participants: Record<string, { venueId: string }> };
  };
  const venueId = room.participants[mine.participantId]?.venueId;
  await line.cut();
  await write(page, '降级前写的。');
  await offline(page);
  const changed = await chair.context.request.patch(`${session}/participants/${mine.participantId}`, {
    data: { role: 'observer', venueId },
    headers: { origin: stack.url, 'idempotency-key': 'observer-from-now-on' },
  });
  expect(changed.status(), await changed.text()).toBe(200);
  line.mend();
  const notice = page.getByRole('alert').filter({ hasText: '您已不能修改这份文本' });
  await expect(notice).toBeVisible({ timeout: 30_000 });
  await examineText(page, 'no-right', async () => {
    await expect(notice).toBeVisible({ timeout: 30_000 });
    await expect(textOn(page)).toContainText('降级前写的。');
    await expect(page.locator('[data-save=unsaved]')).toBeVisible();
  });
  await expect(notice.getByRole('button', { name: '复制全部文字' })).toBeVisible();
  await notice.getByRole('button', { name: '放弃未保存的修改并重新载入' }).click();
  await openTab(page, '纪要');
  await expect(textOn(page)).not.toContainText('降级前写的。');
  await expect(notice).toHaveCount(0);
});
