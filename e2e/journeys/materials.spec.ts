import { expect, type Page } from '@playwright/test';
import { office, pdf, png } from '../../server/testing/sample-files.ts';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { expectFits } from '../support/fit.ts';
import { enterAs, scanAs } from '../support/park.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack({ processes: 2 });
});
test.afterAll(() => stack.close());

/** Puts a file beside the session, as whoever runs it does. */
async function addMaterial(
  page: Page,
  { name, bytes, title }: { name: string; bytes: Buffer; title: string },
): Promise<void> {
  await page.getByRole('button', { name: '添加材料' }).click();
  const dialog = page.getByRole('dialog', { name: '添加材料' });
  await dialog.getByLabel('文件', { exact: true }).setInputFiles({ name, mimeType: '', buffer: bytes });
  await dialog.getByLabel('材料名称').fill(title);
  await dialog.getByRole('button', { name: '上传并添加' }).click();
  await expect(dialog).toBeHidden();
}

test('materials are added, read on a phone of another process, counted and withdrawn [Y1] [Y2] [Y3] [Y4] [Y8]', async ({
  browser,
}) => {
  const [here, there] = stack.processes;
  if (here === undefined || there === undefined) throw new Error('two processes are needed');
  const { page: host } = await enterAs(browser, here.url, { login: 's04-convener', prefix: 's04' });
  const { page: resident, context } = await scanAs(browser, there.url, { name: '街坊丁', prefix: 's04' });
  const side = host.getByRole('tabpanel', { name: '材料' });
  await host.getByRole('tab', { name: '材料' }).click();

  await test.step('a file that is none is refused beside the field; a good one is added, and everybody hears of it', async () => {
    await expect(side.getByText('还没有材料')).toBeVisible();
    await host.getByRole('button', { name: '添加材料' }).click();
    const dialog = host.getByRole('dialog', { name: '添加材料' });
    const exe = Buffer.from('MZ\x90\x00\x03\x00\x00\x00', 'latin1');
    await dialog
      .getByLabel('文件', { exact: true })
      .setInputFiles({ name: '通知.pdf', mimeType: '', buffer: exe });
    await expect(dialog.getByLabel('材料名称')).toHaveValue('通知');
    await dialog.getByRole('button', { name: '上传并添加' }).click();
    await expect(dialog.getByText('不支持这种文件')).toBeVisible();
    await expectNoSeriousViolations(host, 'a file that was refused');
    await shoot(host, 'materials-refused');
    await dialog
      .getByLabel('文件', { exact: true })
      .setInputFiles({ name: '通知.pdf', mimeType: '', buffer: pdf() });
    await dialog.getByRole('button', { name: '上传并添加' }).click();
    await expect(dialog).toBeHidden();
    await expect(side.getByRole('link', { name: '通知' })).toBeVisible();
    await addMaterial(host, { name: 'a.docx', bytes: office('docx'), title: '早市搬迁方案（征求意见稿）' });
    await addMaterial(host, { name: 'b.png', bytes: png(800, 500), title: '通道现状' });
    await expect(side.getByRole('button', { name: '通道现状', exact: true })).toBeVisible();
  });

  await test.step('a resident opens them from the phone, and is counted once', async () => {
    await resident.getByRole('tab', { name: '议程' }).click();
    await resident.getByRole('button', { name: '会议材料（3）' }).click();
    const sheet = resident.getByRole('dialog', { name: '材料' });
    await expect(sheet.getByRole('listitem')).toHaveCount(3);
    await expectFits(resident, 'materials on a phone');
    await expectNoSeriousViolations(resident, 'materials on a phone');
    await shoot(resident, 'materials-phone');
    // As a page: nothing is downloaded.
    const address = await sheet.getByRole('link', { name: '通知' }).getAttribute('href');
    const opened = await context.request.get(`${there.url}${address}`);
    expect(opened.headers()['content-disposition']).toMatch(/^inline/);
    await context.request.get(`${there.url}${address}`);
    await sheet.getByRole('button', { name: '通道现状', exact: true }).press('Enter');
    const picture = resident.getByRole('dialog', { name: '通道现状' });
    await expect
      .poll(() => picture.getByRole('img').evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBe(800);
    await resident.keyboard.press('Escape');
    await expect(picture).toBeHidden();
    await expect(sheet.getByText('已读 1 人 · 我已读')).toHaveCount(2);
  });

  await test.step('the host sees who has read, changes the order by keys, and withdraws one', async () => {
    await host.getByRole('tab', { name: '纪要' }).click();
    await host.getByRole('tab', { name: '材料' }).click();
    await side.getByText('已读 1 人').first().click();
    await expect(side.getByText('街坊丁').first()).toBeVisible();
    const titles = host.locator('[data-material-id] > p:first-child');
    await side.getByRole('button', { name: '上移“通道现状”' }).press('Enter');
    await expect(titles.nth(1)).toHaveText('通道现状');
    await expect(resident.locator('[data-material-id] > p:first-child').nth(1)).toHaveText('通道现状');
    await side.getByRole('button', { name: '撤下“通知”' }).click();
    await host.getByRole('dialog').getByRole('button', { name: '撤下' }).click();
    await expect(resident.getByText('已撤下')).toBeVisible();
    await expect(host.getByRole('dialog')).toBeHidden();
    await expectNoSeriousViolations(host, 'materials of a host');
    await shoot(host, 'materials-desk');
    await expectFits(host, 'materials of a host');
  });

  await test.step('large letters at 320 px fit', async () => {
    await resident.setViewportSize({ width: 320, height: 640 });
    await resident.evaluate(() => document.documentElement.toggleAttribute('data-large', true));
    await expectFits(resident, 'materials in large letters');
    await shoot(resident, 'materials-large');
  });
});
