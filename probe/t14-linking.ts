import { randomBytes } from 'node:crypto';
import { archiveRoutes } from '../core/contract/archives.ts';
import { boxRoutes, tokenRoutes } from '../core/contract/box-doors.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import type { PollId } from '../core/domain/ids.ts';
import type { Paper } from '../core/domain/polls/paper.ts';
import { blindFor } from '../server/testing/blind-voter.ts';
import { ask } from './ask.ts';
import { inBatches } from './batches.ts';
import { openEars } from './ears.ts';
import { readEverything } from './listener.ts';
import { draftOf, hall, opened } from './polling.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { makeStage, type Person, type Stage } from './stage.ts';
import type { World } from './world.ts';

/** So many that chance and five points are not passed by accident: once in some millions. */
const VOTERS = 150;
const POINTS = 0.05;
const MOST = Math.floor(1 + POINTS * VOTERS);

/** Each writes a word that nobody else does: whoever joins a word with its voter has found them. */
type Voted = { readonly voter: Person; readonly word: string };

/** Everything that anybody can be sent of polls without names, and whether it joins a paper with a voter. */
export async function linking(world: World): Promise<void> {
  const cast = { host: 'host', member: 'member' } as const;
  const stage = await makeStage(world, { title: 'T14', cast, opens: true, purpose: 't14' });
  const recorder = createRecorder();
  const listeners = [stage.chair.browser, stage.person('member').browser, world.admin].map((browser) => ({
    ...browser,
    tap: recorder.tap,
  }));
  const ears = await Promise.all(
    [stage.chair, stage.person('member')].map((one) =>
      openEars(world, stage, { ...one, browser: { ...one.browser, tap: recorder.tap } }),
    ),
  );
  const voters = await hall(stage, VOTERS);
  const voted = voters.map((voter) => ({ voter, word: randomBytes(8).toString('hex') }));
  const length = { kind: 'open', length: 40 } as const;
  const plain = await opened(stage, draftOf(length, ['resident'], { secrecy: 'secret' }));
  for (const some of inGroups(voted))
    await Promise.all(
      some.map(({ voter, word }) =>
        stage.does(voter, { type: 'castBallot', pollId: plain.id, paper: written(word) }),
      ),
    );
  const box = await boxed(stage, draftOf(length, ['resident'], { secrecy: 'verifiable' }), voted);
  for (const browser of listeners) await readEverything(browser, stage.sessionId);
  const early = voted.filter(({ word }) => recorder.records.some(({ text }) => text.includes(word)));
  world.book.same('T14', 'papers of open polls, sent to anybody', '0', String(early.length));
  for (const pollId of [plain.id, box]) await stage.does(stage.chair, { type: 'closePoll', pollId });
  await stage.does(stage.chair, { type: 'closeSession' });
  for (const browser of listeners) await readEverything(browser, stage.sessionId);
  for (const { rooms, texts } of ears) for (const socket of [...rooms, ...texts]) socket.close();
  await judge(world, stage, { voted, recorder, pollId: plain.id, what: 'without names' });
  await judge(world, stage, { voted, recorder, pollId: box, what: 'from a box' });
}

function written(words: string): Paper {
  return { shape: 'words', words };
}

/** In the order of the roll, some at once: an order that could be seen again. */
function inGroups(voted: readonly Voted[]): readonly (readonly Voted[])[] {
  const SOME = 10;
  return Array.from({ length: Math.ceil(voted.length / SOME) }, (_, n) =>
    voted.slice(n * SOME, (n + 1) * SOME),
  );
}

/** Everybody takes a token and casts their ballot at once, one after the other: an order that could be seen again. */
async function boxed(
  stage: Stage,
  draft: ReturnType<typeof draftOf>,
  voted: readonly Voted[],
): Promise<PollId> {
  await stage.does(stage.chair, { type: 'preparePoll', poll: draft });
  const [open] = await stage.does(stage.chair, { type: 'openPoll', pollId: draft.id });
  const key = open?.event.type === 'poll:opened' ? open.event.key : undefined;
  if (key === undefined) throw new Error('the box did not open');
  const params = { sessionId: stage.sessionId, pollId: draft.id };
  await inBatches(voted.length, async (n) => {
    const one = voted[n];
    if (one === undefined) return;
    const { browser, participantId } = one.voter;
    const mine = blindFor(key);
    const { signature } = await browser.call(tokenRoutes.takeToken, {
      params,
      body: { blinded: mine.blinded, voter: participantId },
    });
    const nobody = { url: browser.url, headers: () => ({}) };
    const answer = await ask(nobody, boxRoutes.castIntoBox, {
      params,
      body: mine.ballot(signature, written(one.word)),
    });
    if (answer.status !== 200) throw new Error(`a ballot was answered with ${answer.text}`);
  });
  return draft.id;
}

type Case = {
  readonly voted: readonly Voted[];
  readonly recorder: Recorder;
  readonly pollId: PollId;
  readonly what: string;
};

/** Every way that there is from outside: each names at most what chance would, and five in a hundred. */
async function judge(world: World, stage: Stage, { voted, recorder, pollId, what }: Case): Promise<void> {
  const params = { sessionId: stage.sessionId };
  const { browser } = stage.chair;
  const { room } = await browser.call(archiveRoutes.getArchive, { params });
  const poll = room.polls.find(({ draft }) => draft.id === pollId);
  if (poll?.phase !== 'closed') throw new Error('the poll is not in the archive');
  const published = wordsIn(poll.papers);
  world.book.same(
    'T14',
    `papers ${what}, in the record`,
    `${VOTERS}, nobody's name`,
    `${published.length}, ${poll.ballots === null ? "nobody's name" : 'with names'}`,
  );
  const wordOf = new Map<string, string>(voted.map(({ voter, word }) => [voter.participantId, word]));
  const hits = (people: readonly string[], words: readonly string[]) =>
    people.filter((id, n) => wordOf.get(id) === words[n]).length;
  const orders = {
    'who votes': await castOrder(stage, pollId),
    'the roll': poll.electorate.map(({ id }) => id),
    'who came': Object.keys(room.participants).filter((id) => wordOf.has(id)),
    'who took a token': poll.box?.roster ?? [],
    'who was sent first': voted.map(({ voter }) => voter.participantId),
  };
  const rows = {
    papers: published,
    'papers, backwards': [...published].reverse(),
    'the count': poll.result?.chambers.flatMap(({ count }) =>
      count?.of === 'answers' ? count.answers.map(({ words }) => words) : [],
    ),
    'the box': poll.box === undefined ? [] : await boxOrder(stage, pollId),
  };
  const found = Object.entries(orders).flatMap(([who, people]) =>
    Object.entries(rows).map(([where, words]) => ({
      way: `${who} × ${where}`,
      hits: hits(people, words ?? []),
    })),
  );
  found.push({ way: 'what stands beside one name', hits: besideNames(recorder, wordOf) });
  const best = found.reduce((most, one) => (one.hits > most.hits ? one : most));
  world.book.judged('T14', `papers ${what} joined with their voters, the best of ${found.length} ways`, {
    wanted: `${MOST} of ${VOTERS} at most: chance, and five points`,
    came: `${best.hits} of ${VOTERS}, by ${best.way}`,
    passed: best.hits <= MOST,
  });
}

function wordsIn(papers: readonly Paper[]): readonly string[] {
  return papers.flatMap((paper) => (paper.shape === 'words' ? [paper.words] : []));
}

/** Who has voted, in the order in which everybody was told. */
async function castOrder({ chair, sessionId }: Stage, pollId: PollId): Promise<readonly string[]> {
  const people: string[] = [];
  for (let after = 0, more = true; more;) {
    const page = await chair.browser.call(sessionRoutes.getEvents, {
      params: { sessionId },
      query: { after },
    });
    for (const { event, by, seq } of page.events) {
      after = seq;
      if (event.type === 'ballot:cast' && event.pollId === pollId) people.push(by);
    }
    ({ more } = page);
  }
  return people;
}

async function boxOrder({ chair, sessionId }: Stage, pollId: PollId): Promise<readonly string[]> {
  const box = await chair.browser.call(tokenRoutes.getBox, { params: { sessionId, pollId } });
  return wordsIn(box.ballots.map(({ paper }) => paper));
}

/** Words that stand in something that names a single voter, in any answer or frame. */
function besideNames({ records }: Recorder, wordOf: ReadonlyMap<string, string>): number {
  const ownerOf = new Map([...wordOf].map(([id, word]) => [word, id]));
  const joined = new Set<string>();
  for (const { text } of records)
    for (const piece of piecesIn(text)) {
      const ids = new Set(piece.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g));
      const people = [...ids].filter((id) => wordOf.has(id));
      const words = [...new Set(piece.match(/[0-9a-f]{16}/g))].filter((word) => ownerOf.has(word));
      const [word = ''] = words;
      if (people.length === 1 && words.length === 1 && ownerOf.get(word) === people[0]) joined.add(word);
    }
  return joined.size;
}

/** Every object in a JSON text that holds no other, and the text itself. */
function piecesIn(text: string): readonly string[] {
  return [text, ...(text.match(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)?\}/g) ?? [])];
}
