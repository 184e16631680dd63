import type { Editor } from '@tiptap/core';
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
  await writeBlocks(page, [block], before);
}

/** Writes several, one behind the other, without letting go of the keyboard. */
export async function writeBlocks(
  page: Page,
  blocks: readonly OutcomeNode[],
  before: OutcomeNode | null,
): Promise<void> {
  await toEnd(page);
  let last = before;
  for (const block of blocks) {
    await typeBlock(page, block, last);
    last = block;
  }
  await expect(page.locator('[data-save=saved]')).toBeVisible();
}

async function typeBlock(page: Page, block: OutcomeNode, before: OutcomeNode | null): Promise<void> {
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
}

/** Puts the caret behind the last letter of the text, and waits until the editor itself knows of it. */
export async function toEnd(page: Page): Promise<void> {
  await textOn(page).click();
  // An editor that draws what others write may put its own caret back before the browser has told of the move.
  await expect
    .poll(async () => {
      await page.keyboard.press('Control+End');
      return await textOn(page).evaluate(isCaretAtEnd);
    })
    .toBe(true);
}

/** Runs in the page: whether the editor believes its caret to stand behind the last letter. */
function isCaretAtEnd(element: Element): boolean {
  const { state } = (element as Element & { editor: Editor }).editor;
  return state.doc.textBetween(state.selection.head, state.doc.content.size) === '';
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
