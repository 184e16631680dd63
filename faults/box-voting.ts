import { BallotReceipt, boxRoutes, IssuedToken, tokenRoutes } from '../core/contract/box-doors.ts';
import type { ParticipantId, PollId } from '../core/domain/ids.ts';
import type { BoxBallot, BoxKey } from '../core/domain/polls/box.ts';
import type { PollDraft } from '../core/domain/polls/draft.ts';
import { draftPoll, openPoll } from '../load/polls.ts';
import { addressOf } from '../rehearsal/doors.ts';
import { blindFor, type Blinded } from '../server/testing/blind-voter.ts';
import { insist, type Insisted } from './vote-race-hall.ts';
import { pollAt, type Race, type Voter } from './vote-race-judge.ts';

/** A poll whose ballots go into a box, open, with its key. */
export type OpenBox = { readonly draft: PollDraft; readonly key: BoxKey };

/** What a voter's device holds for one poll: what it blinded, and the token once it has one. */
export type Device = {
  readonly voter: Voter;
  readonly mine: Blinded;
  signature: string | null;
};

/** What one tab was told of its paper. */
export type Cast = { readonly voter: ParticipantId; readonly msg: string; readonly choice: string } & (
  | { readonly end: 'taken'; readonly receipt: BallotReceipt }
  | { readonly end: 'refused'; readonly reason: string }
  | { readonly end: 'unknown' }
);

type Asking = Pick<Race, 'doors' | 'chance' | 'stage'>;

export async function openBoxPoll({ stage, doors }: Race, number: number): Promise<OpenBox> {
  const draft = draftPoll(number, 'verifiable');
  await openPoll(stage.chair, stage.sessionId, draft);
  const { key } = await pollAt(doors[0] ?? '', stage, draft.id);
  if (key === undefined) throw new Error('the box did not open');
  return { draft, key };
}

export function deviceOf(voter: Voter, { key }: OpenBox): Device {
  return { voter, mine: blindFor(key), signature: null };
}

/** Asks for a token over and over, with the same blinded message. */
export async function askToken(
  asking: Asking,
  pollId: PollId,
  { device, door }: { readonly device: Device; readonly door: number },
): Promise<Insisted['end']> {
  const { voter, mine } = device;
  const route = tokenRoutes.takeToken;
  const { sessionId } = asking.stage;
  const insisted = await insist(asking, door, (home) => {
    return {
      address: addressOf(home, route, { params: { sessionId, pollId } }),
      method: route.method,
      headers: { ...voter.browser.headers(), origin: home, 'content-type': 'application/json' },
      body: JSON.stringify({ blinded: mine.blinded, voter: voter.id }),
    };
  });
  if (insisted.end === 'taken') device.signature = IssuedToken.parse(insisted.body).signature;
  return insisted.end;
}

/** Puts a ballot into the box over and over, as nobody. */
export async function putBallot(
  asking: Asking,
  pollId: PollId,
  { device, choice, door }: { readonly device: Device; readonly choice: string; readonly door: number },
): Promise<Cast> {
  const { voter, mine, signature } = device;
  const about = { voter: voter.id, msg: mine.msg, choice };
  if (signature === null) return { ...about, end: 'refused', reason: 'no token' };
  const ballot: BoxBallot = mine.ballot(signature, { shape: 'choices', choices: [choice] });
  const { sessionId } = asking.stage;
  const insisted = await insist(asking, door, (home) => {
    return {
      address: addressOf(home, boxRoutes.castIntoBox, { params: { sessionId, pollId } }),
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ballot),
    };
  });
  if (insisted.end !== 'taken') return { ...about, ...insisted };
  return { ...about, end: 'taken', receipt: BallotReceipt.parse(insisted.body) };
}
