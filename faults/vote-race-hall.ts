import { randomUUID } from 'node:crypto';
import { atPace } from '../bench/pace.ts';
import { accountRoutes } from '../core/contract/accounts.ts';
import { CommandReply } from '../core/contract/door.ts';
import { ErrorBody } from '../core/contract/errors.ts';
import type { PollId } from '../core/domain/ids.ts';
import { closePoll } from '../load/polls.ts';
import type { Stage } from '../load/stage.ts';
import { openBrowser } from '../rehearsal/doors.ts';
import { command } from '../rehearsal/knock.ts';
import { knockAt, type Knock } from '../rehearsal/knocking.ts';
import type { Race, Voter } from './vote-race-judge.ts';

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
/** So many vote only behind the close. */
export const LATE = 20;

/** Everybody joins by the link, without an ear: half at one door, half at the other. */
export async function comeIn(
  { sessionId, linkToken }: Pick<Stage, 'sessionId' | 'linkToken'>,
  doors: readonly string[],
  people: number,
): Promise<Voter[]> {
  const voters: Voter[] = [];
  await atPace(people, 8, async (n) => {
    const home = doors[n % doors.length] ?? '';
    const browser = openBrowser(home, () => undefined, { elsewhere: doors.filter((door) => door !== home) });
    const body = { token: linkToken, key: randomUUID(), consent: true as const, name: '', venueId: null };
    const { participantId } = await browser.call(accountRoutes.join, { body });
    await command(browser, sessionId, { type: 'enterRoom' }, randomUUID());
    voters.push({ id: participantId, browser });
  });
  return voters;
}

/** A tab of somebody's: which door it knocks at first, what it chooses, and when the hand goes up. */
export type Tab = {
  readonly voter: Voter;
  readonly door: number;
  readonly choice: string;
  readonly begins: Promise<void>;
};

/**
 * Everybody votes within two seconds, in two tabs each; a process is killed once the first have voted, and the chair closes
 * the poll, twice, in the middle. vote: one tab's, told what to call when it was acknowledged.
 */
export async function voteAtOnce<T>(
  { voters, chance, stage, world }: Race,
  pollId: PollId,
  vote: (tab: Tab, heard: () => void) => Promise<T>,
): Promise<readonly T[]> {
  let acknowledged = 0;
  let close = () => {};
  const isTime = new Promise<void>((resolve) => (close = resolve));
  let strike = () => {};
  const isUnderWay = new Promise<void>((resolve) => (strike = resolve));
  const heard = () => {
    acknowledged += 1;
    if (acknowledged > voters.length / 10) strike();
    if (acknowledged >= CLOSED_AFTER * voters.length) close();
  };
  const inTabs = (some: readonly Voter[], begins: () => Promise<void>) =>
    Promise.all(
      some.flatMap((voter) =>
        Array.from({ length: TABS }, (_, door) =>
          vote({ voter, choice: door === 0 ? 'a' : 'b', door, begins: begins() }, heard),
        ),
      ),
    );
  let closed = () => {};
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  const soon = () => new Promise<void>((resolve) => setTimeout(resolve, chance.next() * HALL_MS));
  const late = inTabs(voters.slice(-LATE), () => isClosed);
  const voting = inTabs(voters.slice(0, -LATE), soon).finally(() => {
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

/** What came of knocking over and over: an answer, a refusal, or nothing, so that nobody knows. */
export type Insisted =
  | { readonly end: 'taken'; readonly body: unknown }
  | { readonly end: 'refused'; readonly reason: string }
  | { readonly end: 'unknown' };

/** Knocks at one door after the other, with waits that are often too short, until it is answered, or five times. */
export async function insist(
  { doors, chance }: Pick<Race, 'doors' | 'chance'>,
  firstDoor: number,
  knock: (home: string) => Omit<Knock, 'withinMs'> & { readonly address: string },
): Promise<Insisted> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const home = doors[(firstDoor + attempt) % doors.length] ?? '';
    const withinMs = chance.next() < 0.3 ? SHORTEST_MS + chance.below(200) : LONGEST_MS;
    const { address, ...asked } = knock(home);
    try {
      const { status, body } = await knockAt(address, { ...asked, withinMs });
      const answer: unknown = JSON.parse(body.toString('utf8'));
      if (status === 200) return { end: 'taken', body: answer };
      const { reason = '', code } = ErrorBody.parse(answer);
      if (status < 500 && status !== 429) return { end: 'refused', reason: reason === '' ? code : reason };
    } catch {
      // Nobody knows what became of it: tried again under the same key.
    }
    await new Promise((resolve) => setTimeout(resolve, (1 + attempt) * (50 + chance.below(PAUSE_MS))));
  }
  return { end: 'unknown' };
}

/** At which place in the log the command stands that an answer tells of. */
export function placeIn(body: unknown): number {
  return CommandReply.parse(body).events[0]?.seq ?? NaN;
}
