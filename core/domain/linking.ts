import { canonical } from './canonical.ts';
import { digest } from './digest.ts';
import type { By, RoomEvent } from './events.ts';
import type { Personal } from './personal.ts';

// How the rows of a log are chained. Apart from what they may say, so that whoever only checks the chain need not know that.

/** What the chain starts from: the session's id, so that a log cannot pass for another's [L2]. */
export function genesis(sessionId: string): string {
  return digest(canonical(['shangliang/1', sessionId]));
}

/** SHA-256, hex, of a text: this one, or a faster one that a server has. */
export type Digest = (text: string) => string;

/** The salted commitment to the personal part of an event [L4]. */
export function commit(salt: string, personal: Personal, hash: Digest = digest): string {
  return hash(canonical([salt, personal]));
}

/** What of a row its hash covers. P: what it says, where that matters. */
export type Linked<P = RoomEvent, B = By> = {
  readonly seq: number;
  readonly at: string;
  readonly by: B;
  readonly payload: P;
  readonly commitment: string | null;
};

/** Hash of a row: previous hash and everything public in the row, the commitment included [L2]. */
export function linkHash<P, B>(previous: string, row: Linked<P, B>, hash: Digest = digest): string {
  const { seq, at, by, payload, commitment } = row;
  return hash(canonical([previous, seq, at, by, payload, commitment]));
}
