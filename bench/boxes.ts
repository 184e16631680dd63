import { randomUUID } from 'node:crypto';
import { boxRoutes, tokenRoutes } from '../core/contract/box-doors.ts';
import { addressOf } from '../rehearsal/doors.ts';
import { command } from '../rehearsal/knock.ts';
import { blindFor } from '../server/testing/blind-voter.ts';
import type { Row, Sample } from './frame.ts';
import type { Hall } from './hall.ts';
import { openBox } from './open-box.ts';
import { METRICS_TOKEN } from './servers.ts';

const VOTERS = 300;

/** Everybody takes a token for a ballot box in the same moment, and then votes: signing is done beside the event loop. */
export function boxRow(hall: Hall): Row {
  return {
    name: `${VOTERS} tokens of a ballot box at once, and their ballots`,
    units: { 'all signed': 'ms', 'longest stall': 'ms', 'ballots a second': '' },
    contenders: [{ name: 'shangliang', run: () => vote(hall) }],
    targets: [
      { figure: 'all signed', atMost: 3_000 },
      { figure: 'longest stall', atMost: 50 },
    ],
  };
}

async function vote(hall: Hall): Promise<Sample> {
  const { sessionId, guests, chair } = await hall.meet(VOTERS);
  const { pollId, key } = await openBox(chair, sessionId);
  const blinded = guests.map(() => blindFor(key));
  const params = { sessionId, pollId };
  // What was the longest until now is forgotten when it is told.
  await longestStall(hall);
  let began = performance.now();
  const ballots = await Promise.all(
    guests.map(async ({ browser, participantId }, n) => {
      const mine = blinded[n];
      if (mine === undefined) throw new Error('a voter is missing');
      const { signature } = await browser.call(tokenRoutes.takeToken, {
        params,
        body: { blinded: mine.blinded, voter: participantId },
      });
      return mine.ballot(signature, { shape: 'choices', choices: [n % 2 === 0 ? 'y' : 'n'] });
    }),
  );
  const signed = performance.now() - began;
  const stall = await longestStall(hall);
  const [server] = hall.servers;
  const address = addressOf(server?.url ?? '', boxRoutes.castIntoBox, { params });
  began = performance.now();
  await Promise.all(
    ballots.map(async (ballot) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(ballot) });
      if (!answer.ok) throw new Error(`a ballot was answered with ${answer.status}`);
    }),
  );
  const cast = performance.now() - began;
  const [closed] = await command(chair, sessionId, { type: 'closePoll', pollId }, randomUUID());
  const box = closed?.event.type === 'poll:closed' ? closed.event.box : undefined;
  if (box?.issued !== VOTERS || box.cast !== VOTERS) throw new Error(`counted ${JSON.stringify(box)}`);
  return {
    'all signed': signed,
    'longest stall': stall,
    'ballots a second': (1_000 * VOTERS) / cast,
  };
}

/** The longest that the server's event loop was held up since it was last asked, in ms, as Node.js measures it. */
async function longestStall({ servers: [server] }: Hall): Promise<number> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const metrics = await (await fetch(`${server?.url ?? ''}/metrics`, { headers })).text();
  const [, seconds] = /^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(metrics) ?? [];
  if (seconds === undefined) throw new Error('the server tells nothing of its event loop');
  return 1_000 * Number(seconds);
}
