import { expect, type Page } from '@playwright/test';

/** The narrowest phone that has to do [ux R1]. */
const NARROWEST = 320;

/** Nothing of a page stands beside the screen: at the width it has, and on a phone at 320 px too. */
export async function expectFits(page: Page, state: string): Promise<void> {
  const size = page.viewportSize();
  const isPhone = size !== null && size.width < 600;
  for (const width of isPhone ? [size.width, NARROWEST] : [size?.width ?? 0]) {
    if (isPhone) await page.setViewportSize({ ...size, width });
    const beside = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return [];
      const ends = (one: Element) => one.getBoundingClientRect().right > clientWidth + 1;
      return [...document.querySelectorAll('body *')].filter(ends).map((one) => one.outerHTML.slice(0, 90));
    });
    expect.soft(beside, `${state} at ${width} px`).toEqual([]);
  }
  if (isPhone) await page.setViewportSize(size);
}

type Measure = { readonly what: string; readonly px: number };

/**
 * What a finger has to meet is large enough [ux R9]: 24 px everywhere; in 长辈版 60 px, and letters of 18 px at least
 * [ux J7]. Links inside a sentence are as high as the sentence.
 */
export async function expectMeets(page: Page, state: string): Promise<void> {
  const isLarge = await page.evaluate(() => document.documentElement.hasAttribute('data-large'));
  const { targets, letters } = await page.evaluate(measure);
  const least = isLarge ? 60 : 24;
  expect
    .soft(
      targets.filter(({ px }) => px < least - 0.5),
      `targets of ${state}`,
    )
    .toEqual([]);
  if (isLarge)
    expect
      .soft(
        letters.filter(({ px }) => px < 18),
        `letters of ${state}`,
      )
      .toEqual([]);
}

/** Runs in the page: the shorter side of everything that can be pressed, and the letters of everything that is said. */
function measure(): { targets: Measure[]; letters: Measure[] } {
  const PRESSED = 'button, summary, select, input, textarea, a[href]';
  const isDrawn = (one: Element) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 1 && height > 1 && one.checkVisibility({ visibilityProperty: true });
  };
  const targets = [...document.querySelectorAll(PRESSED)].flatMap((one) => {
    // A choice is pressed by its label.
    const area = one.closest('label') ?? (one instanceof HTMLInputElement ? one.labels?.[0] : null) ?? one;
    const isInline = one.tagName === 'A' && getComputedStyle(one).display === 'inline';
    if (isInline || !isDrawn(area)) return [];
    const { width, height } = area.getBoundingClientRect();
    return [{ what: one.outerHTML.slice(0, 90), px: Math.round(Math.min(width, height)) }];
  });
  const own = (one: Element) =>
    [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '');
  const letters = [...document.querySelectorAll('body *')].flatMap((one) =>
    own(one) && isDrawn(one)
      ? [{ what: one.outerHTML.slice(0, 90), px: parseFloat(getComputedStyle(one).fontSize) }]
      : [],
  );
  return { targets, letters };
}
