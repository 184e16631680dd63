import { expect, type Page } from '@playwright/test';
import { caretBehind, openIme } from '../support/ime.ts';
import { enterAs } from '../support/park.ts';
import { openTab } from '../support/room-acts.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';
import { linesOn, textOn } from '../support/text-acts.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

const saved = (page: Page) => expect(page.locator('[data-save=saved]')).toBeVisible();
const LETTERS = ['s', 'sh', 'sha', 'shan', 'shang'];
const MORE_LETTERS = ['shangl', 'shangli', 'shanglia', 'shanglian', 'shangliang', '商量'];

/** Two people at the text, both with everything saved. */
async function twoAtText(browser: Parameters<typeof enterAs>[0]): Promise<readonly [Page, Page]> {
  const [one, other] = await Promise.all(
    ['s04-member1', 's04-member2'].map(async (login) => {
      const { page } = await enterAs(browser, stack.url, { login, prefix: 's04' });
      await openTab(page, '纪要');
      await saved(page);
      return page;
    }),
  );
  if (one === undefined || other === undefined) throw new Error('two are needed');
  return [one, other];
}

/** The text is this one paragraph, and the writer's caret stands behind 甲乙. */
async function beginAnew(writer: Page, other: Page): Promise<void> {
  await textOn(writer).click();
  await writer.keyboard.press('Control+a');
  // Once more where it was an item of a list: what is left is a paragraph.
  for (const key of ['Backspace', 'Backspace', 'Control+Alt+0']) await writer.keyboard.press(key);
  await writer.keyboard.insertText('甲乙丙丁');
  await caretBehind(writer, '甲乙');
  await saved(writer);
  await expect.poll(() => linesOn(other)).toBe('甲乙丙丁');
}

type Case = {
  /** What the other one does in the very paragraph, which reads 甲乙丙丁 to them. */
  readonly act: (page: Page) => Promise<void>;
  /** How the text may read afterwards. */
  readonly ends: readonly string[];
};

const behind =
  (words: string, ...keys: readonly string[]) =>
  async (page: Page) => {
    await caretBehind(page, words);
    for (const key of keys) await page.keyboard.press(key);
  };
const insertBehind = (words: string, text: string) => async (page: Page) => {
  await caretBehind(page, words);
  await page.keyboard.insertText(text);
};

const CASES: Readonly<Record<string, Case>> = {
  'writes before it': { act: insertBehind('甲', '前'), ends: ['甲前乙商量丙丁'] },
  'writes right beside it': { act: insertBehind('甲乙', '旁'), ends: ['甲乙旁商量丙丁', '甲乙商量旁丙丁'] },
  'writes behind it': { act: insertBehind('丁', '后'), ends: ['甲乙商量丙丁后'] },
  'takes letters out beside it': { act: behind('甲乙', 'Backspace', 'Delete'), ends: ['甲商量丁'] },
  'breaks its paragraph before it': {
    act: behind('甲', 'Enter'),
    ends: ['甲商量|乙丙丁', '甲|乙商量丙丁', '甲|商量乙丙丁'],
  },
  'breaks its paragraph right there': {
    act: behind('甲乙', 'Enter'),
    ends: ['甲乙商量|丙丁', '甲乙|商量丙丁'],
  },
  'breaks its paragraph behind it': { act: behind('丙', 'Enter'), ends: ['甲乙商量丙|丁'] },
  'makes it a heading': { act: behind('甲', 'Control+Alt+1'), ends: ['甲乙商量丙丁'] },
  'makes it an item of a list': { act: behind('甲', 'Control+Shift+8'), ends: ['甲乙商量丙丁'] },
  'writes in it and makes it a quotation': {
    act: async (page) => {
      await insertBehind('甲', '前')(page);
      await page.keyboard.press('Control+Shift+b');
    },
    ends: ['甲前乙商量丙丁'],
  },
  'makes all of it bold': { act: behind('甲', 'Home', 'Shift+End', 'Control+b'), ends: ['甲乙商量丙丁'] },
};

test('a word in the making is neither dropped nor doubled by what another one does in its paragraph [W13]', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const [writer, other] = await twoAtText(browser);
  const ime = await openIme(writer);
  for (const [name, { act, ends }] of Object.entries(CASES)) {
    await test.step(name, async () => {
      await beginAnew(writer, other);
      await ime.spell(...LETTERS);
      await act(other);
      await saved(other);
      // Letters are no words: they are shown to nobody else, and nothing is drawn under them.
      expect(await linesOn(other), name).not.toContain('s');
      expect(await linesOn(writer), name).toBe('甲乙shang丙丁');
      await ime.spell(...MORE_LETTERS);
      await ime.choose('商量');
      await saved(writer);
      await expect.poll(async () => ends.includes(await linesOn(other)), { message: name }).toBe(true);
      await expect.poll(() => linesOn(writer), { message: name }).toBe(await linesOn(other));
      // And the writer goes on behind the word.
      await writer.keyboard.insertText('！');
      await saved(writer);
      expect(await linesOn(writer), name).toContain('商量！');
      await expect.poll(() => linesOn(other), { message: name }).toBe(await linesOn(writer));
    });
  }
});

test('whoever spells a word in a paragraph that another one takes away can go on writing', async ({
  browser,
}) => {
  const [writer, other] = await twoAtText(browser);
  const ime = await openIme(writer);
  await beginAnew(writer, other);
  await caretBehind(writer, '甲');
  await writer.keyboard.press('Home');
  await writer.keyboard.insertText('首段');
  await writer.keyboard.press('Enter');
  await caretBehind(writer, '甲乙');
  await saved(writer);
  await ime.spell(...LETTERS);
  await behind('首段', 'Control+Shift+End', 'Backspace')(other);
  await expect.poll(() => linesOn(other)).toBe('首段');
  await saved(other);
  await ime.spell(...MORE_LETTERS);
  await ime.choose('商量');
  await saved(writer);
  await expect.poll(() => linesOn(other)).toMatch(/^首段(商量)?$/);
  await expect.poll(() => linesOn(writer)).toBe(await linesOn(other));
  await caretBehind(writer, '首段');
  await writer.keyboard.insertText('，再写');
  await saved(writer);
  await expect.poll(() => linesOn(other)).toContain('首段，再写');
});

test('letters that become no word, or are taken as they are with Enter, stand there once for everybody [W13]', async ({
  browser,
}) => {
  const [writer, other] = await twoAtText(browser);
  const ime = await openIme(writer);
  await beginAnew(writer, other);
  await ime.spell(...LETTERS);
  await insertBehind('甲', '前')(other);
  // Escape: the input method takes its letters back.
  await ime.spell('');
  await saved(writer);
  for (const page of [writer, other]) await expect.poll(() => linesOn(page)).toBe('甲前乙丙丁');

  await caretBehind(writer, '甲前乙');
  await ime.spell(...LETTERS);
  await insertBehind('丙', '中')(other);
  await ime.choose('shang');
  await saved(writer);
  for (const page of [writer, other]) await expect.poll(() => linesOn(page)).toBe('甲前乙shang丙中丁');
  await writer.keyboard.press('Enter');
  await saved(writer);
  for (const page of [writer, other]) await expect.poll(() => linesOn(page)).toBe('甲前乙shang|丙中丁');
});
