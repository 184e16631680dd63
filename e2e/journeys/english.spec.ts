import { expect } from '@playwright/test';
import { test } from '../support/test.ts';
import { DEMO_PASSWORD } from '../../prisma/seed/demo.ts';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { demoSession } from '../support/park.ts';
import { DESK, openBrowser } from '../support/people.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

test('takes part in English: the choice is kept, and the screen is in one language', async ({ browser }) => {
  const { page } = await openBrowser(browser, DESK);
  await page.goto(`${stack.url}/sign-in`);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByLabel('Account').fill('s04-member1');
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('link', { name: 'Enter the room' }).first().click();
  await expect(
    page.getByRole('heading', { level: 1, name: demoSession('s04').scenario.title }),
  ).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const composer = page.getByRole('region', { name: 'Post a view' });
  await composer.getByRole('radio', { name: 'Suggestion', exact: true }).check();
  await composer.getByRole('textbox').fill('A view in English.');
  await composer.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(page.locator('article[data-seq]').filter({ hasText: 'A view in English.' })).toContainText(
    /Delivered #\d+/i,
  );
  // What people wrote stays as they wrote it; every button speaks English.
  const buttons = await page.getByRole('button').allTextContents();
  const own = /甲|乙|丙|委员|代表|回复/;
  expect(
    buttons.filter((text) => /\p{Script=Han}/u.test(text) && !own.test(text) && !text.includes('中文')),
  ).toEqual([]);
  await expectNoSeriousViolations(page, 'the room in English');
  await shoot(page, 'room-english');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});
