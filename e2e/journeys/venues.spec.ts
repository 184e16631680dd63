import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, type Browser, type Page } from '@playwright/test';
import { STAFF } from '../../prisma/seed/people.ts';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { floorOf } from '../support/floor-acts.ts';
import { demoSession, enterAs, expectInRoom, scanAs } from '../support/park.ts';
import { DESK, PHONE, type Visitor } from '../support/people.ts';
import { openTab } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack({ processes: 2 });
});
test.afterAll(() => stack.close());

/** The other process of the two. */
const otherUrl = () => stack.processes[1]?.url ?? stack.url;

async function expectNoSideways(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
}

/** Has a page note when it says that the venue which has the floor is away, by its own clock. */
async function noteGone(page: Page): Promise<void> {
  await page.evaluate(() => {
    const look = () => {
      if ('goneAtMs' in window || !document.body.innerText.includes('这个会场已离线')) return;
      Object.assign(window, { goneAtMs: performance.timeOrigin + performance.now() });
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
}
const goneAtMs = (page: Page) =>
  page.evaluate(() => (window as unknown as { goneAtMs?: number }).goneAtMs ?? Infinity);

/** Somebody of the office whom the chair asks to look after a place, at its desk. */
async function openDesk(browser: Browser, chair: Page, venueId: string): Promise<Visitor> {
  const { path } = demoSession('s04');
  const data = { participantId: randomUUID(), personId: STAFF.personId, role: 'staff', venueId };
  const headers = { origin: stack.url, 'idempotency-key': randomUUID() };
  const asked = await chair.context().request.post(`${stack.url}/api${path}/participants`, { data, headers });
  expect(asked.status(), await asked.text()).toBe(200);
  return await enterAs(browser, otherUrl(), { login: STAFF.login, prefix: 's04' });
}

test('a hall claps and asks for louder words: everybody sees how many, the chair at a glance [Q1] [Q2] [Q3]', async ({
  browser,
}) => {
  const chair = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  const member = await enterAs(browser, stack.url, { login: 's04-member1', prefix: 's04' });
  const phone = await scanAs(browser, otherUrl(), { name: '坐在后排的人', prefix: 's04' });
  const barOf = (page: Page) => page.getByRole('complementary', { name: '会场示意' });
  const press = (page: Page, name: RegExp) => barOf(page).getByRole('button', { name }).click();

  await press(phone.page, /^没听清/);
  // A count is there for ten seconds: everybody is looked at together.
  const allSee = (kind: string) =>
    Promise.all(
      [chair, member, phone].map(({ page }) => expect(page.getByTestId(`signal-${kind}`)).toHaveText('1')),
    );
  await Promise.all([
    allSee('unheard'),
    expect(barOf(chair.page).getByText('1 人没听清。')).toBeVisible(),
    expect(chair.page.getByTestId('announcements')).toContainText('1 人没听清。'),
  ]);
  await press(member.page, /^鼓掌/);
  await allSee('applause');
  // Nobody but whoever is meant is spoken to.
  await expect(barOf(member.page).getByText('人没听清')).toHaveCount(0);
  await expect(barOf(phone.page).getByRole('button', { name: /^没听清 ?\d* ?秒后可再发/ })).toBeVisible();
  await shoot(chair.page, 'signals-1440');
  await shoot(phone.page, 'signals-360');
  await expectNoSeriousViolations(phone.page, 'signals on a phone');
  await expectNoSeriousViolations(chair.page, 'signals at the chair');

  // Another window of the same person rests with the first.
  const again = await phone.context.newPage();
  await again.setViewportSize({ width: 320, height: 640 });
  await again.goto(phone.page.url());
  await press(again, /^没听清/);
  await expect(barOf(again).getByRole('button', { name: /秒后可再发/ })).toBeVisible();
  await expectNoSideways(again);
  await shoot(again, 'signals-320');
  await expect(chair.page.getByTestId('signal-unheard')).toHaveCount(0, { timeout: 15_000 });
});

test('two venues on one roll: a code on the wall, a phone that scans it, the floor of a place, leave, and a place that drops [M1] [M2] [M4] [M6] [M8] [M9] [F10] [F11]', async ({
  browser,
}) => {
  const chair = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  const { path, scenario } = demoSession('s04');
  const mobile = scenario.venues.find(({ kind }) => kind === 'mobile');
  if (mobile === undefined) throw new Error('the demo has no phones');
  const roll = chair.page.getByRole('region', { name: '人员' });
  const placeOf = (name: string) => roll.locator('details').filter({ has: chair.page.getByText(name) });
  const place = placeOf(mobile.name).first();
  await expect(place.locator('summary').first()).toContainText('离线');

  // The wall of the venue, and a phone that sat down elsewhere and scans it.
  const wall = await chair.context.newPage();
  await wall.goto(`${stack.url}${path}/check-in/${mobile.id}`);
  await expect(wall.getByRole('img', { name: '签到二维码' })).toBeVisible();
  await expectNoSeriousViolations(wall, 'the wall of a venue');
  await shoot(wall, 'check-in-wall-1440');
  const phone = await scanAs(browser, otherUrl(), { name: '刚到连线点的人', prefix: 's04' });
  const answer = await chair.context.request.get(`${stack.url}/api${path}/venues/${mobile.id}/check-in-code`);
  const { url } = await answer.json();
  await phone.page.goto(`${otherUrl()}/check-in${new URL(url).hash}`);
  await expect(phone.page.getByText(`您已在“${mobile.name}”签到。`)).toBeVisible();
  expect(new URL(phone.page.url()).hash).toBe('');
  await expectNoSeriousViolations(phone.page, 'checked in');
  await shoot(phone.page, 'checked-in-360');
  await phone.page.getByRole('link', { name: '进入协商室' }).click();
  await expect(place.locator('summary').first()).toContainText('在线 1');
  await expect(place.getByText('刚到连线点的人', { exact: true })).toBeVisible();

  // The office takes the roll with it.
  const [download] = await Promise.all([
    chair.page.waitForEvent('download'),
    roll.getByRole('button', { name: '下载签到表' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^签到表 .*\.csv$/);
  const csv = await readFile(await download.path(), 'utf8');
  expect(csv).toMatch(/^\uFEFF"会场","称呼","单位","身份","出席","签到时间","签到方式"\r\n/);
  expect(csv).toContain(`"${mobile.name}","刚到连线点的人","","群众代表","实到"`);

  // The desk of the place asks for the floor, and sees that it waits; whoever leads gives it from the queue.
  const desk = await openDesk(browser, chair.page, mobile.id);
  const floor = floorOf(chair.page);
  const atDesk = floorOf(desk.page);
  await atDesk.getByRole('button', { name: `为${mobile.name}申请发言` }).click();
  await expect(atDesk.getByText(`${mobile.name}正在等候发言`)).toBeVisible();
  await atDesk.scrollIntoViewIfNeeded();
  await shoot(desk.page, 'venue-desk-waits-1440');
  await floor.getByRole('button', { name: `请${mobile.name}发言` }).click();
  // The floor is the venue's: its people see that it is, and until somebody says who speaks its minutes are its own.
  const unnamed = `${mobile.name}（未记发言人）`;
  await Promise.all([chair, desk].map(({ page }) => expect(floorOf(page).getByText(unnamed)).toBeVisible()));
  await expect(phone.page.getByTestId('venue-turn')).toHaveText(`轮到${mobile.name}发言了`);
  await expect(wall.getByText(`轮到${mobile.name}发言了`)).toBeVisible();
  await shoot(wall, 'venue-floor-wall-1440');
  await desk.page.setViewportSize(PHONE);
  await openTab(desk.page, '议程');
  await atDesk.scrollIntoViewIfNeeded();
  await shoot(desk.page, 'venue-desk-holds-360');
  await expectNoSideways(desk.page);
  await expectNoSeriousViolations(desk.page, 'the desk of a venue on a phone');
  await atDesk.getByLabel('正在发言的人').selectOption({ label: '刚到连线点的人' });
  await expect(floor.getByText(unnamed)).toHaveCount(0);
  const held = `${mobile.name}（发言人：刚到连线点的人）`;
  await expect(phone.page.getByRole('banner').getByText(held)).toBeVisible();
  await floor.scrollIntoViewIfNeeded();
  await shoot(chair.page, 'venue-floor-1440');
  await shoot(phone.page, 'venue-floor-360');

  // Leave is one press of the one who asks for it, and everybody's roll says so.
  await openTab(phone.page, '议程');
  const own = phone.page.getByRole('region', { name: '人员' });
  await own.getByRole('button', { name: '请假', exact: true }).click();
  await expect(roll.getByRole('heading', { name: /^人员.*请假 1$/ })).toBeVisible();
  await expectNoSideways(phone.page);
  await shoot(phone.page, 'roll-360');
  await own.getByRole('button', { name: '撤回请假' }).click();
  await expect(roll.getByText('请假 1')).toHaveCount(0);
  await roll.scrollIntoViewIfNeeded();
  await place.scrollIntoViewIfNeeded();
  await shoot(chair.page, 'roll-1440');
  await expectNoSeriousViolations(chair.page, 'the floor of a venue and the roll of two');

  // All of the place drop while it has the floor: it keeps it, the chair is told, and the desk comes back to it.
  // Counted on the chair's page, from the last of them to the words.
  await noteGone(chair.page);
  await Promise.all([phone.context.close(), desk.context.setOffline(true)]);
  const droppedAtMs = Date.now();
  await Promise.all([
    expect(place.locator('summary').first()).toContainText('离线', { timeout: 15_000 }),
    expect(floor.getByText('这个会场已离线')).toBeVisible({ timeout: 15_000 }),
  ]);
  const goneMs = (await goneAtMs(chair.page)) - droppedAtMs;
  test.info().annotations.push({ type: 'measured', description: `told after ${Math.round(goneMs)} ms` });
  expect(goneMs).toBeLessThanOrEqual(10_000);
  await floor.scrollIntoViewIfNeeded();
  await shoot(chair.page, 'venue-gone-1440');
  await desk.context.setOffline(false);
  await Promise.all([
    expectInRoom(desk.page),
    expect(place.locator('summary').first()).toContainText('在线 1'),
    expect(floor.getByText('这个会场已离线')).toHaveCount(0),
  ]);
  await desk.page.setViewportSize(DESK);
  await atDesk.getByRole('button', { name: `结束${mobile.name}的发言` }).click();
  await expect(floor.getByText('现在没有人发言')).toBeVisible();
  await atDesk.scrollIntoViewIfNeeded();
  await shoot(desk.page, 'venue-desk-after-1440');

  // It was the wrong place: taken back they sit where they sat, and the roll says so.
  await roll.getByLabel('管理刚到连线点的人').click();
  await roll.getByRole('button', { name: '撤销刚到连线点的人的签到' }).click();
  await expect(roll.getByText(/签到于 \S+ 由\S+撤销/)).toBeVisible();
  await expect(place.getByText('刚到连线点的人', { exact: true })).toHaveCount(0);
  await roll.getByText(/签到于 \S+ 由\S+撤销/).scrollIntoViewIfNeeded();
  await shoot(chair.page, 'check-in-undone-1440');
});
