import { expect, type Locator, type Page } from '@playwright/test';
import { lookAtFocus } from './focus.ts';

const MOST_PRESSES = 400;

/** Where a thing lies from the focus: it has it, or how it is reached. */
type Way = {
  readonly is: 'there' | 'on' | 'back';
  /** Both are in one stop, whose things arrows go through. */
  readonly isInGroup: boolean;
  /** It is another part of the page, or another card of what is said. */
  readonly isElsewhere: 'part' | 'card' | null;
};

type Act = (page: Page, target: Locator, value: unknown) => Promise<void>;

/**
 * A page in the hands of somebody without a pointer: what a test clicks, checks, chooses or fills on it is reached with
 * Tab and arrows from where the focus is, and done with Enter, Space and letters. Each stop on the way must be seen. A
 * pointer that comes down on the page all the same breaks the test.
 */
export async function byKeys(page: Page): Promise<Page> {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new Error('a pointer came down in the hands of somebody who has none');
    };
    addEventListener('pointerdown', refuse, true);
    addEventListener('mousedown', refuse, true);
  });
  return wrap(page, page);
}

/** The same page or locator, whose hands are keys. */
function wrap<T extends object>(thing: T, page: Page): T {
  return new Proxy(thing, {
    get(_, name) {
      const value: unknown = Reflect.get(thing, name, thing);
      if (name === 'constructor' || typeof value !== 'function') return value;
      const act = isLocator(thing) && typeof name === 'string' ? ACTS[name] : undefined;
      return (...args: unknown[]): unknown => {
        if (act !== undefined && isLocator(thing)) return act(page, thing, args[0]);
        const answer: unknown = value.apply(thing, args);
        return isLocator(answer) ? wrap(answer, page) : answer;
      };
    },
  });
}

function isLocator(thing: unknown): thing is Locator {
  return typeof thing === 'object' && thing !== null && 'selectOption' in thing && 'filter' in thing;
}

const ACTS: Readonly<Record<string, Act>> = {
  click: press,
  check: (page, target) => set(page, target, true),
  uncheck: (page, target) => set(page, target, false),
  setChecked: (page, target, value) => set(page, target, value === true),
  fill: async (page, target, value) => {
    await reach(page, target);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    if (value !== '') await page.keyboard.insertText(String(value));
  },
  selectOption: choose,
};

async function press(page: Page, target: Locator): Promise<void> {
  const isTool = await target.evaluate(
    (element) =>
      element.closest('[role=toolbar]') !== null &&
      document.activeElement?.getAttribute('contenteditable') === 'true',
  );
  // The tools of a text are reached from inside it, and left again.
  if (isTool) await page.keyboard.press('Alt+F10');
  await reach(page, target);
  const kind = await target.evaluate((element) =>
    element.matches('input[type=checkbox], input[type=radio]')
      ? 'Space'
      : element.matches('input, textarea, [contenteditable=true]')
        ? null
        : 'Enter',
  );
  if (kind !== null) await page.keyboard.press(kind);
  if (isTool) await page.keyboard.press('Escape');
}

async function set(page: Page, target: Locator, wanted: boolean): Promise<void> {
  await reach(page, target);
  if ((await target.isChecked()) !== wanted) await page.keyboard.press('Space');
  await expect(target).toBeChecked({ checked: wanted });
}

/** A choice out of a list, gone through with arrows; by its value or its words. */
async function choose(page: Page, target: Locator, wanted: unknown): Promise<void> {
  await reach(page, target);
  const steps = await target.evaluate((field, choice) => {
    if (!(field instanceof HTMLSelectElement)) return 0;
    const isIt = ({ value, label }: HTMLOptionElement) =>
      typeof choice === 'string' ? value === choice : label === (choice as { label: string }).label;
    return [...field.options].findIndex(isIt) - field.selectedIndex;
  }, wanted);
  for (let step = 0; step < Math.abs(steps); step += 1)
    await page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
}

/** Goes there from where the focus is, as people do: from part to part, from card to card, from stop to stop. */
async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeEnabled();
  const stops: string[] = [];
  let before: Way | null = null;
  // Whoever has come past it by a large step goes on by small ones.
  let largeStep = true;
  for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
    const way: Way = await target.evaluate(wayTo);
    if (way.is === 'there') return;
    if (before !== null && before.is !== way.is) largeStep = false;
    const key = keyFor(way, largeStep);
    await page.keyboard.press(key);
    const { isSeen, covering, ...stop } = await page.evaluate(lookAtFocus);
    const name = `${stop.tag} ${stop.role} ${stop.name.slice(0, 30)}`;
    if (name === stops[stops.length - 1]) largeStep = false;
    stops.push(name);
    expect.soft(isSeen, `the focus is seen on ${name}`).toBe(true);
    expect.soft(covering, `what lies over ${name} while it has the focus`).toBe(null);
    before = way;
  }
  throw new Error(`no key led to ${String(target)}: ${stops.slice(-12).join(' · ')}`);
}

function keyFor({ is, isInGroup, isElsewhere }: Way, largeStep: boolean): string {
  if (isInGroup) return is === 'back' ? 'ArrowLeft' : 'ArrowRight';
  if (largeStep && isElsewhere === 'part') return is === 'back' ? 'Shift+F6' : 'F6';
  if (largeStep && isElsewhere === 'card') return is === 'back' ? 'PageUp' : 'PageDown';
  return is === 'back' ? 'Shift+Tab' : 'Tab';
}

/** Runs in the page. */
function wayTo(element: Element): Way {
  const GROUPS = '[role=tablist], [role=toolbar], [role=radiogroup], [role=menu]';
  const STOPS = 'a[href], button, summary, input, select, textarea, [contenteditable=true], [tabindex]';
  const PARTS =
    'header, nav, main, aside, section[aria-label], [role=region], [role=tabpanel], [role=dialog]';
  const stop = element.closest(STOPS) ?? element.closest('label')?.control ?? element;
  const focus = document.activeElement ?? document.body;
  const isRadio = (one: Element): one is HTMLInputElement =>
    one instanceof HTMLInputElement && one.type === 'radio';
  const isOneChoice = isRadio(stop) && isRadio(focus) && stop.name === focus.name && stop.form === focus.form;
  const [part, card] = [stop.closest(PARTS), stop.closest('article[data-seq]')];
  const isOtherPart = part !== null && !part.contains(focus);
  const isOtherCard = card !== null && !card.contains(focus);
  const isBehind =
    focus === document.body || (focus.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return {
    is: focus === stop ? 'there' : isBehind ? 'on' : 'back',
    isInGroup: isOneChoice || (!isRadio(stop) && (stop.closest(GROUPS)?.contains(focus) ?? false)),
    isElsewhere: isOtherPart ? 'part' : isOtherCard ? 'card' : null,
  };
}
