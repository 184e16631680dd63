import { expect, type Page } from '@playwright/test';
import { demoSession, enterAs, scanAs } from '../support/park.ts';
import { DESK, openBrowser, PHONE, signInQuietly } from '../support/people.ts';
import { layWire, type Wire } from '../support/proxy.ts';
import { cardOf, postView } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

let stack: Stack;
let wire: Wire;
test.beforeAll(async () => {
  stack = await startStack();
  wire = await layWire(Number(new URL(stack.url).port));
});
test.afterAll(async () => {
  await wire.close();
  await stack.close();
});

/** A day, and not at the same time of it. */
const OFF_MS = (25 * 60 + 7) * 60 * 1_000;

/** Seconds that the item on the table has left, or has been talked about, as a page shows it. */
async function itemSeconds(page: Page): Promise<number> {
  const words = await page.getByRole('banner').getByRole('timer').innerText();
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(words) ?? [];
  if (minutes === undefined || seconds === undefined) throw new Error(`no time in “${words}”`);
  return Number(minutes) * 60 + Number(seconds);
}

/** When a view was put, as its card says. */
const timeOf = (page: Page, text: string) => cardOf(page, text).locator('time').first().innerText();

for (const [name, aheadMs] of [
  ['ahead', OFF_MS],
  ['behind', -OFF_MS],
] as const)
  test(`a device that is a day ${name} shows the time of the room and speaks in its turn`, async ({
    browser,
  }) => {
    const right = await enterAs(browser, stack.url, { login: 's04-member1', prefix: 's04' });
    const wrong = await openBrowser(browser, DESK);
    await wrong.page.clock.install({ time: Date.now() + aheadMs });
    await signInQuietly(wrong, stack.url, 's04-member2');
    await wrong.page.goto(`${stack.url}${demoSession('s04').path}`);
    await expect(wrong.page.getByRole('banner').getByRole('heading', { level: 1 })).toBeVisible();

    await expect
      .poll(async () => Math.abs((await itemSeconds(right.page)) - (await itemSeconds(wrong.page))))
      .toBeLessThanOrEqual(3);
    const [first, second, third] = ['钟表准的人先说', '钟表不准的人接着说', '准的人最后说'].map(
      (words) => `${words}（${name}）`,
    ) as [string, string, string];
    await postView(right.page, { stance: 'info', text: first, answers: null });
    await postView(wrong.page, { stance: 'info', text: second, answers: null });
    await postView(right.page, { stance: 'info', text: third, answers: null });
    for (const { page } of [right, wrong]) {
      await expect(cardOf(page, third)).toBeVisible();
      const cards = await page.locator('article[data-seq]').allInnerTexts();
      const places = [first, second, third].map((text) => cards.findIndex((card) => card.includes(text)));
      expect(places).toEqual([...places].toSorted((one, other) => one - other));
      expect(places[0]).toBeGreaterThanOrEqual(0);
    }
    expect(await timeOf(wrong.page, second)).toBe(await timeOf(right.page, second));
    await shoot(wrong.page, `clock-${name}-1440`);
  });

test('a page that was frozen while its line broke has everything when it comes back, and was never empty', async ({
  browser,
}) => {
  const speaker = await enterAs(browser, stack.url, { login: 's04-member1', prefix: 's04' });
  const { page, context } = await scanAs(browser, `http://127.0.0.1:${wire.port}`, {
    name: '把微信放到后台的人',
    prefix: 's04',
  });
  expect(page.viewportSize()).toEqual(PHONE);
  await expect(page.locator('article[data-seq]').first()).toBeVisible();
  await page.evaluate(() => {
    const counts: number[] = [];
    Object.assign(window, { counts });
    const count = () => void counts.push(document.querySelectorAll('article[data-seq]').length);
    new MutationObserver(count).observe(document.body, { childList: true, subtree: true });
  });
  // Nothing of the page runs from here on, as in an app that the phone has put to sleep.
  const devtools = await context.newCDPSession(page);
  await devtools.send('Debugger.enable');
  const asleep = new Promise((resolve) => devtools.once('Debugger.paused', resolve));
  await devtools.send('Debugger.pause');
  await asleep;
  wire.cut();
  const said = ['后台时说的第一句', '后台时说的第二句', '后台时说的第三句'];
  for (const text of said) await postView(speaker.page, { stance: 'info', text, answers: null });
  wire.mend();
  await devtools.send('Debugger.resume');
  await expect(cardOf(page, said[2] ?? '')).toBeAttached();
  for (const text of said) await expect(cardOf(page, text)).toHaveCount(1);
  await expect(page.getByLabel('连接状态')).not.toContainText('离线');
  const counts = await page.evaluate(() => (window as unknown as { counts: readonly number[] }).counts);
  expect(counts.length).toBeGreaterThan(0);
  expect(Math.min(...counts)).toBeGreaterThan(0);
  await shoot(page, 'frozen-360');
});
