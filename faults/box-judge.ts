import { createPublicKey, verify } from 'node:crypto';
import pg from 'pg';
import { tokenRoutes } from '../core/contract/box-doors.ts';
import { canonical } from '../core/domain/canonical.ts';
import type { PollId } from '../core/domain/ids.ts';
import {
  nullifierOf,
  receiptText,
  trackerOf,
  type BoxContent,
  type BoxKey,
} from '../core/domain/polls/box.ts';
import { fileOf } from '../core/domain/polls/exporting.ts';
import { choicesOn } from '../core/domain/polls/paper.ts';
import type { ClosedPoll } from '../core/domain/polls/poll.ts';
import { turnoutOfAll } from '../core/domain/polls/reading.ts';
import { verifyBox } from '../core/domain/polls/verifying-box.ts';
import { verifyPoll } from '../core/domain/polls/verifying.ts';
import { isOwnToken, readSpki } from '../server/box/keys.ts';
import type { Cast } from './box-voting.ts';
import { readersOf, type Race } from './vote-race-judge.ts';

/** The closed box as many read it, at both doors; where one reads something else, that. */
export async function boxReadBy(
  race: Race,
  pollId: PollId,
): Promise<{ readonly box: BoxContent; readonly faults: readonly string[] }> {
  const { sessionId } = race.stage;
  const read = await readersOf(race, tokenRoutes.getBox, { sessionId, pollId });
  const [box] = read.map((one) => one as BoxContent);
  if (box?.ballots === undefined) throw new Error(`no box: ${JSON.stringify(box).slice(0, 200)}`);
  const others = read.filter((one) => canonical(one) !== canonical(box));
  return { box, faults: others.map(() => 'somebody reads another box') };
}

/** What was acknowledged against what lies in the box, what was counted, and what receipts say. */
export async function judgeBox(
  poll: ClosedPoll,
  box: BoxContent,
  told: readonly Cast[],
): Promise<readonly string[]> {
  const { key, result, draft } = poll;
  if (key === undefined || result === null) return ['no key, or no result'];
  const faults: string[] = [];
  const inBox = new Map(box.ballots.map(({ msg, paper }) => [msg, choicesOn(paper)[0]]));
  if (inBox.size !== box.ballots.length) faults.push('a token was spent twice');
  for (const one of told)
    if (one.end === 'taken') faults.push(...wrongReceipt(one, { key, pollId: draft.id, inBox }));
  // What nobody was told may be in the box or not; nothing else may be.
  const possible = new Set(told.filter(({ end }) => end !== 'refused').map(({ msg }) => msg));
  const strangers = [...inBox.keys()].filter((msg) => !possible.has(msg));
  if (strangers.length > 0) faults.push(`${strangers.length} ballots that nobody cast`);
  const { cast } = turnoutOfAll(result);
  if (cast !== box.ballots.length) faults.push(`${cast} counted, ${box.ballots.length} in the box`);
  if (poll.box?.issued !== box.roster.length)
    faults.push(`${poll.box?.issued} tokens told, ${box.roster.length} on the roster`);
  if (poll.box?.root !== box.root) faults.push('the chain tells another root');
  const file = fileOf(poll, box);
  if (file === null) return [...faults, 'it cannot be taken out'];
  const { findings, isRecounted } = verifyPoll(file);
  if (!isRecounted) faults.push('nothing was there to be counted again');
  const checks = await verifyBox(file, (own, ballot) => isOwnToken(readSpki(own.spki), ballot), {
    root: box.root,
  });
  if (checks.length === 0) faults.push('the box was not held against its poll');
  const wrong = [...findings, ...checks].filter(({ holds }) => !holds);
  return [...faults, ...wrong.map(({ check }) => `counted again: ${check}`)];
}

type Held = {
  readonly key: BoxKey;
  readonly pollId: PollId;
  readonly inBox: ReadonlyMap<string, string | undefined>;
};

function wrongReceipt(one: Extract<Cast, { end: 'taken' }>, { key, pollId, inBox }: Held): readonly string[] {
  const { voter, msg, choice, receipt } = one;
  const faults: string[] = [];
  if (inBox.get(msg) !== choice)
    faults.push(`${voter} was told that they voted, and the box has ${inBox.get(msg)}`);
  const nullifier = nullifierOf(msg);
  if (receipt.tracker !== trackerOf(nullifier, pollId)) faults.push(`${voter}: another tracker`);
  const signer = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.receipts }, format: 'jwk' });
  const text = receiptText(pollId, nullifier, { shape: 'choices', choices: [choice] });
  const isSigned = verify(null, Buffer.from(text), signer, Buffer.from(receipt.receipt, 'base64url'));
  return isSigned ? faults : [...faults, `${voter}: the receipt does not verify`];
}

/** What the rows say of a box: whether there is a key, how many tokens and ballots, and how often the log says that it closed. */
export type BoxRows = {
  readonly keys: number;
  readonly issued: number;
  readonly ballots: number;
  readonly closes: number;
};

/** One statement, so one moment. */
export async function boxRows({ world, stage }: Race, pollId: PollId): Promise<BoxRows> {
  const line = new pg.Client({ connectionString: world.databaseUrl() });
  await line.connect();
  try {
    const count = (table: string) =>
      `(select count(*)::int from ${table} where session_id = $1 and poll_id = $2::uuid)`;
    const { rows } = await line.query<BoxRows>(
      `select ${count('poll_key')} as keys, ${count('poll_issue')} as issued, ${count('poll_ballot')} as ballots,
         (select count(*)::int from room_event where session_id = $1 and type = 'poll:closed' and payload->>'pollId' = $2::text) as closes`,
      [stage.sessionId, pollId],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('no row');
    return row;
  } finally {
    await line.end();
  }
}

/** A closed box: told once, without a key, without who took which blinded message, and with every ballot. */
export async function wrongRows(race: Race, pollId: PollId, ballots: number): Promise<readonly string[]> {
  const rows = await boxRows(race, pollId);
  const right = { keys: 0, issued: 0, ballots, closes: 1 };
  return canonical(rows) === canonical(right)
    ? []
    : [`rows ${canonical(rows)} instead of ${canonical(right)}`];
}
