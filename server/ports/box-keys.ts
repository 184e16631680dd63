import type { BoxBallot, BoxKey } from '../../core/domain/polls/box.ts';
import type { BoxOf, KeptKey } from './box-store.ts';

/** What is done with the keys of ballot boxes, beside the event loop where it takes long. */
export type BoxKeys = {
  /** A new key for one poll, one after the other: each takes a good part of a second. */
  readonly make: (of: BoxOf) => Promise<KeptKey>;
  /** The private key, PKCS#8 DER; null where it was sealed with another secret. */
  readonly open: (of: BoxOf, sealed: string) => Uint8Array | null;
  /** Ed25519, base64url: the receipt of this text. */
  readonly receipt: (text: string) => string;
  /** Whether a token was signed with a box's key. */
  readonly isOwnToken: (key: BoxKey, ballot: Pick<BoxBallot, 'msg' | 'signature'>) => Promise<boolean>;
  /** Whether what was blinded is a number below the key's modulus, as RFC 9474 asks. */
  readonly isBelowModulus: (key: BoxKey, blinded: string) => boolean;
};

/** A token to be signed; key: PKCS#8 DER, known by name once it was read. */
export type SignRequest = { readonly name: string; readonly key: Uint8Array; readonly blinded: Uint8Array };

/** Signs what was blinded, in a thread of its own. */
export type Signer = {
  /** Null: it is no number that this key signs. Throws BUSY where too many wait, or the thread gave no answer. */
  readonly sign: (request: SignRequest) => Promise<Uint8Array | null>;
  readonly close: () => Promise<void>;
};
