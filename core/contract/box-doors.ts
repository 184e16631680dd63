import { z } from 'zod';
import { ParticipantId, PollId } from '../domain/ids.ts';
import { BoxBallot, BoxBytes, BoxContent } from '../domain/polls/box.ts';
import { DOORS } from './limits.ts';
import { none } from './none.ts';
import { route } from './route.ts';
import { SessionParams } from './snapshot.ts';

const params = SessionParams.extend({ pollId: PollId });
const base = { bodyBytes: DOORS.ballotBytes, query: none, isIdempotent: false, params } as const;

/** What a browser asks for, and for whom it keeps what it gets: by then another tab may have signed somebody else in. */
export const TokenWish = z.strictObject({ blinded: BoxBytes.signature, voter: ParticipantId });
export type TokenWish = z.infer<typeof TokenWish>;

/** 领取到的票: what a browser needs to cast it. */
export const IssuedToken = z.strictObject({
  /** The blind signature: finalised by whoever blinded, it is a token. */
  signature: BoxBytes.signature,
  box: z.strictObject({
    /** Where the ballot goes: a path of this host, or a whole address of another. */
    url: z.string(),
    /** A browser waits for a random time up to this before it sends the ballot, in milliseconds. */
    jitterMs: z.int().min(0),
  }),
});
export type IssuedToken = z.infer<typeof IssuedToken>;

/** 回执: what whoever cast a ballot keeps. */
export const BallotReceipt = z.strictObject({
  tracker: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/),
  /** Ed25519 signature over receiptText, base64url: with it a voter shows that this very paper was taken. */
  receipt: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
export type BallotReceipt = z.infer<typeof BallotReceipt>;

/** How far a box has come. While it is open in steps, and not newer than ten seconds, so that nobody is told by it. */
export const BoxTurnout = z.strictObject({
  issued: z.int().min(0),
  cast: z.int().min(0),
  /** Whether this is the end, and exact. */
  isClosed: z.boolean(),
});
export type BoxTurnout = z.infer<typeof BoxTurnout>;

/** What is asked of a poll's box by somebody who is known: who may take a token, and who may read a closed box. */
export const tokenRoutes = {
  takeToken: route({
    ...base,
    auth: 'person',
    rate: 'command',
    method: 'POST',
    path: '/api/sessions/:sessionId/polls/:pollId/token',
    summary:
      'Take my token for a poll that is 无记名可核验: one for each voter. The same blinded message again is answered with the same signature. Errors: TOKEN_TAKEN for another one, POLL_WITHOUT_BOX, NOT_ELIGIBLE (also where voter is somebody else), POLL_NOT_OPEN, POLL_CLOSED, SESSION_NOT_OPEN, FIELD_INVALID for what is no number below the modulus.',
    body: TokenWish,
    reply: IssuedToken,
  }),
  getBox: route({
    ...base,
    auth: 'person',
    rate: 'read',
    method: 'GET',
    path: '/api/sessions/:sessionId/polls/:pollId/box',
    summary:
      'The box of a closed poll: every ballot with its token, in the order of trackers, and who took one. Errors: POLL_STILL_OPEN, POLL_UNPUBLISHED, POLL_WITHOUT_BOX.',
    body: none,
    reply: BoxContent,
  }),
};

/**
 * What is asked of the box itself, by nobody in particular: no cookie is read, nothing about a request is written down, and
 * what stands in a ballot is all that anybody is asked for.
 */
export const boxRoutes = {
  castIntoBox: route({
    ...base,
    auth: 'none',
    rate: 'ballot',
    method: 'POST',
    path: '/box/:sessionId/:pollId',
    summary:
      'Put a ballot into the box. The same ballot again is answered with the same receipt, also after the close. Errors: TOKEN_FOREIGN, TOKEN_SPENT, POLL_CLOSED, POLL_UNKNOWN, POLL_WITHOUT_BOX, SESSION_NOT_OPEN, those of a paper, TOO_OFTEN.',
    body: BoxBallot,
    reply: BallotReceipt,
  }),
  readBox: route({
    ...base,
    auth: 'none',
    rate: 'ballot',
    method: 'GET',
    path: '/box/:sessionId/:pollId',
    summary: 'How many tokens were taken and ballots cast, in steps while it is open.',
    body: none,
    reply: BoxTurnout,
  }),
};
