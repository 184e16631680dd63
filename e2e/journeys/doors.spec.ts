import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { DEMO_PASSWORD } from '../../prisma/seed/demo.ts';
import { test } from '../support/test.ts';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { codePath, demoSession, enterAs, expectInRoom, scanAs } from '../support/park.ts';
import { joinByCode, openBrowser, PHONE, DESK, signInQuietly } from '../support/people.ts';
import { cardOf } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

test('a code that was revoked, used up, forged or too late says so and lets nobody in', async ({
  browser,
}) => {
  const chair = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  const { page } = chair;
  await page.getByRole('button', { name: '二维码', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '扫码参与' });
  await dialog.getByLabel('最多可用人数').fill('1');
  await dialog.getByRole('button', { name: '生成二维码' }).click();
  await page.getByRole('button', { name: '退出全屏显示' }).click();
  const fresh = dialog.getByRole('listitem').filter({ hasText: '已用 0 / 1' });
  const personal = /https?:\/\/\S+\/j#[\w-]+/.exec((await fresh.textContent()) ?? '')?.[0] ?? '';
  await expectNoSeriousViolations(page, 'the codes of a session');
  await shoot(page, 'codes-desk');

  const first = await openBrowser(browser, PHONE);
  await first.page.goto(personal);
  await expectNoSeriousViolations(first.page, 'the join page');
  await shoot(first.page, 'join-phone');
  await joinByCode(first, personal, {
    name: '一个人',
    venue: demoSession('s04').scenario.venues[0]?.name ?? '',
  });
  const second = await openBrowser(browser, PHONE);
  await second.page.goto(personal);
  await expect(second.page.getByText('二维码已被使用')).toBeVisible();

  const used = dialog.getByRole('listitem').filter({ hasText: '/ 1' });
  await used.getByRole('button', { name: '作废' }).click();
  await page.getByRole('dialog', { name: '作废这个二维码？' }).getByRole('button', { name: '作废' }).click();
  await expect(dialog.getByText('已作废 1 个')).toBeVisible();
  await second.page.reload();
  await expect(second.page.getByText('二维码已停用')).toBeVisible();
  await expectNoSeriousViolations(second.page, 'a code that was revoked');

  await second.page.goto(`${stack.url}/j#${'A'.repeat(43)}`);
  await second.page.reload();
  await expect(second.page.getByText('二维码不正确')).toBeVisible();
  await second.page.goto(`${stack.url}${codePath('s02', 'resident')}`);
  await second.page.reload();
  await expect(second.page.getByText('协商会已结束').first()).toBeVisible();
  await first.page.goto(personal);
  await first.page.reload();
  await expect(first.page.getByText('您已在会中')).toBeVisible();
});

test('a seat is kept when the page is loaded again and when the code is scanned again', async ({
  browser,
}) => {
  const guest = await scanAs(browser, stack.url, { name: '老街坊', prefix: 's04' });
  await guest.page.reload();
  await expect(guest.page.getByRole('group', { name: '我的身份' })).toContainText('老街坊');
  await guest.page.goto(`${stack.url}${codePath('s04', 'resident')}`);
  await guest.page.reload();
  await guest.page.getByRole('link', { name: '回到协商室' }).click();
  await expect(guest.page.getByRole('group', { name: '我的身份' })).toContainText('老街坊');
});

test('words written without a line are kept over a reload and delivered once when it is back', async ({
  browser,
}) => {
  const guest = await scanAs(browser, stack.url, { name: '断网的人', prefix: 's04' });
  const member = await enterAs(browser, stack.url, { login: 's04-member1', prefix: 's04' });
  const { page, context } = guest;
  await context.setOffline(true);
  await page.getByRole('button', { name: '发表意见', exact: true }).click();
  const composer = page.getByRole('region', { name: '发表意见' });
  await composer.getByRole('radio', { name: '建议', exact: true }).check();
  await composer.getByRole('textbox', { name: '意见内容' }).fill('断网时写下的话。');
  await composer.getByRole('button', { name: '发表', exact: true }).click();
  await expect(page.getByText('等待网络恢复后自动发送')).toBeVisible();
  await expectNoSeriousViolations(page, 'words that wait for the line');
  await shoot(page, 'offline-phone');
  // The page comes back before its doors do: only what the browser wrote down can still be sent.
  await page.route('**/api/**', (route) => route.abort('connectionfailed'));
  await context.setOffline(false);
  await page.reload();
  await page.unroute('**/api/**');
  await page.reload();
  await expect(cardOf(member.page, '断网时写下的话。')).toHaveCount(1, { timeout: 30_000 });
  await expect(cardOf(page, '断网时写下的话。')).toHaveCount(1);
  await page.reload();
  await expect(cardOf(page, '断网时写下的话。')).toHaveCount(1);
});

test('too many words, a wrong password and an unknown page are told, and nothing is sent', async ({
  browser,
}) => {
  const member = await enterAs(browser, stack.url, { login: 's04-member1', prefix: 's04' });
  const composer = member.page.getByRole('region', { name: '发表意见' });
  await composer.getByRole('radio', { name: '建议', exact: true }).check();
  await composer.getByRole('textbox', { name: '意见内容' }).fill('长'.repeat(10_000));
  await expect(composer.getByText('超出 8000 字')).toBeVisible();
  await expect(composer.getByRole('button', { name: '发表', exact: true })).toBeDisabled();

  const stranger = await openBrowser(browser, DESK);
  await stranger.page.goto(`${stack.url}/sign-in`);
  await expectNoSeriousViolations(stranger.page, 'the sign-in page');
  await shoot(stranger.page, 'sign-in-desk');
  // What a password manager looks for is there, and what is copied can be put in (ux J5).
  const account = stranger.page.getByLabel('账号');
  const password = stranger.page.getByLabel('密码', { exact: true });
  await expect(account).toHaveAttribute('autocomplete', 'username');
  await expect(password).toHaveAttribute('autocomplete', 'current-password');
  await account.fill('not the password');
  await account.press('ControlOrMeta+a');
  await account.press('ControlOrMeta+x');
  await expect(account).toHaveValue('');
  await password.press('ControlOrMeta+v');
  await expect(password).toHaveValue('not the password');
  await account.fill('convener');
  await stranger.page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(stranger.page.getByRole('alert')).toBeVisible();
  await stranger.page.goto(`${stack.url}/no-such-page`);
  await expect(stranger.page.getByText('没有这个页面')).toBeVisible();
});

test('somebody who is removed is cut off at once and cannot come back [P5]', async ({ browser }) => {
  const chair = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  const guest = await scanAs(browser, stack.url, { name: '被移出的人', prefix: 's04' });
  const seats = (await (
    await chair.context.request.get(`${stack.url}/api${demoSession('s04').path}/snapshot`)
  ).json()) as {
    room: { participants: Record<string, { id: string; name: string }> };
  };
  const seat = Object.values(seats.room.participants).find(({ name }) => name === '被移出的人');
  const removed = await chair.context.request.delete(
    `${stack.url}/api${demoSession('s04').path}/participants/${seat?.id}`,
    {
      data: { why: '扰乱会场' },
      headers: { origin: stack.url, 'idempotency-key': 'remove-the-guest' },
    },
  );
  expect(removed.status(), await removed.text()).toBe(200);
  await expect(guest.page.getByText('您已被移出这场协商会').first()).toBeVisible();
  await guest.page.reload();
  await expect(
    guest.page.getByRole('heading', { level: 1, name: demoSession('s04').scenario.title }),
  ).toHaveCount(0);
});

test('somebody forgotten in the plan is invited, answers, and sends a colleague in their place [I1] [I2] [I3] [I4]', async ({
  browser,
}) => {
  const chair = await enterAs(browser, stack.url, { login: 's06-convener', prefix: 's06' });
  const unit = '县水务局';
  const office = await openBrowser(browser, PHONE);
  await signInQuietly(office, stack.url, 'admin');
  for (const [login, name] of [
    ['water-1', '水务甲'],
    ['water-2', '水务乙'],
  ] as const) {
    const data = { personId: randomUUID(), name, affiliation: unit, login, password: DEMO_PASSWORD };
    const made = await office.context.request.post(`${stack.url}/api/accounts`, {
      data,
      headers: { origin: stack.url },
    });
    expect(made.status(), await made.text()).toBe(200);
  }
  const roll = chair.page.getByRole('region', { name: '人员' });
  await roll.getByRole('button', { name: '邀请人员' }).click();
  const inviting = chair.page.getByRole('dialog', { name: '邀请人员' });
  await inviting.getByLabel('身份').selectOption('department');
  await inviting.getByLabel('按姓名或单位查找').fill(unit);
  await inviting.getByRole('button', { name: '邀请水务甲' }).click();
  await expect(inviting.getByText('已邀请')).toBeVisible();
  await expectNoSeriousViolations(chair.page, 'inviting people');
  await shoot(chair.page, 'invite-1440');
  await inviting.getByRole('button', { name: '关闭邀请' }).click();

  const title = demoSession('s06').scenario.title;
  const asked = await openBrowser(browser, PHONE);
  const card = ({ page }: { page: Page }) => page.getByRole('listitem').filter({ hasText: title });
  const answers = ({ page }: { page: Page }) => page.getByRole('dialog', { name: '会议回执' });
  await signInQuietly(asked, stack.url, 'water-1');
  await asked.page.goto(stack.url);
  await card(asked).getByRole('button', { name: '请回执' }).click();
  await answers(asked)
    .getByRole('radio', { name: /^请假/ })
    .check();
  await answers(asked).getByLabel('请假事由').fill('当天防汛值班');
  await asked.page.setViewportSize({ width: 320, height: 640 });
  expect(await asked.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  await expectNoSeriousViolations(asked.page, 'answering on a phone');
  await shoot(asked.page, 'answer-320');
  await answers(asked).getByRole('button', { name: '提交回执' }).click();
  await expect(card(asked).getByRole('button', { name: '已回执：请假' })).toBeVisible();
  await shoot(asked.page, 'answer-home-320');
  await expect(roll.getByText('请假事由：当天防汛值班')).toBeVisible();
  await expect(roll.getByTestId('answers')).toContainText('请假 1');

  await asked.page.setViewportSize(PHONE);
  await card(asked).getByRole('link').click();
  await asked.page.getByRole('button', { name: '已回执：请假' }).click();
  await answers(asked)
    .getByRole('radio', { name: /^委派/ })
    .check();
  await answers(asked)
    .getByLabel('由谁代为出席')
    .selectOption({ label: `水务乙 · ${unit}` });
  await answers(asked).getByRole('button', { name: '提交回执' }).click();
  await expect(asked.page.getByText('您已委派水务乙代为出席')).toBeVisible();
  await shoot(asked.page, 'answer-room-360');
  await expectNoSeriousViolations(asked.page, 'somebody who is stood for');
  await expect(roll.getByText('代水务甲出席')).toBeVisible();
  await expect(roll.getByTestId('answers')).toContainText('委派 1');
  await roll.getByText('代水务甲出席').scrollIntoViewIfNeeded();
  await shoot(chair.page, 'answers-1440');
  await expectNoSeriousViolations(chair.page, 'the roll with answers');

  const deputy = await openBrowser(browser, PHONE);
  await signInQuietly(deputy, stack.url, 'water-2');
  await deputy.page.goto(stack.url);
  await card(deputy).getByRole('button', { name: '请回执' }).click();
  await answers(deputy).getByRole('button', { name: '提交回执' }).click();
  await expect(card(deputy).getByRole('button', { name: '已回执：参加' })).toBeVisible();
  await expect(roll.getByText('已回执参加')).toBeVisible();
});

test('two phones wait in the lobby: one is let in without a press, the other is told why not [H1] [H2]', async ({
  browser,
}) => {
  const chair = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  const lobby = chair.page.getByRole('dialog', { name: '候会' });
  await chair.page.getByRole('button', { name: '候会', exact: true }).click();
  await lobby.getByRole('button', { name: '改为先候会' }).click();
  await expect(lobby.getByText('扫码来的人先候会')).toBeVisible();
  await lobby.getByRole('button', { name: '关闭候会' }).click();

  const [first, second] = [await openBrowser(browser, PHONE), await openBrowser(browser, PHONE)];
  const venue = demoSession('s04').scenario.venues[0]?.name ?? '';
  for (const [phone, name] of [
    [first, '先到的人'],
    [second, '后到的人'],
  ] as const) {
    await joinByCode(phone, `${stack.url}${codePath('s04', 'resident')}`, { name, venue });
    await expect(phone.page.getByRole('heading', { level: 1, name: '请稍候' })).toBeVisible();
  }
  await first.page.reload();
  await expect(first.page.getByText('您已到候会室')).toBeVisible();
  await expect(first.page.getByText(demoSession('s04').scenario.title)).toBeVisible();
  await expectNoSeriousViolations(first.page, 'waiting in the lobby');
  await shoot(first.page, 'lobby-waiting-360');
  await expect(first.page.getByRole('tab')).toHaveCount(0);
  await expect(chair.page.getByRole('region', { name: '人员' }).getByText('先到的人')).toHaveCount(0);

  await chair.page.getByRole('button', { name: '候会 2 人' }).click();
  await expectNoSeriousViolations(chair.page, 'who waits');
  await shoot(chair.page, 'lobby-1440');
  await lobby.getByRole('button', { name: '让先到的人进入' }).click();
  await expect(first.page.getByRole('group', { name: '我的身份' })).toContainText('先到的人');
  await expect(chair.page.getByRole('button', { name: '候会 1 人' })).toBeAttached();
  await lobby.getByRole('button', { name: '谢绝后到的人' }).click();
  const refusal = chair.page.getByRole('dialog', { name: '谢绝后到的人' });
  await refusal.getByLabel('理由').fill('本场名额已满');
  await refusal.getByRole('button', { name: '谢绝', exact: true }).click();
  await second.page.setViewportSize({ width: 320, height: 640 });
  await expect(second.page.getByText('主持人说：本场名额已满')).toBeVisible();
  expect(await second.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  await expectNoSeriousViolations(second.page, 'turned away');
  await shoot(second.page, 'lobby-away-320');
  await lobby.getByRole('button', { name: '改为直接进入' }).click();
  await expect(lobby.getByText('扫码来的人直接进入')).toBeVisible();
});

test('people are shown by a form of address; a look at a real name is for a purpose, and told to whom it concerns [U1] [U2] [U3] [U4]', async ({
  browser,
}) => {
  const chair = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  const roll = chair.page.getByRole('region', { name: '人员' });
  const before = '委员J（建言者）';
  await expect(roll.getByText(before).first()).toBeVisible();
  await roll.getByRole('button', { name: '改为以称谓显示' }).click();
  await chair.page
    .getByRole('dialog', { name: '改为以称谓显示？' })
    .getByRole('button', { name: '改为以称谓显示' })
    .click();
  await expect(roll.getByText('本场以称谓显示')).toBeVisible();
  await expect(roll.getByText(before)).toHaveCount(0);

  const guest = await openBrowser(browser, PHONE);
  const { page } = guest;
  const heard: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
  page.on(
    'response',
    (answer) =>
      void answer.text().then(
        (text) => heard.push(text),
        () => undefined,
      ),
  );
  await page.goto(`${stack.url}${codePath('s04', 'resident')}`);
  await page.getByLabel('怎么称呼您').fill('楼组长');
  await page.getByLabel('真实姓名（可不填）').fill('赵小燕');
  await page.getByRole('radio', { name: demoSession('s04').scenario.venues[0]?.name ?? '' }).check();
  await expect(
    page.getByText('即同意召集人、主持人、记录员、工作人员和机关工作人员在说明用途后查看'),
  ).toBeVisible();
  await expectNoSeriousViolations(page, 'joining where names are not shown');
  await shoot(page, 'names-join-360');
  await page.getByRole('button', { name: '参与协商' }).click();
  await expectInRoom(page);

  await expect(roll.getByText('楼组长', { exact: true })).toBeVisible();
  await roll.getByLabel('管理楼组长').click();
  await roll.getByRole('button', { name: '查看楼组长的实名' }).click();
  const look = chair.page.getByRole('dialog', { name: '查看实名：楼组长' });
  await look.getByLabel('用途').selectOption({ label: '联系本人' });
  await expectNoSeriousViolations(chair.page, 'looking at a real name');
  await shoot(chair.page, 'names-look-1440');
  await look.getByRole('button', { name: '查看实名', exact: true }).click();
  await expect(look.getByText('实名：赵小燕')).toBeVisible();
  await look.getByRole('button', { name: '关闭' }).click();

  await page.getByRole('tab', { name: '议程' }).click();
  await page.getByRole('button', { name: '实名查看记录（1 次）' }).click();
  const mine = page.getByRole('dialog', { name: '谁查看过我的实名' });
  await expect(mine.getByText(/召集人.*查看楼组长的实名，用途：联系本人/)).toBeVisible();
  await expectNoSeriousViolations(page, 'who looked at my name');
  await shoot(page, 'names-mine-360');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  await mine.getByRole('button', { name: '关闭' }).click();
  await page.getByLabel('更多', { exact: true }).click();
  await page.getByRole('button', { name: '我同意过的内容' }).click();
  const agreed = page.getByRole('dialog', { name: '我同意过的内容' });
  await expect(agreed.getByText(/同意（第 2 版）/)).toBeVisible();
  await expect(agreed.getByText('即同意召集人、主持人、记录员、工作人员和机关工作人员')).toBeVisible();
  await expectNoSeriousViolations(page, 'what I agreed to');
  await shoot(page, 'consent-360');
  expect(heard.length).toBeGreaterThan(5);
  for (const words of heard) expect(words).not.toContain(before);
});
