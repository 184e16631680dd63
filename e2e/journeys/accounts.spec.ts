import { expect } from '@playwright/test';
import { expectNoSeriousViolations } from '../support/axe.ts';
import { enterAs } from '../support/park.ts';
import { DESK, openBrowser, PHONE, signInQuietly, type Visitor } from '../support/people.ts';
import { shoot } from '../support/shots.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

async function signIn({ page }: Visitor, login: string, password: string): Promise<void> {
  await page.goto(`${stack.url}/sign-in`);
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

async function disable({ page }: Visitor, login: string): Promise<void> {
  await page.getByLabel('按姓名、单位或账号查找').fill(login);
  const row = page.getByRole('listitem').filter({ hasText: new RegExp(`账号 ${login}(?![\\w-])`) });
  await row.getByText('操作').click();
  await row.getByRole('button', { name: '停用账号' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('所有设备上的登录立即失效');
  await dialog.getByRole('button', { name: '停用账号' }).click();
  await expect(row.getByText('已停用')).toBeVisible();
}

test('the administrator makes an account, it signs in, and once it is disabled it is out and stays out [P7] [P9]', async ({
  browser,
}) => {
  const admin = await openBrowser(browser, DESK);
  await signInQuietly(admin, stack.url, 'admin');
  await admin.page.goto(`${stack.url}/accounts`);
  await expect(admin.page.getByRole('heading', { level: 1, name: '账号与工作室' })).toBeVisible();
  await expectNoSeriousViolations(admin.page, 'the accounts');
  await shoot(admin.page, 'accounts-desk');
  await admin.page.getByRole('button', { name: '新建账号' }).click();
  const sheet = admin.page.getByRole('dialog');
  await sheet.getByLabel('姓名').fill('新来的同志');
  await sheet.getByLabel('账号').fill('new.colleague');
  await expectNoSeriousViolations(admin.page, 'the form of a new account');
  await sheet.getByRole('button', { name: '创建账号' }).click();
  const password = await sheet.getByLabel('密码').inputValue();
  await sheet.getByRole('button', { name: '我已记下' }).click();

  const colleague = await openBrowser(browser, PHONE);
  await signIn(colleague, 'new.colleague', password);
  await expect(colleague.page.getByText('新来的同志').first()).toBeVisible();
  await disable(admin, 'new.colleague');
  await colleague.page.reload();
  await expect(colleague.page.getByRole('button', { name: '登录', exact: true })).toBeVisible();
  await signIn(colleague, 'new.colleague', password);
  await expect(colleague.page.getByRole('alert')).toBeVisible();
  await expect(colleague.page.getByText('新来的同志')).toHaveCount(0);
});

test('a page that is open when its account is disabled is cut without a reload [P9] [G2]', async ({
  browser,
}) => {
  const member = await enterAs(browser, stack.url, { login: 's04-department1', prefix: 's04' });
  const other = await enterAs(browser, stack.url, { login: 's04-member1', prefix: 's04' });
  const admin = await openBrowser(browser, DESK);
  await signInQuietly(admin, stack.url, 'admin');
  await admin.page.goto(`${stack.url}/accounts`);
  await disable(admin, 's04-department1');
  await expect(member.page.getByText('您的登录已失效').first()).toBeVisible();
  await expect(member.page.getByRole('textbox')).toHaveCount(0);
  await expect(other.page.getByRole('region', { name: '发表意见' })).toBeVisible();
});
