import { usualPoll } from '../../core/domain/polls/usual-rules.ts';
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import pg from 'pg';
import { accountRoutes } from '../../core/contract/accounts.ts';
import { PollId, SessionId } from '../../core/domain/ids.ts';
import { DEMO_PASSWORD } from '../../prisma/seed/demo.ts';
import { openBrowser, type Browser } from '../../rehearsal/doors.ts';
import { command } from '../../rehearsal/knock.ts';
import { joinQuietly, type Visitor } from '../support/crowd.ts';
import { codePath, demoSession } from '../support/park.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { until } from '../../server/testing/until.ts';
import { openAsWriter, type Writer } from '../support/writer.ts';

const PEOPLE = 16;
const POST_MS = 500;

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack({ processes: 2, nginx: true });
});
test.afterAll(() => stack.close());

/** What is in the log, asked past every server: the words of views, in order. */
async function viewsInLog(sessionId: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ text: string }>(
    `select personal->>'text' as text from room_event
     where session_id = $1 and type = 'view:posted' order by seq`,
    [sessionId],
  );
  await client.end();
  return rows.map(({ text }) => text);
}

/** The chair asks everybody; the poll stays open until closed. */
async function openPoll(chair: Browser, sessionId: SessionId): Promise<PollId> {
  const id = PollId.parse(randomUUID());
  const options = ['好', '不好'].map((text, n) => ({ id: `o${n}`, text }));
  const poll = usualPoll({ id, question: '重启时也算数吗？', options, roles: ['resident'] });
  await command(chair, sessionId, { type: 'preparePoll', poll }, randomUUID());
  await command(chair, sessionId, { type: 'openPoll', pollId: id }, randomUUID());
  return id;
}

/** Lets everybody post and vote, again and again, until stopped; tells what each posted and voted for last. */
function keepBusy(people: readonly Visitor[], pollId: PollId) {
  const posted: string[] = [];
  const last = new Map<string, string>();
  const timers = people.map((person, who) => {
    let n = 0;
    return setInterval(() => {
      n += 1;
      const text = `第${who}人第${n}句`;
      posted.push(text);
      const body = { id: randomUUID(), stance: 'info', text, replyTo: null };
      person.outbox.post({ door: 'postView', params: {}, body });
      if (n % 2 === 0) return;
      const choice = `o${(who + (n >> 1)) % 2}`;
      last.set(person.participantId, choice);
      person.outbox.post({
        door: 'castBallot',
        params: { pollId },
        body: { shape: 'choices', choices: [choice] },
      });
    }, POST_MS + who);
  });
  return { posted, last, stop: () => timers.forEach((timer) => clearInterval(timer)) };
}

/** Lets everybody write at the text, a mark at a time, until stopped. */
function keepTyping(writers: readonly Writer[]) {
  const typed: string[] = [];
  const timers = writers.map((writer, who) => {
    let n = 0;
    return setInterval(() => {
      n += 1;
      const mark = `［${who}-${n}］`;
      typed.push(mark);
      writer.type(mark);
    }, POST_MS);
  });
  return { typed, stop: () => timers.forEach((timer) => clearInterval(timer)) };
}

test('two processes restarted one after the other under load lose nothing, double nothing, fail nobody', async () => {
  test.setTimeout(120_000);
  const { scenario, sessionId: id } = demoSession('s04');
  const sessionId = SessionId.parse(id);
  const token = codePath('s04', 'resident').split('#')[1] ?? '';
  const venue = scenario.venues[0]?.id ?? null;
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, () => joinQuietly(stack.url, token, venue)),
  );
  const chair = openBrowser(stack.url, () => undefined);
  await chair.call(accountRoutes.signIn, { body: { login: 's04-convener', password: DEMO_PASSWORD } });
  const pollId = await openPoll(chair, sessionId);
  await until(
    'everybody hears the room',
    () =>
      people.every(({ store }) => store.state().connection === 'live' && store.state().room.polls.length > 0),
    20_000,
  );

  const documentId = people[0]?.store.state().room.plan?.documentId ?? '';
  const writers = await Promise.all(
    ['s04-member1', 's04-member2'].map((login) => openAsWriter(stack.url, login, documentId)),
  );
  await until('the text is open', () => writers.every(({ state }) => state() === 'saved'), 20_000);

  const work = keepBusy(people, pollId);
  const typing = keepTyping(writers);
  const reached = (count: number) =>
    until(`${count} views are in the log`, async () => (await viewsInLog(sessionId)).length >= count, 40_000);
  await reached(60);
  for (const one of stack.processes) {
    expect(await one.stop(), one.output()).toBe(0);
    const before = (await viewsInLog(sessionId)).length;
    await reached(before + 30);
    await one.start();
    const port = Number(new URL(one.url).port);
    const since = stack.nginx?.served().length ?? 0;
    await until(
      'nginx gives it work again',
      () => (stack.nginx?.served() ?? []).slice(since).some(({ upstream }) => upstream === port),
      20_000,
    );
  }
  await reached((await viewsInLog(sessionId)).length + 60);
  work.stop();
  typing.stop();

  await until(
    'everything was sent',
    () => people.every(({ outbox }) => outbox.letters().every(({ state }) => state.kind === 'sent')),
    30_000,
  );
  const inLog = await viewsInLog(sessionId);
  const ours = inLog.filter((text) => /^第\d+人第\d+句$/.test(text));
  expect(ours.toSorted()).toEqual(work.posted.toSorted());
  await command(chair, sessionId, { type: 'closePoll', pollId }, randomUUID());
  await until(
    'everybody knows the result',
    () =>
      people.every(({ store }) =>
        store.state().room.polls.some(({ draft, phase }) => draft.id === pollId && phase === 'closed'),
      ),
    20_000,
  );
  for (const { store } of people) {
    // Whoever was far behind took a newer picture, and has the earlier views on demand.
    expect(await store.loadEarlier(1)).toBeNull();
    const { room } = store.state();
    expect(room.views.map(({ text }) => text)).toEqual(inLog);
    const poll = room.polls.find(({ draft }) => draft.id === pollId);
    const count = (option: string) => [...work.last.values()].filter((choice) => choice === option).length;
    const choices = { o0: count('o0'), o1: count('o1') };
    expect(poll).toMatchObject({ phase: 'closed', result: { chambers: [{ count: { choices } }] } });
  }
  await until(
    'the text is saved, and the same to both',
    () => {
      const [first = '', ...others] = writers.map(({ words }) => words());
      return writers.every(({ state }) => state() === 'saved') && others.every((words) => words === first);
    },
    20_000,
  );
  const late = await openAsWriter(stack.url, 's04-recorder', documentId);
  await until('whoever comes late has it all', () => late.words() === writers[0]?.words(), 20_000);
  for (const mark of typing.typed) expect(late.words().split(mark)).toHaveLength(2);
  for (const writer of [...writers, late]) writer.close();

  expect(people.flatMap((person) => person.repeated)).toEqual([]);
  for (const person of people) person.leave();
});
