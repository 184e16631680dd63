import type { PollId } from '../core/domain/ids.ts';
import { cameTrue } from '../server/testing/until.ts';
import { freshKey, inShort, type Answer, type Knocker } from './ask.ts';
import {
  castIn,
  choosing,
  draftOf,
  opened,
  pollFor,
  rawBallot,
  sameWords,
  SINGLE,
  tallied,
  votedIn,
} from './polling.ts';
import { openRoomSocket, type RoomSocket } from './room-socket.ts';
import { makeStage, type Person, type Stage } from './stage.ts';
import type { World } from './world.ts';

const SENDS = 200;
const DEVICES = 4;
const HEARD_MS = 10_000;
const ONCE = `1 heard on each of ${DEVICES} sockets`;

/** However often, from wherever and with whatever key one person votes: one paper of theirs is counted. */
export async function votedTwice(world: World): Promise<void> {
  const cast = { host: 'host', member: 'member', other: 'member' } as const;
  const stage = await makeStage(world, { title: 'T11', cast, opens: true, purpose: 't11' });
  await detached(world, stage);
  await named(world, stage);
}

/** A paper without a name is cast once, and never taken back. */
async function detached(world: World, stage: Stage): Promise<void> {
  const voter = stage.person('member');
  const { id } = await opened(stage, draftOf(SINGLE, ['member'], { secrecy: 'secret' }));
  const devices = await devicesOf(world, voter);
  const ears = await Promise.all(devices.map((device) => earOf(device, stage)));
  const shared = freshKey();
  const answers = await storm(stage, id, devices, (n) =>
    n % 4 === 0 ? undefined : n % 4 === 1 ? shared : freshKey(),
  );
  const made = new Set(answers.filter(({ status }) => status === 200).map(sameWords));
  const others = answers.filter(({ status }) => status !== 200).map(inShort);
  const right = ['409 CONFLICT BALLOT_ALREADY_CAST', '400 INVALID KEY_MISSING'];
  world.book.judged('T11', `${SENDS} ballots of one person at once, from ${DEVICES} devices`, {
    wanted: `1 is taken, the others ${right.join(' or ')}`,
    came: `${made.size} taken, ${tallied(others)}`,
    passed: made.size === 1 && others.every((other) => right.includes(other)),
  });
  const heard = () => ears.map((ear) => castsHeard(ear, stage, id));
  await cameTrue(HEARD_MS, () => heard().every((count) => count > 0));
  const came = heard().every((count) => count === 1) ? ONCE : `heard ${heard().join(', ')}`;
  world.book.same('T11', 'that somebody has voted', ONCE, came);
  for (const ear of ears) ear.close();
  await closedWithOne(world, stage, { id, voter, what: 'of them, without a name' });
}

/** A paper with a name may be changed until the close: still it is one. */
async function named(world: World, stage: Stage): Promise<void> {
  const voter = stage.person('other');
  const { id } = await opened(stage, draftOf(SINGLE, ['member']));
  const devices = await devicesOf(world, voter);
  const answers = await storm(stage, id, devices, () => freshKey());
  const right = `${SENDS} × 200`;
  world.book.same(
    'T11',
    `${SENDS} changes of one named ballot at once`,
    right,
    tallied(answers.map(inShort)),
  );
  await closedWithOne(world, stage, { id, voter, what: 'of them, by name' });
}

type Held = { readonly id: PollId; readonly voter: Person; readonly what: string };

async function closedWithOne(world: World, stage: Stage, { id, voter, what }: Held): Promise<void> {
  const before = votedIn(await pollFor(voter, stage, id));
  const isOnce = before.length === 1 && before[0] === voter.participantId;
  await stage.does(stage.chair, { type: 'closePoll', pollId: id });
  const poll = await pollFor(voter, stage, id);
  const papers = poll.phase === 'closed' ? (poll.ballots ?? poll.papers).length : 0;
  world.book.same(
    'T11',
    `what is counted ${what}`,
    'they have voted, 1 counted, 1 paper',
    `${isOnce ? 'they have voted' : before.join()}, ${castIn(poll)} counted, ${papers} paper`,
  );
}

async function devicesOf(world: World, { account }: Person): Promise<readonly Knocker[]> {
  if (account === null) throw new Error('a guest has one device');
  return await Promise.all(Array.from({ length: DEVICES }, (_, process) => world.signIn(account, process)));
}

async function storm(
  stage: Stage,
  id: PollId,
  devices: readonly Knocker[],
  keyOf: (n: number) => string | undefined,
): Promise<readonly Answer[]> {
  return await Promise.all(
    Array.from({ length: SENDS }, async (_, n) => {
      const device = devices[n % devices.length];
      if (device === undefined) throw new Error('there is no device');
      const key = keyOf(n);
      // Half of them say the one, half the other, on every device and with every key.
      const body = JSON.stringify(choosing(Math.floor(n / DEVICES) % 2 === 0 ? 'a' : 'b'));
      return await rawBallot(device, stage, id, { body, ...(key === undefined ? {} : { key }) });
    }),
  );
}

async function earOf(device: Knocker, { sessionId }: Stage): Promise<RoomSocket> {
  const socket = await openRoomSocket({
    url: device.url,
    headers: () => ({ ...device.headers(), origin: device.url }),
  });
  if (typeof socket === 'string') throw new Error(`not let into the room: ${socket}`);
  const heard = await socket.hear(sessionId);
  if (heard !== 'ok') throw new Error(`may not hear: ${heard}`);
  return socket;
}

function castsHeard(ear: RoomSocket, { sessionId }: Stage, id: PollId): number {
  return ear.heard(sessionId).filter(({ event }) => event.type === 'ballot:cast' && event.pollId === id)
    .length;
}
