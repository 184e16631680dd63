import type { PoolClient } from 'pg';
import type { SessionId } from '../../core/domain/ids.ts';
import type { Claim } from '../ports/rooms.ts';

/**
 * Join and where of the sign-ins `s` that are good among `claimed(id, person_id, seat)`: not ended, of this person, who
 * is not disabled and has this seat. Locked until the transaction ends: none ends before the commit, and one that is
 * being ended is waited for, or skipped by whoever says so behind it. Whoever is disabled has their sign-ins ended with
 * it, so no other row is locked.
 */
export function goodClaims(session: string): string {
  return `sign_in s on s.token_hash = decode(claimed.id, 'hex') and s.person_id = claimed.person_id
      and s.revoked_at is null and s.expires_at > now()
    where exists (select from person p where p.id = s.person_id and p.disabled_at is null)
      and (claimed.seat is null or exists (select from participant
        where session_id = ${session} and id = claimed.seat and person_id = s.person_id))
    order by s.token_hash for share of s`;
}

/** Each claim once: how many there are and how many are good is compared. */
export function distinct(claims: readonly Claim[]): readonly Claim[] {
  return [...new Map(claims.map((claim) => [nameOf(claim), claim])).values()];
}

/** Which of these claims are good, in their order; in a transaction that holds the session's row. */
export async function areGood(
  tx: Pick<PoolClient, 'query'>,
  sessionId: SessionId,
  claims: readonly Claim[],
): Promise<readonly boolean[]> {
  const each = distinct(claims);
  const { rows } = await tx.query<Pick<Claim, 'signInId' | 'seat'>>({
    name: 'claims-good',
    text: `select claimed.id as "signInId", claimed.seat
      from unnest($2::text[], $3::uuid[], $4::uuid[]) as claimed(id, person_id, seat) join ${goodClaims('$1')}`,
    values: [
      sessionId,
      each.map(({ signInId }) => signInId),
      each.map(({ personId }) => personId),
      each.map(({ seat }) => seat),
    ],
  });
  const good = new Set(rows.map(nameOf));
  return claims.map((claim) => good.has(nameOf(claim)));
}

function nameOf({ signInId, seat }: Pick<Claim, 'signInId' | 'seat'>): string {
  return `${signInId} ${seat ?? ''}`;
}
