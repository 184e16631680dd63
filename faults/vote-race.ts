import { randomUUID } from 'node:crypto';
import { atPace } from '../bench/pace.ts';
import { accountRoutes } from '../core/contract/accounts.ts';
import { CommandReply } from '../core/contract/door.ts';
import { ErrorBody } from '../core/contract/errors.ts';
import { roomDoors } from '../core/contract/room.ts';
import type { ClosedPoll } from '../core/domain/polls/poll.ts';
import { turnoutOfAll } from '../core/domain/polls/reading.ts';
import { chanceOf } from '../load/chance.ts';
import { closePoll, draftPoll, openPoll } from '../load/polls.ts';
import { openStage, type Stage } from '../load/stage.ts';
import { addressOf, openBrowser } from '../rehearsal/doors.ts';
import { command } from '../rehearsal/knock.ts';
import { knockAt } from '../rehearsal/knocking.ts';
import type { Outcome, Setting } from './run.ts';
import { judge, readBy, rowsOf, type Race, type Told, type Voter } from './vote-race-judge.ts';

/** The name of the race, which is no storm of deeds but one question that everybody answers at once. */
export const VOTE_RACE =
  'everybody votes at once in two tabs, over and over, a process dies, and the poll is closed in the middle';

const VOTERS = 500;
const TABS = 2;
const TRIES = 5;
/** The door is closed when so many of the voters have been told that they voted. */
const CLOSED_AFTER = 0.4;
/** How long a tab waits for an answer, milliseconds: mostly enough, sometimes far too short. */
const SHORTEST_MS = 40;
const LONGEST_MS = 8_000;
/** Between one try and the next, at most so long, and longer each time. */
const PAUSE_MS = 300;
/** A hall answers within so long; the last of them only once the poll is closed. */
const HALL_MS = 2_000;
const LATE = 20;

/**
 * 500 voters with two tabs each, at two processes, five tries a tab under its own key, with waits that are often too
 * short; one process is killed and the poll closed, twice, in the middle. Then, for a named and for a secret poll: every
 * ballot that was acknowledged is counted once, none came after the close, and what is announced is what rows and recount
 * say, to every reader at either process [B3] [B6].
 */
export async function runVoteRace(setting: Setting): Promise<Outcome> {
  const began = performance.now();
  const { doors, seed, world } = setting;
  const chance = chanceOf(seed);
  const broken: string[] = [];
  const notes: string[] = [];
  const all: Told[] = [];
  const credentials = {
    urls: doors,
    login: null,
    password: null,
    studioId: null,
    manners: { elsewhere: doors.slice(1) },
  };
  const stage = await openStage({ credentials, editors: 1, people: VOTERS, told: () => undefined });
  const voters = await comeIn(stage, doors);
  const race: Race = { ...setting, stage, voters, chance };
  for (const number of [1, 2]) {
    const draft = draftPoll(number);
    await openPoll(stage.chair, stage.sessionId, draft);
    const told = await voteAtOnce(race, draft.id);
    all.push(...told);
    const { poll, faults } = await readBy(race, draft.id);
    const [taken, unknown] = ['taken', 'unknown'].map((end) => told.filter((one) => one.end === end).length);
    const { cast } = poll.result === null ? { cast: NaN } : turnoutOfAll(poll.result);
    notes.push(
      `${draft.rules.secrecy}: ${taken} papers acknowledged, ${unknown} unknown, ${cast} of ${VOTERS} counted`,
    );
    const said = (what: string) => `${draft.rules.secrecy}: ${what}`;
    broken.push(...faults.map(said), ...judge(poll, told).map(said));
    broken.push(...(await rowsOf(race, poll)).map(said));
    const late = told.filter((one) => one.end === 'refused' && one.reason === 'POLL_CLOSED').length;
    if (taken === 0 || late < LATE) broken.push(said('the close was not in the middle'));
  }
  await stage.leave();
  if (world.nodes.some(({ process }) => process.crashes() > 0)) broken.push('a process ended by itself');
  const count = (end: Told['end']) => all.filter((one) => one.end === end).length;
  return {
    name: VOTE_RACE,
    seed,
    ok: count('taken'),
    refused: count('refused'),
    unknown: count('unknown'),
    again: 0,
    caughtUpMs: 0,
    seconds: (performance.now() - began) / 1_000,
    notes,
    broken,
  };
}

/** Everybody joins by the link, without an ear: half at one door, half at the other. */
async function comeIn({ sessionId, linkToken }: Stage, doors: readonly string[]): Promise<Voter[]> {
  const voters: Voter[] = [];
  await atPace(VOTERS, 8, async (n) => {
    const home = doors[n % doors.length] ?? '';
    const browser = openBrowser(home, () => undefined, { elsewhere: doors.filter((door) => door !== home) });
    const body = { token: linkToken, key: randomUUID(), consent: true as const, name: '', venueId: null };
    const { participantId } = await browser.call(accountRoutes.join, { body });
    await command(browser, sessionId, { type: 'enterRoom' }, randomUUID());
    voters.push({ id: participantId, browser });
  });
  return voters;
}

async function voteAtOnce(race: Race, pollId: ClosedPoll['draft']['id']): Promise<readonly Told[]> {
  const { voters, chance, stage, world } = race;
  let acknowledged = 0;
  let close = () => {};
  const isTime = new Promise<void>((resolve) => (close = resolve));
  let strike = () => {};
  const isUnderWay = new Promise<void>((resolve) => (strike = resolve));
  const heard = () => {
    acknowledged += 1;
    if (acknowledged > VOTERS / 10) strike();
    if (acknowledged >= CLOSED_AFTER * VOTERS) close();
  };
  const vote = (some: readonly Voter[], begins: () => Promise<void>) =>
    Promise.all(
      some.flatMap((voter) =>
        Array.from({ length: TABS }, (_, tab) =>
          voteInTab(
            race,
            { voter, choice: tab === 0 ? 'a' : 'b', door: tab, pollId, begins: begins() },
            heard,
          ),
        ),
      ),
    );
  let closed = () => {};
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  const soon = () => new Promise<void>((resolve) => setTimeout(resolve, chance.next() * HALL_MS));
  const late = vote(voters.slice(-LATE), () => isClosed);
  const voting = vote(voters.slice(0, -LATE), soon).finally(() => {
    strike();
    close();
  });
  // Killed once the first have voted, and back while the others go on.
  const { process } = chance.pick(world.nodes);
  await isUnderWay;
  await process.kill();
  const back = process.start();
  await isTime;
  // A double click of the chair.
  await Promise.allSettled([1, 2].map(() => closePoll(stage.chair, stage.sessionId, pollId)));
  closed();
  await back;
  return [...(await voting), ...(await late)];
}

/** begins: when the hand goes up. */
type Paper = {
  readonly voter: Voter;
  readonly choice: string;
  readonly door: number;
  readonly pollId: string;
  readonly begins: Promise<void>;
};

/** One paper under one key, tried until it is answered, or five times. */
async function voteInTab(
  { stage, doors, chance }: Race,
  { voter, choice, door, pollId, begins }: Paper,
  heard: () => void,
): Promise<Told> {
  const { route } = roomDoors.castBallot;
  const key = randomUUID();
  const params = { sessionId: stage.sessionId, pollId };
  const about = { voter: voter.id, choice };
  await begins;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const home = doors[(door + attempt) % doors.length] ?? '';
    const withinMs = chance.next() < 0.3 ? SHORTEST_MS + chance.below(200) : LONGEST_MS;
    try {
      const { status, body } = await knockAt(addressOf(home, route, { params }), {
        method: route.method,
        headers: {
          ...voter.browser.headers(),
          origin: home,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify({ shape: 'choices', choices: [choice] }),
        withinMs,
      });
      const answer: unknown = JSON.parse(body.toString('utf8'));
      if (status === 200) {
        heard();
        const [event] = CommandReply.parse(answer).events;
        return { ...about, end: 'taken', seq: event?.seq ?? NaN };
      }
      const { reason = '', code } = ErrorBody.parse(answer);
      if (status < 500 && status !== 429)
        return { ...about, end: 'refused', reason: reason === '' ? code : reason };
    } catch {
      // Nobody knows what became of it: tried again under the same key.
    }
    await new Promise((resolve) => setTimeout(resolve, (1 + attempt) * (50 + chance.below(PAUSE_MS))));
  }
  return { ...about, end: 'unknown' };
}
