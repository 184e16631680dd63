import { expect, type Page } from '@playwright/test';
import { test } from '../support/test.ts';
import pg from 'pg';
import { enterAs, scanAs } from '../support/park.ts';
import { cardOf, postView } from '../support/room-acts.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

/** Presses the button and leaves the words to their fate. */
async function send(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('region', { name: '发表意见' });
  await composer.getByRole('radio', { name: '建议', exact: true }).check();
  await composer.getByRole('textbox', { name: '意见内容' }).fill(text);
  await composer.getByRole('button', { name: '发表', exact: true }).click();
}

/** How often these words stand in the log of any session, asked past every server. */
async function timesInLog(text: string): Promise<number> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from room_event where personal->>'text' = $1`,
    [text],
  );
  await client.end();
  return rows[0]?.count ?? 0;
}

test('while the database is away nothing is lost, nothing is claimed, and all of it comes once afterwards [L7]', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const member = await enterAs(browser, stack.url, { login: 's04-member1', prefix: 's04' });
  const resident = await scanAs(browser, stack.url, { name: '街坊', prefix: 's04' });
  stack.database.away();
  await send(member.page, '数据库不在时说的话。');
  const pending = member.page.getByRole('article', { name: '我正在发送的内容' });
  await expect(pending).toContainText('数据库不在时说的话。');
  await expect.poll(async () => (await fetch(`${stack.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${stack.url}/healthz`)).status).toBe(200);
  await expect(cardOf(member.page, '数据库不在时说的话。')).toHaveCount(0);
  expect(await timesInLog('数据库不在时说的话。')).toBe(0);
  stack.database.back();
  await expect(cardOf(member.page, '数据库不在时说的话。').getByText(/已送达 #\d+/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(pending).toHaveCount(0);
  await expect(cardOf(resident.page, '数据库不在时说的话。')).toHaveCount(1, { timeout: 30_000 });
  expect(await timesInLog('数据库不在时说的话。')).toBe(1);
});

test('a server that is killed while views are posted keeps every one that it acknowledged, once [L7]', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const [server] = stack.processes;
  const member = await enterAs(browser, stack.url, { login: 's04-member2', prefix: 's04' });
  const resident = await scanAs(browser, stack.url, { name: '又一位街坊', prefix: 's04' });
  await postView(member.page, { stance: 'info', text: '断电之前的话。', answers: null });
  const words = ['断电时的第一句。', '断电时的第二句。', '断电时的第三句。'];
  const [first = '', ...others] = words;
  await send(member.page, first);
  await server?.kill();
  for (const text of others) await send(member.page, text);
  await server?.start();
  for (const text of words) {
    await expect(cardOf(member.page, text).getByText(/已送达 #\d+/)).toBeVisible({ timeout: 60_000 });
    await expect(cardOf(resident.page, text)).toHaveCount(1, { timeout: 60_000 });
    expect(await timesInLog(text)).toBe(1);
  }
  // In the order in which they were written, on both screens.
  for (const page of [member.page, resident.page]) {
    const seen = await page.locator('[role=feed] [data-seq] p').allTextContents();
    expect(seen.filter((text) => words.includes(text))).toEqual(words);
  }
});
