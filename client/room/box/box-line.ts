import {
  boxRoutes,
  tokenRoutes,
  type BallotReceipt,
  type BoxTurnout,
  type IssuedToken,
  type TokenWish,
} from '../../../core/contract/box-doors.ts';
import type { PollId, SessionId } from '../../../core/domain/ids.ts';
import type { BoxBallot, BoxContent } from '../../../core/domain/polls/box.ts';
import { call, readAnswer } from '../../lib/api.ts';
import { ApiError } from '../../lib/errors.ts';

export type BoxPlace = { readonly sessionId: SessionId; readonly pollId: PollId };

/** How long the box may be silent until we call it unreachable. */
const SILENCE_MS = 15_000;

/** Takes a token; refused where its voter is not whoever is signed in by now. Throws ApiError. */
export function takeToken(params: BoxPlace, wish: TokenWish): Promise<IssuedToken> {
  return call(tokenRoutes.takeToken, { params, body: wish });
}

/** The whole box of a closed poll. Throws ApiError. */
export function openBox(params: BoxPlace): Promise<BoxContent> {
  return call(tokenRoutes.getBox, { params });
}

/** Puts a ballot into the box, as nobody: no cookie, no address of the page it comes from. Throws ApiError. */
export async function putIntoBox(url: string, ballot: BoxBallot): Promise<BallotReceipt> {
  return readAnswer(
    boxRoutes.castIntoBox,
    await asNobody(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ballot),
    }),
  );
}

/** How far a box has come, in steps. Throws ApiError. */
export function readBox({ sessionId, pollId }: BoxPlace): Promise<BoxTurnout> {
  return readBoxAt(`/box/${sessionId}/${pollId}`);
}

/** How far the box at this address has come, which may be on another host. Throws ApiError. */
export async function readBoxAt(url: string): Promise<BoxTurnout> {
  return readAnswer(boxRoutes.readBox, await asNobody(url, { method: 'GET' }));
}

async function asNobody(url: string, request: RequestInit) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), SILENCE_MS);
  try {
    const response = await fetch(url, {
      ...request,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: abort.signal,
    });
    return { response, text: await response.text() };
  } catch (cause) {
    throw new ApiError('OFFLINE', { cause });
  } finally {
    clearTimeout(timer);
  }
}
