import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { bytesOf, textOf, type BoxKey } from '../../../core/domain/polls/box.ts';
import { keyOf } from './signatures.ts';

// RFC 9474, RSABSSA-SHA384-PSS-Randomized, on the voter's side. This file is heavy: it comes when a poll has a box.

const OWN_BYTES = 32;

export type Blinded = { readonly msg: string; readonly inv: string; readonly blinded: string };

/** A message of one's own, and what hides it from whoever signs it. Throws where the key is none. */
export async function blind(key: Pick<BoxKey, 'spki'>): Promise<Blinded> {
  const suite = RSABSSA.SHA384.PSS.Randomized();
  const prepared = suite.prepare(crypto.getRandomValues(new Uint8Array(OWN_BYTES)));
  const { blindedMsg, inv } = await suite.blind(await keyOf(key), prepared);
  return { msg: textOf(prepared), inv: textOf(inv), blinded: textOf(blindedMsg) };
}

/** The token: the signature over the message itself. Throws where what was signed is something else. */
export async function finalized(
  key: Pick<BoxKey, 'spki'>,
  { msg, inv }: Pick<Blinded, 'msg' | 'inv'>,
  signature: string,
): Promise<string> {
  const suite = RSABSSA.SHA384.PSS.Randomized();
  return textOf(await suite.finalize(await keyOf(key), bytesOf(msg), bytesOf(signature), bytesOf(inv)));
}
