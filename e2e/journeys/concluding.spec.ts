import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { expectFits } from '../support/fit.ts';
import { makeDocuments } from '../support/document-acts.ts';
import { caretBehind } from '../support/ime.ts';
import { demoSession, enterAs, scanAs } from '../support/park.ts';
import { openBrowser, PHONE, signInQuietly } from '../support/people.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';
import { textOn, writeBlock } from '../support/text-acts.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

const badge = (page: Page, state: string) =>
  page.getByRole('banner').getByText(state, { exact: true }).first();
const panel = (page: Page) => page.getByRole('region', { name: '纪要确认' });
const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] }) as const;

test('a text is written behind the meeting, confirmed, sent back, confirmed with a reservation, adopted, and taken away [N1] [N2] [N4] [N5] [N6] [O16] [O15] [BU4] [BU6] [PP4] [PP5]', async ({
  browser,
}) => {
  const { page: chair } = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  const { page: recorder } = await enterAs(browser, stack.url, { login: 's04-recorder', prefix: 's04' });
  const { page: resident } = await scanAs(browser, stack.url, { name: '街坊乙', prefix: 's04' });
  const visitor = await openBrowser(browser, PHONE);
  await signInQuietly(visitor, stack.url, 's04-member1');
  const member = visitor.page;
  await member.goto(`${stack.url}${demoSession('s04').path}`);
  await expect(member.getByRole('banner').locator('[data-connection=live]')).toBeVisible();

  await test.step('the meeting ends, and its text is written on', async () => {
    await chair.getByRole('button', { name: '结束会议' }).click();
    const dialog = chair.getByRole('dialog');
    await dialog.getByRole('radio', { name: /会后成文/ }).check();
    await expectNoSeriousViolations(chair, 'how the minutes are adopted');
    await shoot(chair, 'concluding-end-1440');
    await dialog.getByRole('button', { name: '结束会议' }).click();
    for (const page of [chair, recorder, member, resident])
      await expect(badge(page, '纪要起草')).toBeVisible();
    await expect(member.getByRole('button', { name: '发表意见', exact: true })).toBeHidden();
    await expectFits(member, 'a draft');
    await shoot(member, 'concluding-drafting-360');
  });

  await test.step('its text is begun from the record, once, and taken back whole; a point says how far it is agreed on [O14] [O15] [O17]', async () => {
    await textOn(recorder).click();
    await recorder.keyboard.press('Control+Alt+d');
    const dialog = recorder.getByRole('dialog', { name: '据记录起草' });
    await expect(dialog.getByText(/将写入 \d+ 行/)).toBeVisible();
    await dialog.locator('summary').filter({ hasText: '主要意见' }).press('Enter');
    await expectNoSeriousViolations(recorder, 'what the record would add');
    await shoot(recorder, 'concluding-record-1440');

    await dialog.getByRole('button', { name: '写入文本' }).click();
    for (const name of ['基本情况', '主要意见'])
      await expect(textOn(recorder).getByRole('heading', { name, exact: true })).toBeVisible();
    await expect(textOn(chair).locator('.citation').first()).toBeVisible();
    await expect(recorder.locator('[data-save=saved]')).toBeVisible();
    await shoot(recorder, 'concluding-drafted-1440');
    await recorder.getByRole('button', { name: '据记录起草' }).click();
    await expect(dialog.getByText('没有要补的')).toBeVisible();
    await recorder.keyboard.press('Escape');
    await textOn(recorder).press('Control+z');
    await expect(textOn(chair).locator('.citation')).toHaveCount(0);
    await textOn(recorder).locator('p').first().click();
    await recorder.getByLabel('共识程度').selectOption({ label: '基本一致' });
    await expect(textOn(chair).locator('p[data-agreed=broad]')).toContainText('（基本一致）');
    await shoot(recorder, 'concluding-level-1440');
    await recorder.getByLabel('共识程度').selectOption({ label: '共识程度' });
    await expect(textOn(chair).locator('[data-agreed]')).toHaveCount(0);
  });

  await test.step('it names what it should before it is laid before people', async () => {
    await recorder.getByRole('button', { name: '定稿送确认' }).click();
    const dialog = recorder.getByRole('dialog');
    await dialog.getByRole('button', { name: '定稿送确认' }).click();
    await expect(dialog.getByText('还没有写明：共识、分歧、任务')).toBeVisible();
    await shoot(recorder, 'concluding-missing-1440');
    await dialog.getByRole('button', { name: '取消' }).click();
    await writeBlock(recorder, paragraph('共识：棚架十天内拆除。分歧：无。任务分工见清单。'), paragraph(''));
    await recorder.getByRole('button', { name: '定稿送确认' }).click();
    await recorder.getByRole('dialog').getByRole('button', { name: '定稿送确认' }).click();
    await expect(badge(recorder, '确认中')).toBeVisible();
    await expect(textOn(recorder)).toHaveAttribute('contenteditable', 'false');
    await shoot(recorder, 'concluding-confirming-1440');
  });

  await test.step('whoever is asked is called, and confirms', async () => {
    await expect(resident.getByTestId('announcements')).toContainText('请您确认纪要');
    await expectFits(resident, 'a call to confirm');
    await shoot(resident, 'concluding-call-360');
    await resident.getByRole('button', { name: '去确认' }).click();
    await expectNoSeriousViolations(resident, 'a text to confirm on a phone');
    await shoot(resident, 'concluding-ask-360');
    await panel(resident).getByRole('button', { name: '确认', exact: true }).click();
    await expect(panel(resident).getByText('您已确认')).toBeVisible();
    await expect(panel(chair).getByTestId('signed')).toHaveText(/^已确认 1 人/);
  });

  await test.step('it goes back with a reason, and is laid before them again', async () => {
    await chair.getByRole('button', { name: '退回修改' }).click();
    const dialog = chair.getByRole('dialog');
    await dialog.getByLabel('理由').fill('漏记监控修剪');
    await dialog.getByRole('button', { name: '退回修改' }).click();
    await expect(panel(resident).getByText('漏记监控修剪')).toBeVisible();
    await expect(panel(resident).getByText('此前 1 份确认已作废')).toBeVisible();
    await expect(textOn(recorder)).toHaveAttribute('contenteditable', 'true');
    await amendByTwo({ resident, recorder });
    await writeBlock(recorder, paragraph('监控遮挡本周修剪。'), paragraph(''));
    await recorder.keyboard.press('Control+Shift+E');
    const picker = recorder.getByRole('dialog', { name: '引用依据' });
    await expect(picker.getByRole('option').first()).toBeVisible();
    await expectNoSeriousViolations(recorder, 'what can be cited');
    await shoot(recorder, 'evidence-pick-1440');
    await picker.getByRole('combobox').press('Enter');
    await expect(textOn(recorder).locator('.citation')).toHaveAttribute('aria-label', /^依据 1：意见 #/);
    await expect(recorder.locator('[data-save=saved]')).toBeVisible();
    await recorder.getByRole('button', { name: '定稿送确认' }).click();
    await expect(recorder.getByRole('dialog').getByText(/句没有依据/)).toBeVisible();
    await recorder.getByRole('dialog').getByRole('button', { name: '定稿送确认' }).click();
    await expect(panel(resident).getByText('请您确认这份纪要')).toBeVisible();
    await expect(textOn(resident)).toContainText('监控遮挡本周修剪。');
  });

  await test.step('a reader is led from a sentence to the view it rests on, and back [O7]', async () => {
    const citation = textOn(resident).locator('.citation');
    await citation.focus();
    await expect(resident.getByRole('tooltip')).toContainText('意见 #');
    await expectNoSeriousViolations(resident, 'what a sentence rests on');
    await shoot(resident, 'evidence-card-360');
    await citation.press('Enter');
    const back = resident.getByRole('article').getByRole('button', { name: /^第 \d+ 句$/ });
    await expect(back).toBeVisible();
    await expectFits(resident, 'a view that was adopted');
    await shoot(resident, 'evidence-adopted-360');
    await back.click();
    await expect(textOn(resident)).toContainText('监控遮挡本周修剪。');
    await expect.poll(() => resident.evaluate(() => String(getSelection()))).toContain('监控遮挡本周修剪。');
  });

  await test.step('one confirms with a reservation, another plainly', async () => {
    await member.getByRole('button', { name: '去确认' }).click();
    await panel(member).getByRole('button', { name: '有保留意见' }).click();
    const form = member.getByRole('form', { name: '有保留意见' });
    await form.getByLabel('保留意见').fill('十天偏紧，建议十五天。');
    await expectNoSeriousViolations(member, 'a reservation on a phone');
    await shoot(member, 'concluding-reserve-360');
    await form.getByRole('button', { name: '确认并保留意见' }).click();
    await expect(panel(member).getByText('您已确认，并有保留意见')).toBeVisible();
    await expectFits(member, 'a reservation');
    await shoot(member, 'concluding-reserved-360');
    // One tap takes nothing back: it asks, and the way out keeps the words.
    await panel(member).getByRole('button', { name: '收回保留意见' }).click();
    const asking = member.getByRole('dialog', { name: '收回保留意见？' });
    await shoot(member, 'concluding-take-back-360');
    await asking.getByRole('button', { name: '取消' }).click();
    await expect(asking).toBeHidden();
    await expect(panel(member).getByText('您已确认，并有保留意见')).toBeVisible();
    await panel(resident).getByRole('button', { name: '确认', exact: true }).click();
    await expect(panel(chair).getByTestId('signed')).toHaveText(/^已确认 2 人/);
    await expect(panel(chair).getByText('十天偏紧，建议十五天。')).toBeVisible();
    await panel(chair).getByTestId('signed').click();
    await expect(panel(chair).getByText('未确认').first()).toBeVisible();
    await expectNoSeriousViolations(chair, 'who has confirmed');
    await shoot(chair, 'concluding-signed-1440');
  });

  await test.step('it is adopted over those who have not, who are named in the record', async () => {
    await chair.getByRole('button', { name: '成文', exact: true }).click();
    const dialog = chair.getByRole('dialog');
    await expect(dialog.getByTestId('unsigned')).toContainText('记录员');
    await dialog.getByLabel('不再等待的理由').fill('三日内未反馈');
    await shoot(chair, 'concluding-adopt-1440');
    await dialog.getByRole('button', { name: '成文', exact: true }).click();
    await expect(member.getByText('纪要已经与会者确认成文')).toBeVisible();
    await member.getByRole('link', { name: '查看归档记录' }).click();
    const section = member.getByRole('region', { name: '确认情况' });
    await expect(section.getByText('十天偏紧，建议十五天。')).toBeVisible();
    await expect(section.getByText('三日内未反馈')).toBeVisible();
    await expect(section.getByText(/漏记监控修剪/)).toBeVisible();
    await expect(member.getByRole('region', { name: '逐段认可' }).first()).toContainText('拆除完毕');
    const amendments = member.getByRole('region', { name: '修改建议及处理' }).first();
    await expect(amendments.getByText('采纳：记录员', { exact: true })).toBeVisible();
    await expect(amendments.getByText(/未采纳：.*这一段要保留/)).toBeVisible();
    await expect(member.getByRole('region', { name: '批注及回复' }).first()).toContainText(
      '从成文之日算起。',
    );
    await expect(section.getByText('未确认').first()).toBeVisible();
    await member.getByRole('button', { name: '核验档案' }).click();
    await expect(member.getByText('核验通过：档案自归档以来没有被改动。')).toBeVisible();
    await member.getByRole('link', { name: /^依据 1：意见 #/ }).click();
    await expect(member.locator(':target').getByText('被采纳于')).toBeVisible();
    await member
      .locator(':target')
      .getByRole('link', { name: /第 \d+ 句/ })
      .click();
    await expect(member.locator(':target')).toHaveText('依据1');
    await section.scrollIntoViewIfNeeded();
    await expectFits(member, 'the record');
    await shoot(member, 'concluding-archive-360');
    await chair.goto(`${stack.url}${demoSession('s04').path}/archive`);
    await chair.getByRole('region', { name: '确认情况' }).scrollIntoViewIfNeeded();
    await shoot(chair, 'concluding-archive-1440');
  });

  await test.step('one asks for the public page, another releases what is seen, anybody reads it, until it is withdrawn', async () => {
    const about = (page: Page) => page.getByRole('region', { name: '公开页', exact: true });
    await about(chair).getByRole('button', { name: '申请公开' }).click();
    await expect(about(chair).getByText('须由另一人发布')).toBeVisible();
    await expect(about(chair).getByRole('button', { name: '发布', exact: true })).toHaveCount(0);
    await recorder.goto(`${stack.url}${demoSession('s04').path}/archive`);
    await about(recorder).getByRole('button', { name: '预览公开页' }).press('Enter');
    const preview = about(recorder).getByRole('region', { name: '公开页预览' });
    const seen = await preview.getByRole('article').innerText();
    await expectNoSeriousViolations(recorder, 'a public page before it is released');
    await preview.scrollIntoViewIfNeeded();
    await shoot(recorder, 'public-preview-1440');
    await about(recorder).getByRole('button', { name: '发布', exact: true }).press('Enter');
    const dialog = recorder.getByRole('dialog', { name: '发布公开页？' });
    await dialog.getByRole('button', { name: '发布', exact: true }).press('Enter');
    await expect(about(recorder).getByText('已发布。')).toBeVisible();
    const address = (await about(recorder).getByRole('link').getAttribute('href')) ?? '';
    const { page: anybody, context } = await openBrowser(browser, PHONE);
    const shell = await anybody.goto(address);
    expect(shell?.headers()['x-robots-tag']).toContain('noindex');
    await expect(
      anybody.getByRole('heading', { level: 1, name: demoSession('s04').scenario.title }),
    ).toBeVisible();
    expect(await anybody.getByRole('article').innerText()).toBe(seen);
    await expect(anybody.getByRole('article')).not.toContainText('街坊乙');
    await expectNoSeriousViolations(anybody, 'a public page');
    await expectFits(anybody, 'a public page');
    await shoot(anybody, 'public-360');
    await anybody.getByRole('button', { name: '长辈版' }).click();
    await expectFits(anybody, 'a public page in larger letters');
    await shoot(anybody, 'public-large-360');
    await chair.reload();
    await about(chair).getByRole('button', { name: '撤回' }).click();
    const asking = chair.getByRole('dialog', { name: '撤回公开页？' });
    await asking.getByLabel('撤回的理由').fill('单位名称有误');
    await asking.getByRole('button', { name: '撤回' }).click();
    await expect(about(chair).getByText('单位名称有误')).toBeHidden();
    await about(chair).getByText('办理经过').click();
    await expect(about(chair).getByText('单位名称有误')).toBeVisible();
    await about(chair).scrollIntoViewIfNeeded();
    await shoot(chair, 'public-desk-1440');
    await anybody.reload();
    await expect(anybody.getByRole('heading', { name: '没有这个公开页' })).toBeVisible();
    await shoot(anybody, 'public-none-360');
    await context.close();
  });

  await test.step('the record is taken away, and verified by somebody without an account and without a line', async () => {
    await expect(chair.getByText('签名密钥的指纹')).toBeVisible();
    const taking = chair.waitForEvent('download');
    await chair.getByRole('button', { name: '下载归档包' }).click();
    const taken = await taking;
    expect(taken.suggestedFilename()).toMatch(/\.zip$/);
    const bytes = await readFile(await taken.path());
    await chair.getByRole('button', { name: '下载归档包' }).scrollIntoViewIfNeeded();
    await shoot(chair, 'bundle-take-1440');
    const { page: anybody, context } = await openBrowser(browser, PHONE);
    await anybody.goto(`${stack.url}/verify`);
    const chooser = anybody.getByLabel('选择归档包').and(anybody.locator('input'));
    const bring = (name: string, buffer: Buffer) =>
      chooser.setInputFiles({ name, mimeType: 'application/zip', buffer });
    await bring('record.zip', bytes);
    await expect(anybody.getByText('核验通过：归档包自签名以来没有被改动。')).toBeVisible();
    await expect(anybody.getByText('由本站签名。')).toBeVisible();
    await expectNoSeriousViolations(anybody, 'a record that was verified');
    await expectFits(anybody, 'a record that was verified');
    await shoot(anybody, 'bundle-verified-360');
    await context.setOffline(true);
    const changed = Buffer.from(bytes);
    changed.write('X', changed.indexOf('"seq":9') + '"seq":'.length);
    await bring('changed.zip', changed);
    await expect(anybody.getByText('log.jsonl，第 9 条。')).toBeVisible();
    await expectFits(anybody, 'a record that was changed');
    await shoot(anybody, 'bundle-changed-360');
  });

  await test.step('documents are made of it: one of one matter is looked at, the full record taken as Word [DO1] [DO8] [DO9]', async () => {
    await makeDocuments(chair, member);
  });
});

/** On a phone a resident proposes other words, twice; the recorder writes one and declines the other [O10] [O11]. */
async function amendByTwo({ resident, recorder }: Record<'resident' | 'recorder', Page>): Promise<void> {
  await textOn(resident).getByText('棚架十天内拆除').tap();
  await resident.getByRole('button', { name: /^对第 \d+ 段提修改建议$/ }).tap();
  const form = resident.getByRole('dialog', { name: '提出修改建议' });
  const field = form.getByLabel('您希望这一段怎样写');
  await expect(field).toHaveValue(/棚架十天内拆除/);
  await field.fill((await field.inputValue()).replace('十天', '七天'));
  await form.getByLabel('理由（可不填）').fill('七天足够');
  await expectNoSeriousViolations(resident, 'what a resident would have otherwise');
  await expectFits(resident, 'an amendment');
  await shoot(resident, 'amend-propose-360');
  await form.getByRole('button', { name: '提交建议' }).tap();
  await expect(form).toBeHidden();

  // By keys, from the button above the text.
  await resident.getByRole('button', { name: '提出修改建议' }).press('Enter');
  await field.fill('');
  await form.getByRole('button', { name: '提交建议' }).press('Enter');
  await expect(form).toBeHidden();

  await expect(textOn(recorder).locator('.amended-new')).toHaveAttribute('data-new', '七');
  await expectNoSeriousViolations(recorder, 'a text with amendments');
  await shoot(recorder, 'amend-marks-1440');
  await recorder.getByRole('button', { name: /^修改建议 2 条/ }).press('Enter');
  const list = recorder.getByRole('dialog', { name: '修改建议' });
  const first = list.getByRole('listitem').filter({ hasText: '七天足够' });
  await expectNoSeriousViolations(recorder, 'all amendments');
  await shoot(recorder, 'amend-list-1440');
  const other = list.locator('[data-phase=waiting]').filter({ hasNotText: '七天足够' });
  await other.getByRole('button', { name: '不采纳' }).press('Enter');
  await other.getByLabel(/^不采纳的理由/).fill('这一段要保留');
  await other.getByRole('button', { name: '不采纳' }).press('Enter');
  await expect(list.locator('[data-phase=declined]')).toContainText('这一段要保留');
  await first.getByRole('button', { name: '采纳并写入正文' }).press('Enter');
  await expect(first).toContainText('据建议修改：街坊乙');
  await list.getByRole('button', { name: '关闭' }).click();
  for (const page of [recorder, resident]) await expect(textOn(page)).toContainText('棚架七天内拆除');
  await expect(recorder.locator('[data-save=saved]')).toBeVisible();
  await expect(textOn(resident).locator('.marked')).toHaveCount(0);
  await resident.getByRole('button', { name: /^修改建议 2 条 · 待处理 0 条$/ }).tap();
  await expect(resident.getByRole('dialog', { name: '修改建议' })).toContainText('这一段要保留');
  await expectFits(resident, 'all amendments');
  await shoot(resident, 'amend-list-360');
  await resident.getByRole('dialog', { name: '修改建议' }).getByRole('button', { name: '关闭' }).tap();

  // What is unclear is remarked on, answered, and resolved by whoever asked.
  await textOn(resident).getByText('棚架七天内拆除').tap();
  await resident.getByRole('button', { name: /^对第 \d+ 段添加批注$/ }).tap();
  const asking = resident.getByRole('dialog', { name: '添加批注' });
  await asking.getByRole('textbox', { name: '批注' }).fill('从哪天算起？');
  await expectNoSeriousViolations(resident, 'a remark');
  await asking.getByRole('button', { name: '提交批注' }).tap();
  await expect(asking).toBeHidden();
  await textOn(recorder).locator('.remarked').first().click();
  const remarks = recorder.getByRole('dialog', { name: '批注' });
  await remarks.getByLabel('回复这条批注').fill('从成文之日算起。');
  await shoot(recorder, 'remark-list-1440');
  await remarks.getByRole('button', { name: '提交回复' }).press('Enter');
  await expect(remarks.getByRole('list', { name: '回复' })).toContainText('从成文之日算起。');
  await expectNoSeriousViolations(recorder, 'all remarks');
  await remarks.getByRole('button', { name: '关闭' }).click();
  await resident.getByRole('button', { name: '批注 1 条 · 未解决 1 条' }).press('Enter');
  const mine = resident.getByRole('dialog', { name: '批注' });
  await expect(mine).toContainText('从成文之日算起。');
  await expectFits(resident, 'all remarks');
  await shoot(resident, 'remark-list-360');
  await mine.getByRole('button', { name: '标记为已解决' }).press('Enter');
  await expect(mine.locator('[data-phase=resolved]')).toBeVisible();
  await mine.getByRole('button', { name: '关闭' }).tap();
  await expect(textOn(recorder).locator('.remarked')).toHaveCount(0);

  // Who agrees with a paragraph agrees with its words: once they change the light says so [O16].
  await textOn(resident).getByText('棚架七天内拆除').tap();
  await resident.getByRole('button', { name: /^认可第 \d+ 段$/ }).tap();
  await expect(textOn(recorder).locator('[data-light=some]')).toContainText('棚架七天内拆除');
  await caretBehind(recorder, '棚架七天内拆除');
  await recorder.keyboard.insertText('完毕');
  await expect(textOn(resident).locator('[data-light=lapsed]')).toContainText('棚架七天内拆除完毕');
  await resident.getByRole('button', { name: /^逐段认可/ }).press('Enter');
  const each = resident.getByRole('dialog', { name: '逐段认可' });
  await expect(each.getByText('此前 1 人的认可不再算数').first()).toBeVisible();
  await each
    .getByRole('listitem')
    .filter({ hasText: '拆除完毕' })
    .getByRole('button', { name: '认可本段' })
    .press('Enter');
  await expect(each.locator('[data-light=some]').first()).toBeVisible();
  await expectNoSeriousViolations(resident, 'paragraph by paragraph');
  await expectFits(resident, 'paragraph by paragraph');
  await shoot(resident, 'assent-list-360');
  await each.getByRole('button', { name: '关闭' }).tap();
  await expect(textOn(recorder).locator('[data-light=some]')).toContainText('拆除完毕');
  await shoot(recorder, 'assent-lights-1440');
  await expect(recorder.locator('[data-save=saved]')).toBeVisible();
}
