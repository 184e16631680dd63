import { expect, type Browser, type Page } from '@playwright/test';
import { png } from '../../server/testing/sample-files.ts';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { expectFits } from '../support/fit.ts';
import { codePath, demoSession, enterAs, expectInRoom } from '../support/park.ts';
import { PHONE, watched } from '../support/people.ts';
import { cardOf, castBallot, openPoll, openTab, postView } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';
import { textOn } from '../support/text-acts.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

const WECHAT =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0.40';

/** The browser inside WeChat, without what one cannot count on there: each throws. */
async function openWeChat(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, hasTouch: true, userAgent: WECHAT });
  await context.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('not here', 'SecurityError');
    };
    Object.defineProperty(window, 'indexedDB', { get: refuse });
    Object.defineProperty(window, 'caches', { get: refuse });
    Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: refuse });
    Object.defineProperty(Navigator.prototype, 'clipboard', { get: refuse });
    window.open = refuse;
    URL.createObjectURL = refuse;
    Reflect.deleteProperty(window, 'Notification');
  });
  return watched(await context.newPage());
}

test('in WeChat one comes in with one tap, stays oneself, speaks, votes, and reads on (ux J2 J4 J6 J7)', async ({
  browser,
}) => {
  const code = `${stack.url}${codePath('s04', 'resident')}`;
  const page = await openWeChat(browser);
  await page.goto(code);
  await page.getByRole('button', { name: '长辈版' }).click();
  // The name is for whoever wants one, and the place is chosen already.
  await page.getByRole('button', { name: '参与协商' }).click();
  await expectInRoom(page);
  expect(page.url()).not.toContain('#');
  const me = page.getByRole('group', { name: '我的身份' }).locator('[dir=auto]');
  await page.getByRole('banner').getByLabel('更多').click();
  const name = (await me.textContent()) ?? '';
  expect(name).not.toBe('');
  await page.reload();
  await expectInRoom(page);
  await expect(page.locator('html[data-large]')).toHaveCount(1);
  await page.goto(code);
  await page.getByRole('link', { name: '回到协商室' }).click();
  await expectInRoom(page);
  await page.getByRole('banner').getByLabel('更多').click();
  await expect(me).toHaveText(name);
  await page.keyboard.press('Escape');

  // With a photo, which this browser can neither make small nor show before it is there.
  const photo = png(60, 40);
  await postView(page, { stance: 'suggestion', text: '在微信里说的话。', answers: null, photo });
  await expect(cardOf(page, '在微信里说的话。').getByRole('button', { name: /^图 1.*大图$/ })).toBeVisible();
  const chair = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  await expect(cardOf(chair.page, '在微信里说的话。')).toHaveCount(1);
  const question = '微信里能投吗？';
  await openPoll(chair.page, {
    id: 'q',
    question,
    kind: 'approval',
    anonymous: false,
    options: ['能', '不能'].map((text) => ({ id: text, text })),
    ballots: [],
  });
  await castBallot(page, question, ['能']);
  await openTab(page, '纪要');
  await expect(textOn(page)).toBeVisible();
  await expectFits(page, 'the text in WeChat');
  await shoot(page, 'wechat-text');
});

test('colours that the system forces and letters set wide cut nothing and hide nothing, and nothing moves for whoever wants that (ux R2 R11 R12)', async ({
  browser,
}) => {
  const { page } = await enterAs(browser, stack.url, { login: 's04-member1', prefix: 's04' });
  await page.emulateMedia({ forcedColors: 'active' });
  for (const tab of ['投票', '纪要']) {
    await openTab(page, tab);
    await expectNoSeriousViolations(page, `${tab} in forced colours`);
  }
  await shoot(page, 'forced-colours');
  await page.emulateMedia({ forcedColors: 'none' });
  await expectStill(page);
  for (const size of [{ width: 1440, height: 900 }, PHONE]) {
    await page.setViewportSize(size);
    await expectInRoom(page);
    // The page of a phone has a tab of its own for the agenda: before that it is the desk's, squeezed.
    await expect(page.getByRole('tab', { name: '议程' })).toHaveCount(size === PHONE ? 1 : 0);
    await setWide(page);
    await expectFits(page, `the room in wide letters, ${size.width} px`);
    expect(await cutIn(page), `what is cut at ${size.width} px`).toEqual([]);
    await shoot(page, `wide-letters-${size.width}`);
  }
  await page.goto(`${stack.url}${demoSession('s02').path}/archive`);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await setWide(page);
  await expectFits(page, 'a record in wide letters');
});

/** With motion switched off by the person nothing on the page moves: no animation, no transition (ux R12). */
async function expectStill(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // A count of applause is what fades; it is there for ten seconds.
  await page.getByRole('button', { name: /^鼓掌/ }).click();
  await expect(page.getByTestId('signal-applause')).toHaveText('1');
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((one) =>
      ['', '::before', '::after'].flatMap((pseudo) => {
        const { animationName, animationDuration, transitionDuration } = getComputedStyle(one, pseudo);
        const longest = (durations: string) => Math.max(...durations.split(',').map(parseFloat));
        const isMoved = animationName !== 'none' && longest(animationDuration) > 0.001;
        return isMoved || longest(transitionDuration) > 0.001 ? [one.outerHTML.slice(0, 90) + pseudo] : [];
      }),
    ),
  );
  expect(moving, 'what moves').toEqual([]);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
}

/** As far as readers may set letters, words, lines and paragraphs apart without losing anything (WCAG 1.4.12). */
async function setWide(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; line-height: 1.5 !important; } p { margin-block-end: 2em !important; }',
    );
    document.adoptedStyleSheets = [sheet];
  });
}

/** Words on buttons, links, choices and tabs of which a part is cut off. */
async function cutIn(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() =>
    [...document.querySelectorAll('button, a, label, summary, [role=tab]')]
      .filter((one) => {
        const { overflowX, overflowY, textOverflow } = getComputedStyle(one);
        // A quotation is a beginning, with dots behind it, and leads to the whole.
        if (textOverflow === 'ellipsis') return false;
        const isCut = overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1;
        return isCut || (overflowY !== 'visible' && one.scrollHeight > one.clientHeight + 1);
      })
      .map((one) => one.outerHTML.slice(0, 90)),
  );
}
