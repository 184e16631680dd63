import { expect, type Page } from '@playwright/test';
import { turnClock } from '../../core/domain/room/floor-time.ts';
import { currentTurn, type Room } from '../../core/domain/room/state.ts';

/** What the room shows of who speaks and who waits. */
export const floorOf = (page: Page) => page.getByRole('region', { name: '发言', exact: true });

/** Asks for the floor, with what is said in the window. */
export async function askForFloor(
  page: Page,
  said: { readonly kind?: string; readonly stance?: string } = {},
) {
  await page.getByRole('button', { name: '申请发言' }).first().click();
  const dialog = page.getByRole('dialog', { name: '申请发言' });
  if (said.kind !== undefined) await dialog.getByLabel('发言类别').selectOption(said.kind);
  if (said.stance !== undefined) await dialog.getByLabel('我的立场').selectOption(said.stance);
  await dialog.getByRole('button', { name: '申请发言' }).click();
  await expect(page.getByText(/您排在第 \d 位/).first()).toBeVisible();
}

/** When each text of the speaker's timer came onto a screen. */
export async function watchTimer(page: Page, seen: Map<string, number>) {
  await page.exposeFunction('timerSays', (words: string) => {
    if (!seen.has(words)) seen.set(words, performance.now());
  });
  await page.evaluate(() => {
    const say = (window as unknown as { timerSays: (words: string) => void }).timerSays;
    const look = () => {
      const words = [...document.querySelectorAll('[role=timer]')].map((node) => node.textContent ?? '');
      const left = words.find((one) => one.startsWith('剩余') && !one.includes('分')) ?? '';
      if (left !== '') say(left);
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
}

/** What is left of the turn that goes on, as a screen says it. */
export async function secondsLeft(page: Page): Promise<number> {
  const words =
    (await page
      .getByText(/剩余 \d+:\d\d/)
      .first()
      .textContent()) ?? '';
  const [, minutes, seconds] = /剩余 (\d+):(\d\d)/.exec(words) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

/** A text of the speaker's timer, and when it came, by the clock that nobody sets: as the page has it. */
type Flip = { readonly words: string; readonly atMs: number };

/** Has a page note by its own clock what its timer of a speech turns to: how busy the test is says nothing then. */
export async function noteOwnTimer(page: Page): Promise<void> {
  await page.evaluate(() => {
    const flips: Flip[] = [];
    Object.assign(window, { flips });
    const look = () => {
      const words = [...document.querySelectorAll('[role=timer]')].map((node) => node.textContent ?? '');
      const left = words.find((one) => /^剩余 \d+:\d\d$/.test(one)) ?? '';
      if (left !== '' && flips.at(-1)?.words !== left)
        flips.push({ words: left, atMs: performance.timeOrigin + performance.now() });
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
}

/**
 * How far the speech timer of a page is from the server's, milliseconds, one for each of so many seconds that it turned to
 * from now on. The server is asked for its time by the same page, so that no clock but the page's own and the server's counts.
 */
export async function timerOffMs(page: Page, path: string, seconds: number): Promise<readonly number[]> {
  await page.evaluate(() => void ((window as unknown as { flips: Flip[] }).flips.length = 0));
  await page.waitForFunction(
    (seconds) => (window as unknown as { flips: Flip[] }).flips.length > seconds,
    seconds,
  );
  const { flips, aheadMs, room } = await page.evaluate(async (path) => {
    const now = () => performance.timeOrigin + performance.now();
    const notes = (window as unknown as { flips: Flip[] }).flips;
    let best = { tookMs: Infinity, aheadMs: 0 };
    for (let n = 0; n < 5; n += 1) {
      const askedMs = now();
      const { now: said } = await (await fetch('/api/clock')).json();
      const tookMs = now() - askedMs;
      if (tookMs < best.tookMs) best = { tookMs, aheadMs: Date.parse(said) - (askedMs + tookMs / 2) };
    }
    const { room } = await (await fetch(`/api${path}/snapshot`)).json();
    // What it showed when it was first looked at may have been there for a while.
    return { flips: notes.slice(1), aheadMs: best.aheadMs, room: room as Room };
  }, path);
  const turn = currentTurn(room);
  if (turn === undefined) throw new Error('nobody speaks');
  return flips.map(({ words, atMs }) => {
    const [, minutes, rest] = /(\d+):(\d\d)/.exec(words) ?? [];
    const shown = Number(minutes) * 60 + Number(rest);
    const serverMs = atMs + aheadMs;
    // It turns with the seconds of the server's clock: the one at which so much was left.
    const second = Math.round(serverMs / 1_000);
    const meant = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5].find(
      (n) => Math.floor((turnClock(turn, (second + n) * 1_000).leftMs ?? 0) / 1_000) === shown,
    );
    return meant === undefined ? Infinity : Math.round(Math.abs(serverMs - (second + meant) * 1_000));
  });
}

/** The one in the middle: a single turning may be late because the machine was busy. */
export function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity;
}
