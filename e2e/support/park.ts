import { expect, type Browser, type Page } from '@playwright/test';
import { LinkId } from '../../core/domain/ids.ts';
import { chairIn } from '../../core/domain/scenarios/casting.ts';
import { scriptOf } from '../../core/domain/scenarios/script.ts';
import { demoScenarios } from '../../prisma/seed/files.ts';
import { demoLinkId } from '../../prisma/seed/people.ts';
import { linkToken } from '../../server/services/link-token.ts';
import { DESK, joinByCode, openBrowser, PHONE, signInQuietly, type Visitor } from './people.ts';
import { SECRET_KEY } from './server-process.ts';

/** A session of the demo, by the beginning of its file's name: s04 is in session, s02 is archived. */
export function demoSession(prefix: string) {
  const scenario = demoScenarios().find(({ id }) => id.startsWith(prefix));
  const chair = scenario === undefined ? null : chairIn(scenario);
  if (scenario === undefined || chair === null) throw new Error(`the demo has no ${prefix}`);
  const sessionId = scriptOf(scenario, 'demo', chair).plan.id;
  return { scenario, sessionId, path: `/sessions/${sessionId}` };
}

/** The path behind the code of a role in a session of the demo. */
export function codePath(prefix: string, role: 'resident' | 'stakeholder'): string {
  const { scenario } = demoSession(prefix);
  return `/j#${linkToken(SECRET_KEY, LinkId.parse(demoLinkId(scenario, role)))}`;
}

/** Somebody with an account in the room of a session. */
export async function enterAs(
  browser: Browser,
  url: string,
  { login, prefix }: { login: string; prefix: string },
): Promise<Visitor> {
  const visitor = await openBrowser(browser, DESK);
  await signInQuietly(visitor, url, login);
  await visitor.page.goto(`${url}${demoSession(prefix).path}`);
  await expectInRoom(visitor.page);
  return visitor;
}

/** A page is drawn before its line to the server is there: what passes by in between, a signal or a count, it never sees. */
export async function expectInRoom(page: Page): Promise<void> {
  await expect(page.getByRole('banner').getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('banner').locator('[data-connection=live]')).toBeVisible();
}

/** A resident on a small phone in the room of a session. */
export async function scanAs(
  browser: Browser,
  url: string,
  { name, prefix }: { name: string; prefix: string },
): Promise<Visitor> {
  const visitor = await openBrowser(browser, PHONE);
  await joinByCode(visitor, `${url}${codePath(prefix, 'resident')}`, {
    name,
    venue: demoSession(prefix).scenario.venues[0]?.name ?? '',
  });
  await expectInRoom(visitor.page);
  return visitor;
}
