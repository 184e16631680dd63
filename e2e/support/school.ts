import { expect, type Browser, type Page } from '@playwright/test';
import { peopleOf, type DemoPerson } from '../../prisma/seed/people.ts';
import { demoScenarios } from '../../prisma/seed/files.ts';
import type { Act } from '../../core/domain/scenarios/acts.ts';
import type { Scenario } from '../../core/domain/scenarios/scenario.ts';
import { scriptOf, type Script } from '../../core/domain/scenarios/script.ts';
import { DESK, joinByCode, openBrowser, PHONE, signIn, signInQuietly, type Visitor } from './people.ts';
import { postReply, postView } from './room-acts.ts';

/** The school's meeting as the demo plans it: ready to begin. */
export function schoolMeeting(): { scenario: Scenario; script: Script; sessionId: string } {
  const scenario = demoScenarios().find(({ id }) => id === 's01-school-traffic');
  if (scenario === undefined) throw new Error('the school is not in the demo');
  const script = scriptOf(scenario, 'demo', 'p01');
  return { scenario, script, sessionId: script.plan.id };
}

/** Everybody at a browser of their own, by their id in the file. */
export type Hall = ReadonlyMap<string, Visitor>;

/** The page of somebody. */
export function pageOf(hall: Hall, fileId: string): Page {
  const visitor = hall.get(fileId);
  if (visitor === undefined) throw new Error(`${fileId} is not in the hall`);
  return visitor.page;
}

/** The convener comes first: signs in by hand, finds the session on their desk, and waits in the room. */
export async function bringConvener(browser: Browser, url: string): Promise<Visitor> {
  const convener = await openBrowser(browser, DESK);
  await signIn(convener, url, 'convener');
  const { page } = convener;
  const { scenario } = schoolMeeting();
  const card = page.getByRole('listitem').filter({ hasText: scenario.title });
  await card.getByRole('link', { name: '进入会场等候' }).click();
  await expect(page.getByRole('heading', { name: scenario.title, level: 1 })).toBeVisible();
  return convener;
}

/** Everybody else: accounts sign in, residents and stakeholders scan the code of their role on a small phone. */
export async function bringPeople(
  browser: Browser,
  { urlFor, codes }: { urlFor: (fileId: string) => string; codes: ReadonlyMap<string, string> },
): Promise<Map<string, Visitor>> {
  const { scenario, sessionId } = schoolMeeting();
  const hall = new Map<string, Visitor>();
  for (const person of peopleOf(scenario)) {
    if (person.role === 'convener') continue;
    const url = urlFor(person.fileId);
    if (person.login === null)
      hall.set(person.fileId, await bringGuest(browser, { person, scenario, url, codes }));
    else {
      const visitor = await openBrowser(browser, DESK);
      await signInQuietly(visitor, url, person.login);
      await visitor.page.goto(`${url}/sessions/${sessionId}`);
      hall.set(person.fileId, visitor);
    }
  }
  for (const { page } of hall.values()) {
    await expect(page.getByRole('heading', { name: scenario.title, level: 1 })).toBeVisible();
  }
  return hall;
}

async function bringGuest(
  browser: Browser,
  come: { person: DemoPerson; scenario: Scenario; url: string; codes: ReadonlyMap<string, string> },
): Promise<Visitor> {
  const { person, scenario, url, codes } = come;
  const visitor = await openBrowser(browser, PHONE);
  const code = new URL(codes.get(person.role) ?? '');
  const venue = scenario.venues.find(({ id }) => id === person.venue)?.name ?? '';
  await joinByCode(visitor, `${url}${code.pathname}${code.hash}`, { name: person.name, venue });
  return visitor;
}

/** The addresses behind the codes that the chair shows, by role. */
export async function readCodes(page: Page): Promise<Map<string, string>> {
  await page.getByRole('button', { name: '二维码', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '扫码参与' });
  const codes = new Map<string, string>();
  for (const [role, name] of [
    ['resident', '群众代表'],
    ['stakeholder', '利益相关方'],
  ] as const) {
    const card = dialog
      .getByRole('listitem')
      .filter({ has: page.getByRole('img', { name: `${name}扫码参与的二维码` }) });
    const address = /https?:\/\/\S+\/j#[\w-]+/.exec((await card.first().textContent()) ?? '')?.[0];
    if (address === undefined) throw new Error(`no address beside the code for ${role}`);
    codes.set(role, address);
  }
  await dialog.getByRole('button', { name: '关闭' }).click();
  return codes;
}

/** Plays what somebody says in the file, through their own screen. */
export async function speak(hall: Hall, scenario: Scenario, act: Act): Promise<void> {
  if (act.type !== 'command') throw new Error('only people speak');
  const page = pageOf(hall, act.by);
  const view = scenario.views.find(({ id }) => id === act.about);
  if (act.command.type === 'postView' && view !== undefined) {
    const answered = scenario.views.find(({ id }) => id === view.replyTo);
    await postView(page, { stance: view.stance, text: view.text, answers: answered?.text ?? null });
    return;
  }
  const reply = scenario.departmentReplies.find(({ id }) => id === act.about);
  if (act.command.type !== 'postReply' || reply === undefined)
    throw new Error(`nothing is said in ${act.about}`);
  const to = reply.toViews.map((id) => scenario.views.find((one) => one.id === id)?.text ?? '');
  await postReply(page, { to, commitment: reply.commitment, text: reply.text });
}
