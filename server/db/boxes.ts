import type { Pool } from 'pg';
import type { BoxBallot } from '../../core/domain/polls/box.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';
import type { BoxOf, BoxStore } from '../ports/box-store.ts';
import { createCasting } from './box-casting.ts';
import { goodClaims } from './claims.ts';

const bytes = (text: string) => Buffer.from(text, 'base64url');
const text = (some: Buffer) => some.toString('base64url');

// Whoever closes the poll takes this row for update and deletes it: everything before is counted, nothing comes behind.
const KEY = 'select sealed from poll_key where session_id = $1 and poll_id = $2 for share';

// As a poll begins to end, its key is destroyed and the row stays, for the ballots that are still taken.
const ISSUE = `with box as (${KEY}), good as (
    select claimed.id from unnest($6::text[], $7::uuid[], $8::uuid[]) as claimed(id, person_id, seat)
      join ${goodClaims('$1')}
  ), seat as (
    select from participant where session_id = $1 and id = $3 and not is_removed
  ), issued as (
    insert into poll_issue (session_id, poll_id, voter, blinded_hash, blind_sig)
    select $1, $2, $3, $4, $5 from box, good, seat where box.sealed <> '' on conflict do nothing returning true
  )
  select exists (select from issued) as issued, (select sealed <> '' from box) as signs`;

type KeyRow = { spki: Buffer; receipts: Buffer; sealed: string };
type IssueRow = { blinded_hash: Buffer; blind_sig: Buffer };
type BallotRow = { msg: Buffer; sig: Buffer; paper: Paper };

/** Boxes on plain SQL. No statement writes both who took a token and a ballot [B31]. */
export function createBoxStore(pool: Pool): BoxStore {
  const issueOf: BoxStore['issueOf'] = async ({ sessionId, pollId }, voter) => {
    const { rows } = await pool.query<IssueRow>(
      'select blinded_hash, blind_sig from poll_issue where session_id = $1 and poll_id = $2 and voter = $3',
      [sessionId, pollId, voter],
    );
    const [row] = rows;
    return row === undefined ? null : { blindedHash: text(row.blinded_hash), blindSig: text(row.blind_sig) };
  };
  const paperOf = async ({ sessionId, pollId }: BoxOf, nullifier: string) => {
    const { rows } = await pool.query<{ paper: Paper }>(
      'select paper from poll_ballot where session_id = $1 and poll_id = $2 and nullifier = $3',
      [sessionId, pollId, Buffer.from(nullifier, 'hex')],
    );
    return rows[0]?.paper ?? null;
  };
  return {
    keepKey: async ({ sessionId, pollId }, { spki, receipts, sealed }) => {
      await pool.query(
        `insert into poll_key (session_id, poll_id, spki, receipts, sealed)
         values ($1, $2, $3, $4, $5) on conflict do nothing`,
        [sessionId, pollId, bytes(spki), bytes(receipts), sealed],
      );
    },
    keyOf: async ({ sessionId, pollId }) => {
      const { rows } = await pool.query<KeyRow>(
        'select spki, receipts, sealed from poll_key where session_id = $1 and poll_id = $2',
        [sessionId, pollId],
      );
      const [row] = rows;
      return row === undefined
        ? null
        : { spki: text(row.spki), receipts: text(row.receipts), sealed: row.sealed };
    },
    issueOf,
    issue: async (of, voter, { blindedHash, blindSig, claim }) => {
      const { rows } = await pool.query<{ issued: boolean; signs: boolean | null }>(ISSUE, [
        of.sessionId,
        of.pollId,
        voter,
        bytes(blindedHash),
        bytes(blindSig),
        [claim.signInId],
        [claim.personId],
        [claim.seat],
      ]);
      if (rows[0]?.issued === true) return { is: 'issued' };
      // A statement of its own: what another request committed meanwhile counts.
      const before = await issueOf(of, voter);
      if (before !== null) return { is: 'taken', before };
      const signs = rows[0]?.signs ?? null;
      if (signs === null) return { is: 'closed' };
      return signs ? { is: 'unclaimed' } : { is: 'ending' };
    },
    cast: createCasting(pool),
    paperOf,
    count: async ({ sessionId, pollId }) => {
      const { rows } = await pool.query<{ issued: number; cast: number }>(
        `select (select count(*)::int from poll_issue where session_id = $1 and poll_id = $2) as issued,
           (select count(*)::int from poll_ballot where session_id = $1 and poll_id = $2) as cast`,
        [sessionId, pollId],
      );
      return rows[0] ?? { issued: 0, cast: 0 };
    },
    ballots: async ({ sessionId, pollId }) => ballotsIn(pool, { sessionId, pollId }),
  };
}

/** Every ballot of a box, in no order. */
export async function ballotsIn(
  asker: Pick<Pool, 'query'>,
  { sessionId, pollId }: BoxOf,
): Promise<readonly BoxBallot[]> {
  const { rows } = await asker.query<BallotRow>(
    'select msg, sig, paper from poll_ballot where session_id = $1 and poll_id = $2 order by random()',
    [sessionId, pollId],
  );
  return rows.map(({ msg, sig, paper }) => ({ msg: text(msg), signature: text(sig), paper }));
}
