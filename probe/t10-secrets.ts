import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { archiveRoutes } from '../core/contract/archives.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { PollId } from '../core/domain/ids.ts';
import { choicesOn } from '../core/domain/polls/paper.ts';
import { usualPoll } from '../core/domain/polls/usual-rules.ts';
import { judgeListener, readEverything } from './listener.ts';
import { createRecorder, findWords, type Recorder } from './recorder.ts';
import { openEars } from './ears.ts';
import { makeStage, type Person, type Stage } from './stage.ts';
import type { World } from './world.ts';

/** So many that an order which comes out as it went in is no accident: one in three million. */
const VOTERS = 10;

/** A meeting whose members have other names at home, with a removal for internal reasons and a secret poll. */
export async function secretMeeting(world: World): Promise<void> {
  const cast = { host: 'host', member: 'member', recorder: 'recorder' } as const;
  const stage = await makeStage(world, { title: 'T10', cast, opens: true, purpose: 'leaks' });
  // By these names people were shown while it was planned: nobody who comes reads them any more [U2].
  await stage.does(stage.chair, { type: 'hideNames' });
  const recorders = { resident: createRecorder(), member: createRecorder() };
  const member = await again(world, stage.person('member'), recorders.member);
  const resident = await stage.guest('resident', { tap: recorders.resident.tap });
  const ears = await Promise.all([member, resident].map((one) => openEars(world, stage, one)));
  const why = `内部原因 ${randomUUID()}`;
  const { participantId } = await stage.guest('observer');
  await stage.does(stage.chair, { type: 'removeParticipant', participantId, why });
  const { voters, pollId } = await vote(stage, member, resident);
  for (const { browser } of [member, resident]) await readEverything(browser, stage.sessionId);
  world.book.same('T10', 'choices of open polls, sent to anybody', 'none', choicesIn(recorders, pollId));
  await stage.does(stage.chair, { type: 'closePoll', pollId });
  await stage.does(stage.chair, { type: 'closeSession' });
  await publishedPapers(world, stage, { member, voters, pollId });
  const everybody = [...voters, stage.chair].map(({ browser }) => browser);
  for (const who of ['resident', 'member'] as const) {
    const { browser } = who === 'member' ? member : resident;
    const recorder = recorders[who];
    await readEverything(browser, stage.sessionId);
    judgeWords(world, who, { recorder, stage, why });
    await judgeListener(world, { who, browser, recorder }, { sessionId: stage.sessionId, everybody });
  }
  for (const { rooms, texts } of ears) for (const socket of [...rooms, ...texts]) socket.close();
}

type Heard = { readonly recorder: Recorder; readonly stage: Stage; readonly why: string };

/** What this meeting keeps to itself; and, so that silence proves something, what everybody is told. */
function judgeWords(world: World, who: string, { recorder, stage, why }: Heard): void {
  const clean = (what: string, words: readonly string[]) =>
    world.book.same(
      'T10',
      `${what}, sent to a ${who}`,
      'none',
      findWords(recorder, words).join('; ') || 'none',
    );
  const real = ['host', 'recorder'].map((alias) => stage.person(alias).account?.realName ?? '');
  clean('names that only the office knows', real);
  clean('names from before people were shown by a form of address', ['称呼 host', '称呼 recorder']);
  clean('why somebody was removed', [why]);
  clean('idempotency keys', [`probe-${process.pid}-`]);
  const sources = ['socket', 'text', 'GET /api/sessions/:sessionId/events'];
  const silent = sources.filter((from) => !recorder.records.some((record) => record.from === from));
  world.book.same(
    'T10',
    `${sources.join(', ')}: what said nothing to a ${who}`,
    'none',
    silent.join(', ') || 'none',
  );
  const names = findWords(recorder, ['主持人 1', '记录员 1']).length;
  world.book.same('T10', `forms of address, sent to a ${who}`, '2 of 2', `${names} of 2`);
}

/** The same person in a browser that is listened in on. */
async function again(world: World, person: Person, { tap }: Recorder): Promise<Person> {
  if (person.account === null) return person;
  const signedIn = await world.signIn(person.account);
  return { ...person, browser: { ...signedIn, tap } };
}

type Vote = { readonly voters: readonly Person[]; readonly pollId: PollId };

/** Everybody chooses something else, one after the other, in the order of the options. */
async function vote(stage: Stage, member: Person, resident: Person): Promise<Vote> {
  const voters = [member, resident];
  while (voters.length < VOTERS) voters.push(await stage.guest('resident'));
  const pollId = PollId.parse(randomUUID());
  const options = voters.map((_, index) => ({ id: optionOf(index), text: `第 ${index}` }));
  const roles = ['member', 'resident'] as const;
  const poll = usualPoll({ id: pollId, question: '无记名的检验', options, roles, secrecy: 'secret' });
  await stage.does(stage.chair, { type: 'preparePoll', poll });
  await stage.does(stage.chair, { type: 'openPoll', pollId });
  for (const [index, voter] of voters.entries()) {
    const paper = { shape: 'choices' as const, choices: [optionOf(index)] };
    await stage.does(voter, { type: 'castBallot', pollId, paper });
  }
  return { voters, pollId };
}

function optionOf(index: number): string {
  return `o${index}`;
}

const Cast = z.object({ type: z.literal('ballot:cast'), paper: z.unknown() });

/** Papers that stand beside a ballot in anything that came; before the close there may be none. */
function choicesIn(recorders: Readonly<Record<string, Recorder>>, pollId: PollId): string {
  const found = Object.entries(recorders).flatMap(([who, { records }]) =>
    records.flatMap(({ from, text }) => {
      const papers = objectsIn(text).flatMap((value) => Cast.safeParse(value).data?.paper ?? []);
      return papers.length > 0 ? [`${who}, ${from}`] : [];
    }),
  );
  return found.length === 0 ? 'none' : `poll ${pollId}: ${found.slice(0, 3).join('; ')}`;
}

/** Every object inside a JSON text, however deep. */
function objectsIn(text: string): object[] {
  const found: object[] = [];
  try {
    JSON.parse(text, (_key, value: unknown) => {
      if (typeof value === 'object' && value !== null) found.push(value);
      return value;
    });
  } catch {
    // Not JSON: a frame of the text, headers, a page.
  }
  return found;
}

type Published = Vote & { readonly member: Person };

/** The close publishes the papers, without a person and in no order that says whose they are. */
async function publishedPapers(
  world: World,
  stage: Stage,
  { member, voters, pollId }: Published,
): Promise<void> {
  const params = { sessionId: stage.sessionId };
  const { room } = await member.browser.call(archiveRoutes.getArchive, { params });
  const poll = room.polls.find(({ draft }) => draft.id === pollId);
  if (poll?.phase !== 'closed') throw new Error('the secret poll is not in the archive');
  const order = poll.papers.map((paper) => choicesOn(paper).join('+')).join(' ');
  const cast = voters.map((_, index) => optionOf(index)).join(' ');
  world.book.judged('T10', `papers of a secret poll, cast in the order ${cast}`, {
    wanted: `${VOTERS} of them, in another order, with nobody's name`,
    came: `${order}${poll.ballots === null ? '' : ', with names'}`,
    passed: poll.papers.length === VOTERS && order !== cast && poll.ballots === null,
  });
  const { rows } = await member.browser.call(archiveRoutes.getLog, { params, query: { after: 0 } });
  const beside = rows.filter(({ payload, personal }) => payload.type === 'ballot:cast' && personal !== null);
  world.book.same(
    'T10',
    'choices beside ballots in the sealed log',
    'none',
    beside.length === 0 ? 'none' : `${beside.length} rows`,
  );
  const { events } = await member.browser.call(sessionRoutes.getEvents, { params, query: { after: 0 } });
  const shown = events.filter(({ event }) => event.type === 'ballot:cast' && event.paper !== null);
  world.book.same(
    'T10',
    'choices beside ballots in the events',
    'none',
    shown.length === 0 ? 'none' : `${shown.length} events`,
  );
}
