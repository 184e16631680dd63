import { newId } from '../../lib/api.ts';
import { kept } from '../../lib/kept.ts';

const KEPT = 'shangliang.join-key.';
// The first half of a token is the link's id; the half that opens the door is not kept here.
const nameFor = (token: string) => KEPT + token.slice(0, 21);

/**
 * This browser's own key for a link: whoever presses again after a lost answer, a reload or a new scan is the same
 * guest [P4]. Random, and kept until the person is in.
 */
export function joinKey(token: string): string {
  const known = kept.get(nameFor(token));
  if (known !== null) return known;
  const key = newId();
  kept.set(nameFor(token), key);
  return key;
}

/** Once the person is in, or was told that they cannot be, the next to join in this browser is another guest. */
export function forgetJoinKey(token: string): void {
  kept.remove(nameFor(token));
}
