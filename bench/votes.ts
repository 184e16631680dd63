import { randomUUID } from 'node:crypto';
import { PollId } from '../core/domain/ids.ts';
import { papersFor, turnoutOfAll } from '../core/domain/polls/reading.ts';
import { PollResult } from '../core/domain/polls/result.ts';
import { usualPoll } from '../core/domain/polls/usual-rules.ts';
import { command } from '../rehearsal/knock.ts';
import { hearSocketIo } from './audience.ts';
import type { Row, Sample } from './frame.ts';
import type { Hall, Meeting } from './hall.ts';
import { atPace } from './pace.ts';
import { startPeer } from './peer.ts';
import { everybodyHears } from './posting.ts';
import { percentile } from './stats.ts';

const VOTERS = 1_000;
const WITHIN_MS = 2_000;
const OPTIONS = ['y', 'n'] as const;
const optionOf = (n: number) => OPTIONS[n % OPTIONS.length] ?? 'y';

/** A hall votes at once, and all who voted see the turnout move. Each side votes once before it is measured. */
export function voteRow(hall: Hall): Row {
  let meeting: Promise<Meeting> | undefined;
  return {
    name: `${VOTERS} votes within 2 s in one room, live turnout to all`,
    units: {
      'CPU per vote': 'µs',
      'PostgreSQL per vote': 'µs',
      'all acknowledged': 'ms',
      'acknowledged p99': 'ms',
    },
    contenders: [
      // The same thousand people vote in each round: letting them in is not what is measured here.
      { name: 'shangliang', run: async () => await ours(hall, await (meeting ??= hall.meet(VOTERS))) },
      { name: 'naive socket.io', run: naive },
    ],
    targets: [
      { figure: 'CPU per vote', beside: ['naive socket.io'], ratio: 0.1 },
      { figure: 'all acknowledged', atMost: 2_500 },
      { figure: 'acknowledged p99', atMost: 500 },
    ],
  };
}

async function ours(hall: Hall, meeting: Meeting): Promise<Sample> {
  // Not measured, as in bench/broadcast.ts.
  await vote(hall, meeting);
  return await vote(hall, meeting);
}

async function vote(hall: Hall, meeting: Meeting): Promise<Sample> {
  const { sessionId, guests, chair } = meeting;
  const pollId = PollId.parse(randomUUID());
  await command(chair, sessionId, { type: 'preparePoll', poll: pollOf(pollId) }, randomUUID());
  await command(chair, sessionId, { type: 'openPoll', pollId }, randomUUID());
  const listeners = await everybodyHears(meeting);
  const before = hall.cpuSeconds();
  const votes = await castAll(async (n) => {
    const guest = guests[n];
    if (guest === undefined) throw new Error('a voter is missing');
    const paper = { shape: 'choices' as const, choices: [optionOf(n)] };
    await command(guest.browser, sessionId, { type: 'castBallot', pollId, paper }, randomUUID());
  });
  await Promise.all(listeners.map((listener) => listener.heard(VOTERS)));
  const after = hall.cpuSeconds();
  for (const listener of listeners) listener.close();
  const [closed] = await command(chair, sessionId, { type: 'closePoll', pollId }, randomUUID());
  const result = PollResult.parse(closed?.event.type === 'poll:closed' ? closed.event.result : null);
  const counts = papersFor(result.chambers[0]?.count ?? null);
  const counted = JSON.stringify([turnoutOfAll(result).cast, counts]);
  const expected = JSON.stringify([VOTERS, { y: VOTERS / 2, n: VOTERS / 2 }]);
  if (counted !== expected) throw new Error(`counted ${counted}, expected ${expected}`);
  return {
    'CPU per vote': ((after.server - before.server) * 1e6) / VOTERS,
    'PostgreSQL per vote': ((after.postgres - before.postgres) * 1e6) / VOTERS,
    ...votes,
  };
}

/** Every vote is told to all, and nothing is stored. */
async function naive(): Promise<Sample> {
  const peer = await startPeer('socket-io.mjs');
  try {
    const port = peer.ports[0] ?? 0;
    const speakers = await Promise.all(Array.from({ length: VOTERS }, () => hearSocketIo(port)));
    const cast = () => castAll(async (n) => void (await speakers[n]?.ask('vote', optionOf(n))));
    await cast();
    await Promise.all(speakers.map((speaker) => speaker.heard(VOTERS)));
    const before = peer.cpuSeconds();
    const votes = await cast();
    await Promise.all(speakers.map((speaker) => speaker.heard(2 * VOTERS)));
    const used = peer.cpuSeconds() - before;
    for (const speaker of speakers) speaker.close();
    return { 'CPU per vote': (used * 1e6) / VOTERS, ...votes };
  } finally {
    await peer.stop();
  }
}

async function castAll(cast: (n: number) => Promise<void>): Promise<Sample> {
  const began = performance.now();
  const waits = await atPace(VOTERS, WITHIN_MS / VOTERS, async (n) => {
    const sentAt = performance.now();
    await cast(n);
    return performance.now() - sentAt;
  });
  return { 'all acknowledged': performance.now() - began, 'acknowledged p99': percentile(waits, 0.99) };
}

function pollOf(id: PollId) {
  const options = OPTIONS.map((option) => ({ id: option, text: option }));
  return usualPoll({ id, question: '是否同意？', options, roles: ['resident'] });
}
