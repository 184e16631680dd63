import { canonical } from '../../../core/domain/canonical.ts';
import { digest } from '../../../core/domain/digest.ts';
import type { PollId } from '../../../core/domain/ids.ts';
import { nullifierOf, trackerOf, type BoxContent } from '../../../core/domain/polls/box.ts';
import type { Paper } from '../../../core/domain/polls/paper.ts';
import type { Slip } from './slip.ts';

/** Whether one's own ballot lies in a closed box as it was cast. changed: it is there with another paper. */
export type OwnFound = 'there' | 'changed' | 'missing';

type Own = Pick<Slip, 'msg' | 'cast' | 'receipt'>;

/**
 * Looks for the ballot of a slip; the paper is known again by its hash, or by itself where the answer of the box was lost on
 * the way back.
 */
export function findOwn({ msg, cast, receipt }: Own, { ballots }: BoxContent): OwnFound {
  const nullifier = nullifierOf(msg);
  const own = ballots.find((ballot) => nullifierOf(ballot.msg) === nullifier);
  if (own === undefined) return 'missing';
  const known = receipt?.paperHash ?? (cast === null ? null : hashOf(cast.paper));
  return known === null || hashOf(own.paper) === known ? 'there' : 'changed';
}

/**
 * What a voter is told of their ballot in a closed box, with its tracker. pending: it was on its way and is not there. Null where
 * this device sent none.
 */
export function ownIn(
  pollId: PollId,
  slip: Own,
  content: BoxContent,
): { readonly tracker: string; readonly found: OwnFound | 'pending' } | null {
  if (slip.receipt === null && slip.cast === null) return null;
  const found = findOwn(slip, content);
  const tracker = slip.receipt?.tracker ?? trackerOf(nullifierOf(slip.msg), pollId);
  return { tracker, found: found === 'missing' && slip.receipt === null ? 'pending' : found };
}

function hashOf(paper: Paper): string {
  return digest(canonical(paper));
}

/** The trackers of a closed box, in their order, without what was chosen. */
export function trackersOf(pollId: PollId, { ballots }: BoxContent): string[] {
  return ballots.map(({ msg }) => trackerOf(nullifierOf(msg), pollId)).sort();
}

/** What somebody typed to look for, as trackers are written: small letters, spaces and look-alikes are understood. */
export function soughtFor(typed: string): string {
  const plain = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return plain.length > 4 ? `${plain.slice(0, 4)}-${plain.slice(4, 8)}` : plain;
}
