import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { accountRoutes } from '../../core/contract/accounts.ts';
import { sessionRoutes } from '../../core/contract/sessions.ts';
import { AgendaItemId, LinkId, ParticipantId, PollId, SessionId, ViewId } from '../../core/domain/ids.ts';
import { usualPoll } from '../../core/domain/polls/usual-rules.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import { SessionPlan } from '../../core/domain/sessions.ts';
import { DEMO_ADMIN, DEMO_OFFICE_STUDIO, DEMO_PASSWORD } from '../../prisma/seed/demo.ts';
import { openBrowser as openDoors, type Browser } from '../../rehearsal/doors.ts';
import { command } from '../../rehearsal/knock.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

/** Words that would run, or leave their place, in a page that took them for more than words. */
const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  "{{constructor.constructor('alert(1)')()}}",
  '</script><script>alert(1)</script>',
  '<iframe srcdoc="<script>parent.alert(1)</script>">',
];
/** Words that would turn or cover what stands beside them: they are refused. */
const UNRULY = ['\u202Eevil', `Z${'\u0301'.repeat(1_000)}`];
/** What a spreadsheet would reckon: forms of address that somebody may have. */
const FORMULAS = ['=HYPERLINK("http://evil","点我")', "+cmd|' /C calc'!A0", '@SUM(1)'];
const [IMAGE = '', VECTOR = '', , BRACES = '', SCRIPT = ''] = HOSTILE;
/** What only a payload brings into a page. */
const RUNNING = 'img[src=x], svg[onload], iframe, a[href^="javascript:"], [onerror], [onload]';
const sessionId = SessionId.parse(randomUUID());

let stack: Stack;
let chair: Browser;
let guest: Browser;
test.beforeAll(async () => {
  stack = await startStack();
  chair = openDoors(stack.url, () => undefined);
  await chair.call(accountRoutes.signIn, { body: { login: DEMO_ADMIN, password: DEMO_PASSWORD } });
  guest = openDoors(stack.url, () => undefined);
});
test.afterAll(() => stack.close());

const does = (asked: Command, who = chair) => command(who, sessionId, asked, randomUUID());

/** A session in which everything that a person writes is hostile. */
async function hold(): Promise<PollId> {
  const itemId = AgendaItemId.parse(randomUUID());
  const item = { id: itemId, title: VECTOR, kind: 'exchange', speakerRole: 'any', minutes: 10 };
  const plan = SessionPlan.parse({
    id: sessionId,
    title: IMAGE,
    mode: 'online',
    plannedMinutes: 20,
    background: SCRIPT,
    source: { kind: 'mixed', detail: BRACES, collected: 0 },
    studioName: '',
    documentId: randomUUID(),
    documentTitle: IMAGE,
    venues: [{ id: 'main', name: VECTOR, kind: 'main' }],
    agenda: [item],
  });
  const { personId } = await chair.call(accountRoutes.me, {});
  const seat = { id: ParticipantId.parse(randomUUID()), role: 'convener' as const, name: IMAGE, personId };
  const roll = [{ ...seat, affiliation: SCRIPT, venueId: 'main' }];
  const body = { plan, studioId: DEMO_OFFICE_STUDIO.id, startsAt: null, roll, hostId: seat.id };
  await chair.call(sessionRoutes.planSession, { body, key: randomUUID() });
  const link = await chair.call(sessionRoutes.createLink, {
    params: { sessionId },
    body: { id: LinkId.parse(randomUUID()), role: 'resident', venueId: null, maxUses: 5 },
  });
  const token = new URL(link.url, stack.url).hash.slice(1);
  const joining = { token, key: randomUUID(), consent: true as const, name: VECTOR, venueId: null };
  const { participantId } = await guest.call(accountRoutes.join, { body: joining });
  for (const name of FORMULAS) {
    const one = openDoors(stack.url, () => undefined);
    await one.call(accountRoutes.join, { body: { ...joining, key: randomUUID(), name } });
  }
  await does({ type: 'enterRoom' });
  await does({ type: 'openSession', why: SCRIPT });
  await does({ type: 'moveAgenda', itemId });
  for (const text of HOSTILE) await say(text);
  for (const text of UNRULY) await expect(say(text)).rejects.toThrow(/INVALID/);
  const poll = usualPoll({
    id: PollId.parse(randomUUID()),
    question: IMAGE,
    options: [
      { id: 'a', text: VECTOR },
      { id: 'b', text: SCRIPT },
    ],
    roles: ['resident'],
  });
  await does({ type: 'preparePoll', poll });
  await does({ type: 'openPoll', pollId: poll.id });
  await does({ type: 'muteSpeaker', participantId, why: VECTOR });
  await does({ type: 'spotlightView', viewId: await say(IMAGE, chair) });
  return poll.id;
}

async function say(text: string, who = guest): Promise<ViewId> {
  const id = ViewId.parse(randomUUID());
  await does({ type: 'postView', view: { id, stance: 'info', text, replyTo: null } }, who);
  return id;
}

/** Everything that would have run, in any page of a context. */
async function watched(context: BrowserContext): Promise<string[]> {
  const ran: string[] = [];
  await context.exposeFunction('violated', (what: string) => void ran.push(what));
  await context.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (window as unknown as { violated: (what: string) => void }).violated(
        `${violatedDirective} ${blockedURI}`,
      ),
    ),
  );
  context.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  return ran;
}

async function cookieOf(context: BrowserContext, who: Browser): Promise<void> {
  const [name = '', value = ''] = (who.headers()['cookie'] ?? '').split('=');
  await context.addCookies([{ name, value, url: stack.url }]);
}

async function expectWords(page: Page, words: string): Promise<void> {
  await expect(page.getByText(words, { exact: false }).first()).toBeVisible();
  expect(await page.locator(RUNNING).count(), page.url()).toBe(0);
}

/** The roll as a file: whatever somebody is called, no cell of it is a formula. */
async function expectPlainRoll(room: Page): Promise<void> {
  const [download] = await Promise.all([
    room.waitForEvent('download'),
    room.getByRole('button', { name: '下载签到表' }).click(),
  ]);
  const csv = await readFile(await download.path(), 'utf8');
  expect(csv.startsWith('\uFEFF"')).toBe(true);
  for (const words of FORMULAS) expect(csv).toContain(`,"'${words.replaceAll('"', '""')}",`);
  expect(csv.slice(1)).not.toMatch(/(^|,|\n)"?[=+\-@\t\r]/);
  expect(download.suggestedFilename()).not.toMatch(/[\\/:*?"<>|]/);
}

test('whatever people write is shown as words, on every page and in every file that shows it, as T18 and T24 try', async ({
  browser,
}) => {
  const pollId = await hold();
  const path = `${stack.url}/sessions/${sessionId}`;
  const contexts = await Promise.all(
    [chair, guest].map(async (who, n) => {
      const context = await browser.newContext({
        viewport: n === 0 ? { width: 1440, height: 900 } : { width: 360, height: 640 },
      });
      await cookieOf(context, who);
      return { context, ran: await watched(context) };
    }),
  );
  const [desk, phone] = contexts;
  if (desk === undefined || phone === undefined) throw new Error('two contexts');
  const [room, wall, small, home] = await Promise.all([
    desk.context.newPage(),
    desk.context.newPage(),
    phone.context.newPage(),
    desk.context.newPage(),
  ]);
  await Promise.all([room.goto(path), small.goto(path), wall.goto(`${path}/screen`), home.goto(stack.url)]);
  for (const words of HOSTILE) await expectWords(room, words);
  await expectWords(small, IMAGE);
  await expectWords(wall, IMAGE);
  await expectWords(home, IMAGE);
  await room.getByRole('tab', { name: '投票' }).click();
  await expectWords(room, VECTOR);

  await expectPlainRoll(room);

  await does({ type: 'closePoll', pollId });
  await does({ type: 'closeSession' });
  const archive = await desk.context.newPage();
  await archive.goto(`${path}/archive`);
  for (const words of HOSTILE) await expectWords(archive, words);
  await archive.emulateMedia({ media: 'print' });
  expect((await archive.pdf()).length).toBeGreaterThan(1_000);
  await expectWords(archive, IMAGE);
  expect([...desk.ran, ...phone.ran]).toEqual([]);
});
