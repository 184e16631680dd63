import { randomUUID } from 'node:crypto';
import { PollId } from '../core/domain/ids.ts';
import { PollDraft } from '../core/domain/polls/kinds.ts';
import { command } from '../rehearsal/knock.ts';
import type { Row, Sample } from './frame.ts';
import type { Hall } from './hall.ts';
import { atPace } from './pace.ts';
import { percentile } from './stats.ts';

const VOTERS = 300;
const SECONDS = 5;

/** Rows about polls. */
export function pollRows(hall: Hall): readonly Row[] {
  return [
    {
      name: `${VOTERS} people vote within ${SECONDS} seconds`,
      units: { 'counted p50': 'ms', 'counted p95': 'ms', 'counted p99': 'ms' },
      contenders: [{ name: 'shangliang', run: () => vote(hall) }],
      targets: [
        { figure: 'counted p95', atMost: 200 },
        { figure: 'counted p99', atMost: 500 },
      ],
    },
  ];
}

async function vote(hall: Hall): Promise<Sample> {
  const { sessionId, guests, chair } = await hall.meet(VOTERS);
  const pollId = PollId.parse(randomUUID());
  const options = ['y', 'n', 'a'].map((id) => ({ id, text: id }));
  const poll = PollDraft.parse({
    id: pollId,
    question: '是否同意？',
    kind: 'approval',
    secrecy: 'named',
    options,
    maxChoices: 1,
    scale: null,
    eligibleRoles: ['resident'],
  });
  await command(chair, sessionId, { type: 'preparePoll', poll }, randomUUID());
  await command(chair, sessionId, { type: 'openPoll', pollId }, randomUUID());
  const waits = await atPace(VOTERS, (SECONDS * 1_000) / VOTERS, async (n) => {
    const guest = guests[n];
    if (guest === undefined) throw new Error('a voter is missing');
    const paper = { choices: [options[n % options.length]?.id ?? 'y'], scores: null };
    const began = performance.now();
    await command(guest.browser, sessionId, { type: 'castBallot', pollId, paper }, randomUUID());
    return performance.now() - began;
  });
  const [closed] = await command(chair, sessionId, { type: 'closePoll', pollId }, randomUUID());
  const result = closed?.event.type === 'poll:closed' ? closed.event.result : null;
  const expected = { eligible: VOTERS, cast: VOTERS, y: 100, n: 100, a: 100 };
  const counted = { eligible: result?.eligible, cast: result?.cast, ...result?.counts };
  if (JSON.stringify(counted) !== JSON.stringify(expected)) {
    throw new Error(`counted ${JSON.stringify(counted)}, expected ${JSON.stringify(expected)}`);
  }
  return {
    'counted p50': percentile(waits, 0.5),
    'counted p95': percentile(waits, 0.95),
    'counted p99': percentile(waits, 0.99),
  };
}
