import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { expectNoSeriousViolations } from './axe.ts';
import { expectFits } from './fit.ts';
import { shoot } from './shots.ts';

/** A clerk looks at a document about one view, on a wide screen and on a phone, and takes the full record away as a file. */
export async function makeDocuments(clerk: Page, phone: Page): Promise<void> {
  for (const page of [clerk, phone]) {
    const part = page.getByRole('region', { name: '文书', exact: true });
    await part.getByLabel('文书种类').selectOption({ label: '社情民意信息' });
    await part.getByLabel('反映哪一件事').selectOption({ index: 1 });
    await part.getByRole('button', { name: '预览' }).click();
    await expect(part.getByRole('heading', { name: /^关于“.+”的社情民意信息$/ })).toBeVisible();
    await expectNoSeriousViolations(page, 'a document of one matter');
    await part.scrollIntoViewIfNeeded();
  }
  await shoot(clerk, 'documents-1440');
  await expectFits(phone, 'a document of one matter');
  await shoot(phone, 'documents-360');
  const part = clerk.getByRole('region', { name: '文书', exact: true });
  await part.getByLabel('文书种类').selectOption({ label: '全程记录' });
  const taking = clerk.waitForEvent('download');
  await part.getByRole('link', { name: '下载 Word（DOCX）' }).click();
  const taken = await taking;
  expect(taken.suggestedFilename()).toMatch(/全程记录\.docx$/);
  const word = (await readFile(await taken.path())).toString('utf8');
  for (const words of ['十天偏紧，建议十五天。', '未采纳：这一段要保留', '从成文之日算起。'])
    expect(word).toContain(words);
}
