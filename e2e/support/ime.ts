import { expect, type CDPSession, type Page } from '@playwright/test';
import type { Editor } from '@tiptap/core';
import { textOn } from './text-acts.ts';

/** An input method at the browser of one person: letters that are not words yet, and the word they become. */
export type Ime = {
  /** Shows these letters in the place of those before. */
  readonly spell: (...steps: readonly string[]) => Promise<void>;
  /** The person has chosen. */
  readonly choose: (word: string) => Promise<void>;
};

/** Takes an input method into the hand. */
export async function openIme(page: Page): Promise<Ime> {
  const keys: CDPSession = await page.context().newCDPSession(page);
  return {
    spell: async (...steps) => {
      for (const text of steps)
        await keys.send('Input.imeSetComposition', {
          text,
          selectionStart: text.length,
          selectionEnd: text.length,
        });
    },
    choose: async (word) => void (await keys.send('Input.insertText', { text: word })),
  };
}

/** Puts the caret behind the first place where these words stand. */
export async function caretBehind(page: Page, words: string): Promise<void> {
  await textOn(page).focus();
  // The editor learns of a moved caret a moment after the browser, and puts its own back when it draws in between.
  await expect
    .poll(async () => {
      await textOn(page).evaluate(collapseBehind, words);
      return await textOn(page).evaluate(wordsBeforeCaret);
    })
    .toMatch(new RegExp(`${words}$`));
}

/** Runs in the page. The carets of others may stand within the words. */
function collapseBehind(editor: Element, words: string): void {
  const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest('.caret') === null ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT,
  );
  const nodes: Node[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) nodes.push(node);
  let rest = nodes
    .map((node) => node.nodeValue ?? '')
    .join('')
    .indexOf(words);
  if (rest < 0) return;
  rest += words.length;
  for (const node of nodes) {
    const { length } = node.nodeValue ?? '';
    if (rest <= length) {
      document.getSelection()?.collapse(node, rest);
      return;
    }
    rest -= length;
  }
}

/** Runs in the page: what the editor itself believes to stand before its caret in this paragraph. */
function wordsBeforeCaret(element: Element): string {
  const { editor } = element as Element & { editor: Editor };
  const { $from } = editor.state.selection;
  return $from.parent.textBetween(0, $from.parentOffset);
}
