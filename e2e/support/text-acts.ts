import { expect, type Locator, type Page } from '@playwright/test';
import type { OutcomeNode } from '../../core/domain/outcome.ts';
import { plainText } from '../../core/domain/outcome.ts';

const HEADINGS = ['一级标题', '二级标题', '三级标题'] as const;

/** The shared text on a page, for those who write and those who read along. */
export function textOn(page: Page): Locator {
  return page.getByLabel('协商纪要正文');
}

/** The text on a page, one line a block, without the names at carets. */
export async function linesOn(page: Page): Promise<string> {
  return await textOn(page).evaluate((editor) => {
    const copy = editor.cloneNode(true) as Element;
    for (const caret of copy.querySelectorAll('.caret')) caret.remove();
    return [...copy.children].map((block) => block.textContent).join('|');
  });
}

/** Writes one block at the end of the text by keyboard and tools. */
export async function writeBlock(page: Page, block: OutcomeNode, before: OutcomeNode | null): Promise<void> {
  const editor = textOn(page);
  await editor.click();
  await page.keyboard.press('Control+End');
  // The editor learns of a moved caret a moment after the browser: what is typed before goes elsewhere.
  await expect.poll(() => editor.evaluate(isCaretAtEnd)).toBe(true);
  if (before !== null) await page.keyboard.press('Enter');
  // An empty item of a list becomes a paragraph behind the list.
  if (before?.type === 'orderedList' || before?.type === 'bulletList') await page.keyboard.press('Enter');
  if (block.type === 'heading')
    await tool(page, HEADINGS[Number(block.attrs?.['level'] ?? 1) - 1] ?? HEADINGS[0]);
  if (block.type === 'orderedList' || block.type === 'bulletList') {
    await tool(page, block.type === 'orderedList' ? '编号' : '项目符号');
    for (const [index, item] of (block.content ?? []).entries()) {
      if (index > 0) await page.keyboard.press('Enter');
      await writeRuns(page, item.content?.[0]?.content ?? []);
    }
  } else await writeRuns(page, block.content ?? []);
  await expect(page.locator('[data-save=saved]')).toBeVisible();
}

/** Runs in the page: whether nothing stands behind the caret. */
function isCaretAtEnd(editor: Element): boolean {
  const selection = document.getSelection();
  if (selection === null || selection.rangeCount === 0) return false;
  const rest = document.createRange();
  rest.selectNodeContents(editor);
  rest.setStart(selection.getRangeAt(0).endContainer, selection.getRangeAt(0).endOffset);
  const behind = rest.cloneContents();
  // The names on other people's carets are no text.
  for (const label of behind.querySelectorAll('.caret')) label.remove();
  return editor.contains(selection.anchorNode) && (behind.textContent ?? '') === '';
}

async function writeRuns(page: Page, runs: readonly OutcomeNode[]): Promise<void> {
  for (const run of runs) {
    const isBold = run.marks?.some((mark) => mark.type === 'bold') ?? false;
    if (isBold) await page.keyboard.press('Control+b');
    await page.keyboard.insertText(plainText(run));
    if (isBold) await page.keyboard.press('Control+b');
  }
}

async function tool(page: Page, name: string): Promise<void> {
  const button = page.getByRole('toolbar', { name: '文本格式' }).getByRole('button', { name, exact: true });
  await button.click();
  await expect(button).toHaveAttribute('aria-pressed', 'true');
}
