import { expect, test, type Page } from '@playwright/test';
import { askForFloor, floorOf, middle, noteOwnTimer, timerOffMs, watchTimer } from '../support/floor-acts.ts';
import { lightOf, watchLight } from '../support/light.ts';
import { demoSession, enterAs } from '../support/park.ts';
import { until } from '../../server/testing/until.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack({ processes: 2, nginx: true });
});
test.afterAll(() => stack.close());

const PEOPLE = ['convener', 'member1', 'member2', 'department1', 'recorder'] as const;
const QUESTION = '消防通道由谁清理？';

/** A figure for the report of the run. */
const measured = (description: string) => test.info().annotations.push({ type: 'measured', description });

/**
 * How long a screen may lack anything after a process died, milliseconds. Of that a page waits a time that it draws itself,
 * 1.25 s at most, so that a hall does not come back at one instant (client/lib/pace.ts): here each draws the longest.
 */
const BACK_MS = 3_000;
/** How far a timer may be from the server's, milliseconds, and over how many seconds it is looked at. */
const OFF_MS = 500;
const SECONDS = 5;

const DEPARTMENT = '县消防救援大队';

/** Puts a question to the department, with a view of one's own. */
async function ask(page: Page) {
  const composer = page.getByRole('region', { name: '发表意见' });
  await composer.getByRole('radio', { name: '提问', exact: true }).check();
  await composer.getByRole('checkbox', { name: DEPARTMENT }).check();
  await composer.getByRole('textbox', { name: '意见内容' }).fill(QUESTION);
  await composer.getByRole('button', { name: '发表', exact: true }).click();
}

/** Until nginx gives a process work that it took for dead. */
async function nginxUses(url: string): Promise<void> {
  const port = Number(new URL(url).port);
  const since = stack.nginx?.served().length ?? 0;
  await until('nginx gives it work again', async () => {
    await fetch(`${stack.url}/livez`);
    return (stack.nginx?.served() ?? []).slice(since).some(({ upstream }) => upstream === port);
  });
}

/** What a screen says of the item, of who speaks and who waits, and of the question that is open. */
async function pictureOn(page: Page) {
  const floor = floorOf(page);
  return {
    item: await page.locator('[aria-current=step] [dir=auto]').first().textContent(),
    waiting: await floor
      .getByRole('list')
      .first()
      .getByRole('listitem')
      .locator('[dir=auto]')
      .allTextContents(),
    speaker: await page.getByRole('banner').locator('strong').first().textContent(),
    asked: await page.getByText(`等待${DEPARTMENT}回应`).count(),
  };
}

test('a process dies in the middle of a speech: item, queue, timer and questions are the same on every screen [F8]', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const screens = await Promise.all(
    PEOPLE.map(async (name) => {
      const { page } = await enterAs(browser, stack.url, { login: `s04-${name}`, prefix: 's04' });
      return { name, page, flips: new Map<string, number>() };
    }),
  );
  const pageOf = (name: (typeof PEOPLE)[number]) => {
    const found = screens.find((screen) => screen.name === name);
    if (found === undefined) throw new Error(`${name} is not here`);
    return found.page;
  };
  const chair = pageOf('convener');
  await askForFloor(pageOf('member1'), { stance: 'support' });
  await floorOf(chair)
    .getByRole('button', { name: /^请.*发言$/ })
    .first()
    .click();
  await expect(pageOf('member1').getByTestId('my-turn')).toBeVisible();
  await askForFloor(pageOf('member2'), { stance: 'oppose' });
  await ask(pageOf('member2'));
  for (const { page } of screens) {
    await expect(floorOf(page).getByText('不赞成').first()).toBeVisible();
    await expect(page.getByText(QUESTION).first()).toBeVisible();
  }
  for (const { page, flips } of screens) {
    await watchLight(page);
    await noteOwnTimer(page);
    await watchTimer(page, flips);
  }
  const before = await Promise.all(screens.map(({ page }) => pictureOn(page)));

  expect(before[0]?.asked).toBe(1);
  expect(before[0]?.waiting).toHaveLength(1);
  for (const one of stack.processes) {
    await one.kill();
    const killedAtMs = Date.now();
    await one.start();
    await nginxUses(one.url);
    for (const { page } of screens)
      await expect(page.getByRole('banner').locator('[data-connection=live]')).toBeVisible();
    // From “restored” on a screen has everything again. Counted in the page, from the death of the process to that word.
    const lines = await Promise.all(screens.map(({ page }) => lightOf(page)));
    const backMs = lines.flatMap((line) =>
      line
        .filter(({ connection, atMs }) => connection === 'restored' && atMs > killedAtMs)
        .map(({ atMs }) => Math.round(atMs - killedAtMs)),
    );
    measured(`screens that were cut had everything again after ${backMs.join(', ')} ms`);
    expect(Math.max(0, ...backMs)).toBeLessThanOrEqual(BACK_MS);
    expect(await Promise.all(screens.map(({ page }) => pictureOn(page)))).toEqual(before);
  }
  // Whoever was not on the first was on the second.
  const lines = await Promise.all(screens.map(({ page }) => lightOf(page)));
  expect(lines.filter((line) => line.length > 0)).toHaveLength(PEOPLE.length);

  const offMs = await Promise.all(
    screens.map(({ page }) => timerOffMs(page, demoSession('s04').path, SECONDS)),
  );
  measured(`the timers are ${offMs.map((each) => each.join(' ')).join(' | ')} ms off the server's`);
  for (const each of offMs) expect(middle(each)).toBeLessThanOrEqual(OFF_MS);

  for (const { flips } of screens) flips.clear();
  const common = () => {
    const [first, ...others] = screens.map(({ flips }) => flips);
    return [...(first?.keys() ?? [])].filter((words) => others.every((flips) => flips.has(words)));
  };
  await expect.poll(() => common().length, { timeout: 20_000 }).toBeGreaterThan(4);
  const apart = common()
    .map((words) => {
      const at = screens.map(({ flips }) => flips.get(words) ?? 0);
      return Math.max(...at) - Math.min(...at);
    })
    .toSorted((a, b) => a - b);
  measured(`the five timers turn within ${apart.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  expect(apart[Math.floor(apart.length / 2)]).toBeLessThan(500);

  // And the room goes on for everybody.
  await floorOf(chair).getByRole('button', { name: '暂停计时' }).click();
  for (const { page } of screens) await expect(page.getByText('计时已暂停').first()).toBeVisible();
});
