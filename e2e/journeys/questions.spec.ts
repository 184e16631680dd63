import { expect, type Browser, type Page } from '@playwright/test';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { demoSession, enterAs, scanAs } from '../support/park.ts';
import { openBrowser, PHONE, signInQuietly } from '../support/people.ts';
import { cardOf, openTab } from '../support/room-acts.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

const FIRE = '县消防救援大队';
const CITY = '县城市管理局';
const CULTURE = '县文化和旅游局';
const ASKED = '早市占了消防通道，归哪个部门管？';

/** Somebody with an account on a small phone. */
async function onPhone(browser: Browser, login: string): Promise<Page> {
  const visitor = await openBrowser(browser, PHONE);
  await signInQuietly(visitor, stack.url, login);
  await visitor.page.goto(`${stack.url}${demoSession('s04').path}`);
  await expect(visitor.page.getByRole('banner').getByRole('heading', { level: 1 })).toBeVisible();
  return visitor.page;
}

const panelOf = (page: Page) => page.getByRole('region', { name: '请部门回应的问题' });
const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

test('departments are asked on the spot: they answer, take away or pass on, and nothing is closed over unseen [D3] [D4] [D8]', async ({
  browser,
}) => {
  const { page: chair } = await enterAs(browser, stack.url, { login: 's04-convener', prefix: 's04' });
  const { page: fire } = await enterAs(browser, stack.url, { login: 's04-department1', prefix: 's04' });
  const city = await onPhone(browser, 's04-department2');
  const { page: resident } = await scanAs(browser, stack.url, { name: '街坊乙', prefix: 's04' });

  await test.step('a resident puts a question with their view', async () => {
    await resident.getByRole('button', { name: '发表意见', exact: true }).click();
    const composer = resident.getByRole('region', { name: '发表意见' });
    await composer.getByRole('radio', { name: '提问', exact: true }).check();
    await composer.getByRole('checkbox', { name: CITY }).check();
    await composer.getByRole('textbox', { name: '意见内容' }).fill(ASKED);
    expect(await fits(resident)).toBe(true);
    await shoot(resident, 'questions-composer');
    await composer.getByRole('button', { name: '发表', exact: true }).click();
    await expect(panelOf(city).getByRole('heading', { name: '待回应（1 项）' })).toBeVisible();
    await expect(cardOf(resident, ASKED).getByText(`等待${CITY}回应`)).toBeVisible();
    await expect(panelOf(city).getByText(ASKED)).toBeVisible();
    await expect(city.getByTestId('announcements')).toHaveText(/有 1 个问题请本单位回应/);
    await expectNoSeriousViolations(city, 'a question on the phone of a department');
    expect(await fits(city)).toBe(true);
    await shoot(city, 'questions-waiting-phone');
  });

  await test.step('the chair puts it to another department, in the room at once', async () => {
    await cardOf(chair, ASKED).getByRole('button', { name: '请部门回应街坊乙的意见' }).click();
    const dialog = chair.getByRole('dialog', { name: '请哪个部门回应？' });
    await expect(dialog.getByRole('button', { name: `请${CITY}回应` })).toBeDisabled();
    await expectNoSeriousViolations(chair, 'choosing a department');
    await shoot(chair, 'questions-put');
    await dialog.getByRole('button', { name: `请${FIRE}回应` }).click();
    await expect(panelOf(fire).getByText(ASKED)).toBeVisible();
    await dialog.getByRole('button', { name: '取消' }).click();
    await shoot(fire, 'questions-waiting-desk');
  });

  await test.step('one department says that it is not theirs; the chair decides; it is taken away with a date', async () => {
    await panelOf(city).getByRole('button', { name: '不属本单位' }).click();
    const pass = city.getByRole('form', { name: '不属本单位' });
    await pass.getByLabel('单位名称').fill('县市场监督管理局');
    await pass.getByLabel('为什么不属本单位').fill('早市经营由市场监管部门登记');
    expect(await fits(city)).toBe(true);
    await shoot(city, 'questions-pass-phone');
    await pass.getByRole('button', { name: '转出' }).click();
    await expect(panelOf(city)).toBeHidden();
    await expect(panelOf(chair).getByText('县市场监督管理局')).toBeVisible();
    await shoot(chair, 'questions-unassigned');
    await panelOf(chair).getByRole('button', { name: '请其他部门回应' }).click();
    await chair
      .getByRole('dialog', { name: '改由哪个部门回应？' })
      .getByRole('button', { name: `请${CITY}回应` })
      .click();
    await expect(panelOf(chair)).toBeHidden();
    await panelOf(city).getByRole('button', { name: '带回办理' }).click();
    const take = city.getByRole('form', { name: '带回办理' });
    await take.getByRole('button', { name: '30 天' }).click();
    await take.getByLabel('带回后怎样办理').fill('划定疏导点后书面答复');
    await expectNoSeriousViolations(city, 'taking a question away');
    await shoot(city, 'questions-take-phone');
    await take.getByRole('button', { name: '带回办理' }).click();
    await expect(
      cardOf(resident, ASKED).getByText(`${CITY}带回办理，30 天内：划定疏导点后书面答复`),
    ).toBeVisible();
  });

  await test.step('the session is not closed over the one that waits', async () => {
    await chair.getByRole('button', { name: '结束会议' }).click();
    const dialog = chair.getByRole('dialog');
    await expect(dialog.getByTestId('waiting-questions')).toHaveText(`等待${FIRE}回应`);
    await dialog.getByRole('button', { name: '结束会议' }).click();
    await expect(dialog.getByText('请先写明理由')).toBeVisible();
    await shoot(chair, 'questions-close');
    await dialog.getByRole('button', { name: '取消' }).click();
  });

  await test.step('it is answered on the spot, with reasons', async () => {
    await panelOf(fire).getByRole('button', { name: '现场答复' }).click();
    const answer = fire.getByRole('form', { name: '现场答复' });
    await answer.getByRole('radio', { name: '暂不能办' }).check();
    await expect(answer.getByRole('button', { name: '提交答复' })).toBeDisabled();
    await answer.getByLabel('暂不能办的理由').fill('清理摊位须由城管部门执法，我队只能检查通道');
    await shoot(fire, 'questions-answer');
    await answer.getByRole('button', { name: '提交答复' }).click();
    await expect(panelOf(fire)).toBeHidden();
    await expect(cardOf(resident, ASKED).getByText(`${FIRE}已现场答复`)).toBeVisible();
  });

  await test.step('what was taken away becomes a task, and the record tells what became of all', async () => {
    await openTab(chair, '办理事项');
    await chair.getByRole('button', { name: '记为办理事项' }).click();
    const form = chair.getByRole('form', { name: '记录办理事项' });
    await expect(form.getByLabel('主办单位')).toHaveValue(CITY);
    await expect(form.getByLabel('办理时限')).toHaveValue('30');
    await form.getByLabel('验收标准').fill('通道无摊位');
    await form.getByRole('button', { name: '记录', exact: true }).click();
    await expect(chair.locator('[data-task-id]').filter({ hasText: '划定疏导点后书面答复' })).toBeVisible();
    await expect(chair.getByRole('button', { name: '记为办理事项' })).toBeHidden();
    await shoot(chair, 'questions-tasks');
    await cardOf(chair, ASKED).getByRole('button', { name: '请部门回应街坊乙的意见' }).click();
    await chair.getByRole('button', { name: `请${CULTURE}回应` }).click();
    await expect(cardOf(resident, ASKED).getByText(`等待${CULTURE}回应`)).toBeVisible();
    await chair.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    await chair.getByRole('button', { name: '结束会议' }).click();
    const dialog = chair.getByRole('dialog');
    await dialog.getByLabel('不等回应就结束的理由').fill('文旅局代表提前离会');
    await dialog.getByRole('button', { name: '结束会议' }).click();
    await expect(chair.getByText('记录已归档')).toBeVisible();
    await chair.goto(`${stack.url}${demoSession('s04').path}/archive`);
    const section = chair.getByRole('region', { name: '请部门回应' });
    await expect(section.getByText('文旅局代表提前离会')).toBeVisible();
    await expect(section.getByText(`会议结束时未回应： 等待${CULTURE}回应`)).toBeVisible();
    await expect(section.getByText('已记为办理事项第')).toBeVisible();
    await section.scrollIntoViewIfNeeded();
    await shoot(chair, 'questions-archive');
  });
});
