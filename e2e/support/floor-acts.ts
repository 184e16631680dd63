import { expect, type Page } from '@playwright/test';

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
