import { expect, type Page } from '@playwright/test';
import { askForFloor, floorOf, middle, noteOwnTimer, timerOffMs } from '../support/floor-acts.ts';
import { lightAfterMs, watchLight } from '../support/light.ts';
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

    // A speech is timed by the server: to half a second, on the wrong device as on the right one.
    const { path } = demoSession('s04');
    const chair = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
    await askForFloor(wrong.page, { stance: 'support' });
    await floorOf(chair.page)
      .getByRole('button', { name: /^请.*发言$/ })
      .first()
      .click();
    await expect(wrong.page.getByTestId('my-turn')).toBeVisible();
    const offMs = await Promise.all(
      [right, wrong].map(async ({ page }) => {
        await noteOwnTimer(page);
        return await timerOffMs(page, path, 5);
      }),
    );
    test.info().annotations.push({
      type: 'measured',
      description: `timers ${offMs.map((each) => each.join(' ')).join(' | ')} ms off the server's, the second on the wrong clock`,
    });
    for (const each of offMs) expect(middle(each)).toBeLessThanOrEqual(500);
    await shoot(wrong.page, `clock-${name}-1440`);
    await floorOf(chair.page)
      .getByRole('button', { name: /^结束.*发言$/ })
      .first()
      .click();
    await expect(floorOf(chair.page).getByText('现在没有人发言')).toBeVisible();
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

  // The form covers the light: it says itself that the line is away.
  await page.getByRole('button', { name: '发表意见', exact: true }).click();
  const form = page.getByRole('region', { name: '发表意见' });
  await expect(form).toBeVisible();
  wire.cut();
  await expect(form.getByText('设备已离线。发出的内容先保存在本机')).toBeInViewport({ ratio: 1 });
  await shoot(page, 'composer-offline-360');
  wire.mend();
  await expect(form.getByText('设备已离线')).toHaveCount(0);
  await page.keyboard.press('Escape');

  // A line that swallows everything is told within ten seconds, in words, and three seconds after its end all is well (ux R6).
  const light = page.getByRole('status', { name: '连接状态' });
  await expect(page.locator('[data-connection=live]')).toBeVisible();
  await watchLight(page);
  wire.swallow();
  const swallowedAtMs = Date.now();
  await expect(light).toContainText('离线', { timeout: 20_000 });
  wire.mend();
  const mendedAtMs = Date.now();
  await expect(page.locator('[data-connection=live]')).toBeVisible();
  const toldMs = await lightAfterMs(page, 'offline', swallowedAtMs);
  const backMs = await lightAfterMs(page, 'restored', mendedAtMs);
  test.info().annotations.push({
    type: 'measured',
    description: `a line that swallows: told after ${toldMs} ms, well again after ${backMs} ms`,
  });
  expect(toldMs).toBeLessThanOrEqual(10_000);
  expect(backMs).toBeLessThanOrEqual(3_000);

  // A part that cannot be fetched says so in its place, and the room goes on.
  const editor = '**/assets/outcome-panel-*.js';
  await page.route(editor, (route) => route.abort());
  await page.getByRole('tab', { name: '纪要' }).click();
  const failed = page.getByRole('alert').filter({ hasText: '这一部分没能取到' });
  await expect(failed).toBeVisible();
  await shoot(page, 'part-not-fetched-360');
  await page.unroute(editor);
  await failed.getByRole('button', { name: '重试' }).click();
  await expect(failed).toHaveCount(0);
  await expect(page.getByRole('textbox').or(page.locator('.ProseMirror')).first()).toBeVisible();
});
