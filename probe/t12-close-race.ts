import { roomDoors } from '../core/contract/room.ts';
import { ask, freshKey, inShort, type Answer } from './ask.ts';
import { ballot, castIn, choosing, draftOf, hall, pollFor, sameWords, SINGLE, tallied } from './polling.ts';
import { makeStage, type Person, type Stage } from './stage.ts';
import { pause } from './wait.ts';
import type { PollDraft } from '../core/domain/polls/draft.ts';
import type { World } from './world.ts';

const VOTERS = 300;
const AROUND_MS = 200;
const CLOSED = '410 CLOSED POLL_CLOSED';

/** A hall votes while the poll is closed, by two people and twice by one: whoever was told yes is counted. */
export async function closeRace(world: World): Promise<void> {
  const cast = { host: 'host', convener: 'convener', member: 'member' } as const;
  const stage = await makeStage(world, { title: 'T12', cast, opens: true, purpose: 't12' });
  const voters = await hall(stage, VOTERS);
  for (const secrecy of ['secret', 'named'] as const) {
    const poll = draftOf(SINGLE, ['resident'], { secrecy });
    await raceIn(world, stage, { poll, voters });
  }
}

type Race = { readonly poll: PollDraft; readonly voters: readonly Person[] };

async function raceIn(world: World, stage: Stage, { poll, voters }: Race): Promise<void> {
  const { chair, does } = stage;
  const pollId = poll.id;
  const { secrecy } = poll.rules;
  const what = (text: string) => `${text} (${secrecy})`;
  await does(chair, { type: 'preparePoll', poll });
  const [early] = voters;
  if (early === undefined) throw new Error('nobody came');
  const before = inShort(await ballot(early.browser, stage, pollId, { paper: choosing('a') }));
  world.book.same('T12', what('a ballot before the poll opens'), '409 CONFLICT POLL_NOT_OPEN', before);
  await does(chair, { type: 'openPoll', pollId });
  const keys = voters.map(() => freshKey());
  const send = async ({ browser }: Person, n: number): Promise<Answer> =>
    await ballot(browser, stage, pollId, { paper: choosing(n % 2 === 0 ? 'a' : 'b'), key: keys[n] ?? '' });
  const [cast, closes] = await Promise.all([
    Promise.all(
      voters.map(async (voter, n) => {
        await pause((2 * AROUND_MS * n) / voters.length);
        return await send(voter, n);
      }),
    ),
    closeThrice(stage, pollId),
  ]);
  const taken = cast.filter(({ status }) => status === 200).length;
  const others = cast.filter(({ status }) => status !== 200).map(inShort);
  world.book.judged('T12', what(`${VOTERS} ballots around the close`), {
    wanted: `taken, or ${CLOSED}`,
    came: `${taken} taken, ${tallied(others)}`,
    passed: others.every((other) => other === CLOSED),
  });
  judgeCloses(world, what('the close by the host twice and by the convener'), closes);
  const told = await toldTo(stage, pollId, voters);
  const right = `${taken} counted, ${taken} papers, the same for everybody`;
  world.book.same('T12', what('what is counted'), right, told);
  const again = await send(early, 0);
  const isOld = again.status === cast[0]?.status && sameWords(again) === sameWords(cast[0]);
  world.book.judged('T12', what('the first ballot again, after the close'), {
    wanted: `as it was answered, or ${CLOSED}`,
    came: inShort(again),
    passed: isOld || inShort(again) === CLOSED,
  });
  world.book.same('T12', what('what is counted then'), right, await toldTo(stage, pollId, voters));
}

/** Twice by one click of the host, which has one key, and once by somebody else. */
async function closeThrice(stage: Stage, pollId: PollDraft['id']): Promise<readonly Answer[]> {
  const { sessionId, chair } = stage;
  await pause(AROUND_MS);
  const key = freshKey();
  const close = async (who: Person, with_: string) =>
    await ask(who.browser, roomDoors.closePoll.route, {
      params: { sessionId, pollId },
      body: {},
      key: with_,
    });
  return await Promise.all([
    close(chair, key),
    close(chair, key),
    close(stage.person('convener'), freshKey()),
  ]);
}

function judgeCloses(world: World, sent: string, closes: readonly Answer[]): void {
  const [first = '', second = ''] = closes.map(sameWords);
  const done = new Set(closes.filter(({ status }) => status === 200).map(sameWords));
  const late = closes.filter(({ status }) => status !== 200).map(inShort);
  world.book.judged('T12', sent, {
    wanted: `1 close, the host's answers equal, or ${CLOSED}`,
    came: `${done.size} close, the host's answers ${first === second ? 'equal' : 'different'}, ${late.join(', ')}`,
    passed: done.size === 1 && first === second && late.every((one) => one === CLOSED),
  });
}

/** How the result reads, for the chair, a member, and the first and the last who voted. */
async function toldTo(stage: Stage, pollId: PollDraft['id'], voters: readonly Person[]): Promise<string> {
  const readers = [stage.chair, stage.person('member'), voters[0], voters.at(-1)];
  const polls = await Promise.all(
    readers.flatMap((reader) => (reader === undefined ? [] : [pollFor(reader, stage, pollId)])),
  );
  const told = polls.map((poll) => {
    const papers = poll.phase === 'closed' ? (poll.ballots ?? poll.papers).length : 0;
    const result = poll.phase === 'closed' ? JSON.stringify(poll.result) : '';
    return { counts: `${castIn(poll)} counted, ${papers} papers`, result };
  });
  const isSame = told.every(({ result }) => result === told[0]?.result);
  return `${tallied(told.map(({ counts }) => counts)).replace(/^4 × /, '')}, ${isSame ? 'the same for everybody' : 'not the same for everybody'}`;
}
