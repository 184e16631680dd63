import { expect, type Page } from '@playwright/test';

type Focused = { readonly role: string; readonly name: string; readonly tag: string };

/** Presses Tab until the element with the focus is the one that is meant; each stop on the way must show that it is it. */
export async function tabTo(page: Page, what: string, isIt: (element: Focused) => boolean): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const { isSeen, ...focused } = await page.evaluate(lookAtFocus);
    expect(isSeen, `the focus is seen on ${focused.tag} ${focused.role} ${focused.name}`).toBe(true);
    if (isIt(focused)) return;
  }
  throw new Error(`Tab never led to ${what}`);
}

/** Runs in the page: what has the focus, and whether a ring is drawn at it, at its label, or at the sheet it fills. */
function lookAtFocus(): Focused & { isSeen: boolean } {
  const element = document.activeElement;
  const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  const label = isField ? element.labels?.[0]?.textContent : null;
  const places = [
    element,
    element?.closest('label'),
    element?.getAttribute('role') === 'textbox' ? element.parentElement : null,
  ];
  const isRinged = (place: Element) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(place);
    const hasOutline =
      outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && outlineColor !== 'transparent';
    return hasOutline || (place !== element && boxShadow !== 'none');
  };
  return {
    role: element?.getAttribute('role') ?? element?.getAttribute('type') ?? '',
    name: element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '',
    tag: element?.tagName ?? '',
    // Past the last stop the browser takes the focus for itself.
    isSeen: element === document.body || places.some((place) => place instanceof Element && isRinged(place)),
  };
}
