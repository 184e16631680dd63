import { expect, type Page } from '@playwright/test';
import { GPS_PLACE } from '../../server/testing/sample-files.ts';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { enterAs, scanAs } from '../support/park.ts';
import { cardOf, postView } from '../support/room-acts.ts';
import { photoIn } from '../support/photo.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

const PREFIX = 's04';
const MEMBERS = '校门口应设即停即走区，长３０米。';
const CORRECTED = '校门口应设即停即走区，长５０米，请交警标线。';
const RESIDENTS = '后门那条路也堵，放学时走不动。';
const WRONG = '前街三号的老张天天占道停车。';
const RIGHT = '前街有人天天占道停车，请管一管。';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack({ processes: 2 });
});
test.afterAll(() => stack.close());

const endorse = (page: Page, text: string) =>
  cardOf(page, text).getByRole('button', { name: /^附议.*的意见，现有 \d+ 人附议$/ });

async function isNotWider(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(width).toBeLessThanOrEqual(0);
}

test('a view is endorsed, corrected, found and taken back, before the eyes of everybody [V6] [V7] [V8] [V9] [V10] [Z1] [J1] [J3]', async ({
  browser,
}) => {
  const [first, second] = stack.processes.map(({ url }) => url);
  const member = await enterAs(browser, first ?? '', { login: 's04-member1', prefix: PREFIX });
  const chair = await enterAs(browser, second ?? '', { login: 's04-convener', prefix: PREFIX });
  const resident = await scanAs(browser, second ?? '', { name: '后街住户', prefix: PREFIX });

  await postView(member.page, { stance: 'suggestion', text: MEMBERS, answers: null });
  await expect(cardOf(resident.page, MEMBERS)).toBeVisible();
  // Nobody endorses their own view, and whoever runs the meeting none.
  await expect(endorse(member.page, MEMBERS)).toHaveCount(0);
  await expect(cardOf(chair.page, MEMBERS)).toBeVisible();
  await expect(endorse(chair.page, MEMBERS)).toHaveCount(0);
  await endorse(resident.page, MEMBERS).click();
  await expect(endorse(resident.page, MEMBERS)).toHaveAttribute('aria-pressed', 'true');
  for (const { page } of [member, chair])
    await expect(cardOf(page, MEMBERS).getByText('1 人附议：后街住户')).toBeVisible();

  // The author corrects a slip; what stood there stays for everybody.
  await cardOf(member.page, MEMBERS)
    .getByRole('button', { name: /^修改我的意见 #\d+$/ })
    .click();
  const form = member.page.getByRole('dialog', { name: '修改意见' });
  await form.getByRole('textbox', { name: '意见内容' }).fill(CORRECTED);
  await expectNoSeriousViolations(member.page, 'correcting a view');
  await shoot(member.page, 'view-edit');
  await form.getByRole('button', { name: '保存修改' }).click();
  await expect(form).toHaveCount(0);
  const corrected = cardOf(resident.page, CORRECTED);
  await corrected.getByText('已修改 1 次').click();
  await expect(corrected.getByText(MEMBERS)).toBeVisible();
  await expect(corrected.getByText('修改前已有 1 人附议')).toBeVisible();
  await isNotWider(resident.page);
  await shoot(resident.page, 'view-corrected-phone');
  await endorse(resident.page, CORRECTED).click();
  await expect(endorse(resident.page, CORRECTED)).toHaveAttribute('aria-pressed', 'false');
  await expect(cardOf(member.page, CORRECTED).getByText('1 人附议：后街住户')).toHaveCount(0);
  await endorse(resident.page, CORRECTED).click();
  await expect(cardOf(member.page, CORRECTED).getByText('1 人附议：后街住户')).toBeVisible();

  // Whoever has the most support stands first; and words are found whatever their width.
  await chair.page.getByRole('combobox', { name: '排列' }).selectOption({ label: '按附议' });
  const cards = chair.page.locator('[role=feed] article[data-seq]');
  await expect(cards.first()).toContainText(CORRECTED);
  await chair.page.getByRole('searchbox', { name: '搜索意见' }).fill('50米');
  await expect(chair.page.getByRole('status').getByText('找到 1 条')).toBeVisible();
  await expect(cards).toHaveCount(1);
  await expect(cards.locator('mark')).toHaveText('５０米');
  await expectNoSeriousViolations(chair.page, 'searching the views');
  await shoot(chair.page, 'views-search');

  // A photo that knows where it was taken goes with a view; what everybody sees does not know it.
  await resident.page.getByRole('button', { name: '发表意见', exact: true }).click();
  const sheet = resident.page.getByRole('region', { name: '发表意见' });
  await sheet.getByRole('radio', { name: '情况说明', exact: true }).check();
  await sheet.getByRole('textbox', { name: '意见内容' }).fill(RESIDENTS);
  const photo = await photoIn(resident.page);
  expect(photo.buffer.includes(GPS_PLACE)).toBe(true);
  const unreadable = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('%PDF-1.4\n%%EOF') };
  await sheet.getByLabel('选择图片').setInputFiles([photo, unreadable]);
  await sheet.getByLabel('图 1 说明（选填）').fill('后门的车队');
  await expect(sheet.getByText(/^图 2 没有传上去。/)).toBeVisible();
  await expect(sheet.getByRole('button', { name: '发表', exact: true })).toBeDisabled();
  await expectNoSeriousViolations(resident.page, 'pictures of a view, one of them refused');
  await isNotWider(resident.page);
  await shoot(resident.page, 'pictures-composer-phone');
  await sheet.getByRole('button', { name: '移除', exact: true }).click();
  await sheet.getByRole('button', { name: '发表', exact: true }).click();
  const own = cardOf(resident.page, RESIDENTS);
  await expect(own.getByRole('button', { name: '图 1：后门的车队，打开大图' })).toBeVisible();
  const seq = await own.getAttribute('data-seq');
  const thumb = cardOf(member.page, RESIDENTS).getByRole('button', { name: '图 1：后门的车队，打开大图' });
  const image = thumb.locator('img');
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  const source = `${first}${await image.getAttribute('src')}`;
  for (const address of [source, source.replace('?size=small', '')]) {
    const bytes = await (await member.context.request.get(address)).body();
    for (const word of [GPS_PLACE, 'Exif', 'TestPhone']) expect(bytes.includes(word)).toBe(false);
  }
  await thumb.press('Enter');
  const large = member.page.getByRole('dialog', { name: '图片 1/1' });
  await expect(large.getByRole('img', { name: '后门的车队' })).toBeVisible();
  await expectNoSeriousViolations(member.page, 'a picture of a view, large');
  await shoot(member.page, 'pictures-large');
  await member.page.keyboard.press('Escape');
  await expect(thumb).toBeFocused();
  await shoot(member.page, 'pictures-stream');
  await shoot(resident.page, 'pictures-stream-phone');

  // Second thoughts: the card stays, its words and pictures go, for those who come later too.
  await cardOf(resident.page, RESIDENTS)
    .getByRole('button', { name: `收回我的意见 #${seq}` })
    .click();
  const question = resident.page.getByRole('dialog', { name: '收回这条意见？' });
  await shoot(resident.page, 'view-withdraw-phone');
  await question.getByRole('button', { name: '收回', exact: true }).click();
  for (const { page } of [resident, member]) {
    await expect(page.locator(`article[data-seq="${seq}"]`)).toContainText('（作者已收回）');
    await expect(page.getByText(RESIDENTS)).toHaveCount(0);
    await expect(page.getByRole('button', { name: /打开大图/ })).toHaveCount(0);
  }
  expect((await member.context.request.get(source)).status()).toBe(404);
  await expect(resident.page.locator(`article[data-seq="${seq}"]`)).toBeFocused();
  await expectNoSeriousViolations(resident.page, 'a view that was taken back');
  await isNotWider(resident.page);
  await shoot(resident.page, 'view-withdrawn-phone');
  await resident.page.setViewportSize({ width: 320, height: 640 });
  await isNotWider(resident.page);
  await shoot(member.page, 'views-desk');
  await member.page.reload();
  await expect(member.page.locator(`article[data-seq="${seq}"]`)).toContainText('（作者已收回）');
  await expect(cardOf(member.page, CORRECTED).getByText('1 人附议：后街住户')).toBeVisible();

  // What the chair notes is the chair's: saved as it is written, kept on the device meanwhile, here again after a reload.
  await chair.page.keyboard.press('Alt+N');
  const notes = chair.page.getByRole('dialog', { name: '我的笔记' });
  const words = notes.getByRole('textbox', { name: '笔记内容' });
  await expect(notes.getByText('已保存', { exact: true })).toBeVisible();
  await words.fill('先请交警说标线');
  await expect(notes.getByRole('button', { name: '复制全部' })).toBeVisible();
  await expect(notes.getByText('已保存', { exact: true })).toBeVisible();
  await chair.context.setOffline(true);
  await words.fill('先请交警说标线，再问后门');
  await expect(notes.getByText('尚未保存，先存在本机')).toBeVisible();
  await expectNoSeriousViolations(chair.page, 'own notes, offline');
  await shoot(chair.page, 'notes-1440');
  await chair.context.setOffline(false);
  await expect(notes.getByText('已保存', { exact: true })).toBeVisible();
  await chair.page.reload();
  await expect(cardOf(chair.page, CORRECTED)).toBeVisible();
  await chair.page.keyboard.press('Alt+N');
  await expect(words).toHaveValue('先请交警说标线，再问后门');
  await expect(resident.page.getByText('再问后门')).toHaveCount(0);
});

const held = (page: Page, text: string) => page.locator('article[data-held]').filter({ hasText: text });

test('a view is held, refused with a reason, corrected and passed; silence stops everybody at once [X1] [X2] [X4] [X6] [X8]', async ({
  browser,
}) => {
  const [first, second] = stack.processes.map(({ url }) => url);
  const chair = await enterAs(browser, first ?? '', { login: 's04-convener', prefix: PREFIX });
  const member = await enterAs(browser, first ?? '', { login: 's04-member1', prefix: PREFIX });
  const resident = await scanAs(browser, second ?? '', { name: '前街住户', prefix: PREFIX });
  await resident.page.setViewportSize({ width: 360, height: 720 });

  await chair.page.getByRole('button', { name: '审核设置' }).click();
  const level = chair.page.getByRole('dialog', { name: '审核设置' });
  await level.getByRole('combobox', { name: '发表方式' }).selectOption({ label: '按身份先审后发' });
  await expect(level.getByRole('checkbox', { name: '群众代表' })).toBeChecked();
  await expectNoSeriousViolations(chair.page, 'choosing whose views are reviewed');
  await shoot(chair.page, 'moderation-level');
  await level.getByRole('button', { name: '保存设置' }).click();
  await expect(resident.page.getByText('您的意见先审核、后发表。')).toBeVisible();

  // Held: its author and whoever moderates see it, and nobody else.
  await write(resident.page, WRONG);
  await expect(held(resident.page, WRONG).getByText('待审核，只有您和审核员能看到')).toBeVisible();
  const queued = chair.page.getByRole('region', { name: '审核', exact: true });
  await expect(queued.getByText(WRONG)).toBeVisible();
  await expect(queued.getByText('待处理（1 条）')).toBeVisible();
  await shoot(chair.page, 'moderation-queue');
  await expectNoSeriousViolations(chair.page, 'the queue of moderation');

  // Refused with a reason; corrected and sent again in one tap; passed.
  await queued.getByRole('button', { name: '不予通过：前街住户的意见' }).click();
  const refusing = chair.page.getByRole('dialog', { name: '不予通过' });
  await refusing.getByRole('combobox', { name: '理由' }).selectOption({ label: '涉及他人隐私' });
  await refusing.getByRole('textbox', { name: '说明（会告知本人）' }).fill('请去掉门牌号。');
  await refusing.getByRole('button', { name: '不予通过' }).click();
  const mine = held(resident.page, WRONG);
  await expect(mine.getByText('理由：涉及他人隐私。请去掉门牌号。')).toBeVisible();
  await expectNoSeriousViolations(resident.page, 'a view that was refused');
  await isNotWider(resident.page);
  await shoot(resident.page, 'moderation-refused-phone');
  await mine.getByRole('button', { name: '修改后重新提交' }).click();
  const composer = resident.page.getByRole('region', { name: '发表意见' });
  await expect(composer.getByRole('textbox', { name: '意见内容' })).toHaveValue(WRONG);
  await composer.getByRole('textbox', { name: '意见内容' }).fill(RIGHT);
  await composer.getByRole('button', { name: '发表', exact: true }).click();
  await expect(held(resident.page, RIGHT)).toBeVisible();
  await expect(held(resident.page, WRONG)).toHaveCount(0);
  await queued.getByRole('button', { name: '通过：前街住户的意见', exact: true }).click();
  for (const { page } of [member, chair, resident]) await expect(cardOf(page, RIGHT)).toBeVisible();
  await expect(resident.page.locator('article[data-held]')).toHaveCount(0);
  await expect(member.page.getByText(WRONG)).toHaveCount(0);
  await expect(member.page.getByRole('region', { name: '审核公开' })).toContainText('不予通过：涉及他人隐私');

  // Silence reaches the other process, says by whom, and is lifted.
  await chair.page.getByRole('button', { name: '全员静默' }).click();
  await chair.page
    .getByRole('dialog', { name: '全员静默？' })
    .getByRole('button', { name: '全员静默' })
    .click();
  await expect(resident.page.getByText(/^全员静默：.+起暂停全员发表。$/)).toBeVisible();
  await isNotWider(resident.page);
  await shoot(resident.page, 'moderation-silence-phone');
  await expect(endorse(member.page, RIGHT)).toBeDisabled();
  await shoot(member.page, 'moderation-silence-desk');
  await chair.page.getByRole('button', { name: '解除静默' }).click();
  await expect(resident.page.getByText(/^全员静默：/)).toHaveCount(0);
  await expect(endorse(member.page, RIGHT)).toBeEnabled();
});

/** Writes a view on a phone and sends it; what becomes of it is looked at by whoever asks. */
async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: '发表意见', exact: true }).click();
  const composer = page.getByRole('region', { name: '发表意见' });
  await composer.getByRole('radio', { name: '情况说明', exact: true }).check();
  await composer.getByRole('textbox', { name: '意见内容' }).fill(text);
  await composer.getByRole('button', { name: '发表', exact: true }).click();
}
