import { bytesOf, SALT_BYTES, type BoxBallot, type BoxKey } from '../../../core/domain/polls/box.ts';

const ALGORITHM = { name: 'RSA-PSS', hash: 'SHA-384' } as const;

/** The key of a box as the browser reckons with it. Rejects where it is none, or this browser cannot. */
export function keyOf({ spki }: Pick<BoxKey, 'spki'>): Promise<CryptoKey> {
  return crypto.subtle.importKey('spki', bytesOf(spki), ALGORITHM, true, ['verify']);
}

/** Whether a ballot's token was signed with this key: what anybody can ask. */
export async function isSignedBy(key: Pick<BoxKey, 'spki'>, ballot: BoxBallot): Promise<boolean> {
  const [signature, message] = [bytesOf(ballot.signature), bytesOf(ballot.msg)];
  const { name } = ALGORITHM;
  return crypto.subtle.verify({ name, saltLength: SALT_BYTES }, await keyOf(key), signature, message);
}
