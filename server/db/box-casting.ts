import { DatabaseError, type Pool, type PoolClient } from 'pg';
import type { BoxBallot } from '../../core/domain/polls/box.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';
import { createGathered } from '../gathered.ts';
import type { BoxOf } from '../ports/box-store.ts';
import { withTransaction } from './client.ts';
import { MOST_STIRRED } from './stirring.ts';
import { isAway } from './storage-fault.ts';

/** A ballot on its way into a box. */
type Cast = { readonly of: BoxOf; readonly ballot: BoxBallot & { readonly nullifier: string } };
/** The paper that lies there, null in a closed box that holds none; or why nobody knows. */
type Answer = { readonly paper: Paper | null } | { readonly error: unknown };

// Whoever closes the poll takes the key for update; of those who cast, in whatever process, one at a time stirs.
const ENTER = `select pg_advisory_xact_lock(hashtextextended($1 || '/' || $2, 0))
  from poll_key where session_id = $1::uuid and poll_id = $2::uuid for share`;

// What is new is laid down among others that are laid down anew, in random order: which of them is new, neither place nor
// transaction tells. A token that was spent stays with its first paper.
const STIR = `with fresh as (
    select * from unnest($3::bytea[], $4::bytea[], $5::bytea[], $6::text[]) as f(nullifier, msg, sig, paper)
    where not exists (select from poll_ballot b
      where b.session_id = $1 and b.poll_id = $2 and b.nullifier = f.nullifier)
  ), stirred as (
    delete from poll_ballot where session_id = $1 and poll_id = $2 and exists (select from fresh)
      and nullifier = any(array(select b.nullifier from poll_ballot b
        where b.session_id = $1 and b.poll_id = $2 order by random() limit ${MOST_STIRRED}))
    returning nullifier, msg, sig, paper
  )
  insert into poll_ballot (session_id, poll_id, nullifier, msg, sig, paper)
  select $1, $2, nullifier, msg, sig, paper
  from (select nullifier, msg, sig, paper::jsonb from fresh union all select * from stirred) as laid
  order by random() on conflict do nothing`;

const PAPERS = `select encode(nullifier, 'hex') as nullifier, paper from poll_ballot
  where session_id = $1 and poll_id = $2 and nullifier = any($3::bytea[])`;

/** Casts ballots: those of a box that come while others are written down go together, in one transaction [B31]. */
export function createCasting(pool: Pool): (of: BoxOf, ballot: Cast['ballot']) => Promise<Paper | null> {
  const ask = createGathered<Cast, Answer>((casts) => castEach(pool, casts), { isOneAtATime: true });
  return async (of, ballot) => {
    const answer = await ask({ of, ballot });
    if ('error' in answer) throw answer.error;
    return answer.paper;
  };
}

async function castEach(pool: Pool, casts: readonly Cast[]): Promise<Answer[]> {
  const boxes = new Map<string, Cast[]>();
  for (const cast of casts) {
    const name = `${cast.of.sessionId}/${cast.of.pollId}`;
    const others = boxes.get(name);
    if (others === undefined) boxes.set(name, [cast]);
    else others.push(cast);
  }
  const answers = new Map<Cast, Answer>();
  for (const group of boxes.values())
    for (const [index, answer] of (await castGroup(pool, group)).entries())
      answers.set(group[index] as Cast, answer);
  return casts.map((cast) => answers.get(cast) ?? { paper: null });
}

async function castGroup(pool: Pool, casts: readonly Cast[]): Promise<readonly Answer[]> {
  try {
    return await withTransaction(pool, (tx) => castInto(tx, casts));
  } catch (error) {
    const isOnes = error instanceof DatabaseError && !isAway(error) && casts.length > 1;
    if (!isOnes) return casts.map(() => ({ error }));
    // Something in here cannot be stored: alone, only whoever sent it hears of it.
    const alone: Answer[] = [];
    for (const cast of casts) alone.push(...(await castGroup(pool, [cast])));
    return alone;
  }
}

async function castInto(tx: PoolClient, casts: readonly Cast[]): Promise<Answer[]> {
  const ballots = casts.map(({ ballot }) => ballot);
  const [{ of }] = casts as [Cast];
  const box = [of.sessionId, of.pollId];
  const nullifiers = ballots.map(({ nullifier }) => Buffer.from(nullifier, 'hex'));
  const { rowCount } = await tx.query({ name: 'box-enter', text: ENTER, values: box });
  if (rowCount === 1) {
    const values = [
      ...box,
      nullifiers,
      ballots.map(({ msg }) => Buffer.from(msg, 'base64url')),
      ballots.map(({ signature }) => Buffer.from(signature, 'base64url')),
      ballots.map(({ paper }) => JSON.stringify(paper)),
    ];
    await tx.query({ name: 'box-stir', text: STIR, values });
  }
  const { rows } = await tx.query<{ nullifier: string; paper: Paper }>({
    name: 'box-papers',
    text: PAPERS,
    values: [...box, nullifiers],
  });
  const lies = new Map(rows.map(({ nullifier, paper }) => [nullifier, paper]));
  return ballots.map(({ nullifier }) => ({ paper: lies.get(nullifier) ?? null }));
}
