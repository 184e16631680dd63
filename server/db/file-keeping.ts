import type { Pool, PoolClient } from 'pg';
import { isSentAgain } from '../../core/domain/files.ts';
import type { PersonId, SessionId } from '../../core/domain/ids.ts';
import { LIMITS } from '../../core/domain/limits.ts';
import { AppError } from '../app-error.ts';
import type { NewFile, StoredFile } from '../ports/files.ts';
import { withTransaction } from './client.ts';
import { findFile } from './file-rows.ts';

/** Keeps a file: committed when it returns. The same file of the same person under the same id is there already. */
export function keepFile(pool: Pool, file: NewFile): Promise<StoredFile> {
  return withTransaction(pool, (tx) => keep(tx, file));
}

/** One at a time in a session, so that what is counted stays so. Under somebody else's id nothing is written over. */
async function keep(tx: PoolClient, file: NewFile): Promise<StoredFile> {
  const { id, sessionId } = file;
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('files of ' || $1::text, 0))`, [sessionId]);
  const known = await findFile(tx, sessionId, id);
  if (known !== null) {
    if (isSentAgain(known, file)) return known;
    throw new AppError('ID_TAKEN');
  }
  await makeRoom(tx, file);
  const { rowCount } = await tx.query(
    `insert into session_file
       (id, session_id, person_id, use, kind, size_bytes, sha256, sent_sha256, width, height, data, thumb)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (id) do nothing`,
    [
      id,
      sessionId,
      file.personId,
      file.use,
      file.kind,
      file.sizeBytes,
      file.sha256,
      file.sentSha256,
      file.width,
      file.height,
      file.data,
      file.thumb,
    ],
  );
  // Under this id there is one in another session.
  if (rowCount !== 1) throw new AppError('ID_TAKEN');
  const kept = await findFile(tx, sessionId, id);
  if (kept === null) throw new Error('a file that was written is not there');
  return kept;
}

/**
 * Counted is what is kept of this use now: what was taken back, withdrawn, refused for good or erased is not there any
 * more. Throws FILES_FULL, PICTURES_FULL, OWN_PICTURES_FULL.
 */
async function makeRoom(tx: PoolClient, file: NewFile): Promise<void> {
  const { sessionId, personId, use } = file;
  await pushOut(tx, { sessionId, personId, use });
  const { rows } = await tx.query<{ all: string; own: string }>(
    `select coalesce(sum(size_bytes + coalesce(length(thumb), 0)), 0) as all,
       coalesce(sum(size_bytes + coalesce(length(thumb), 0)) filter (where person_id = $2), 0) as own
     from session_file where session_id = $1 and use = $3`,
    [sessionId, personId, use],
  );
  const more = file.sizeBytes + (file.thumb?.byteLength ?? 0);
  const [all, own] = [Number(rows[0]?.all) + more, Number(rows[0]?.own) + more];
  if (use === 'material') {
    if (all > LIMITS.materialsBytes) throw new AppError('FILES_FULL');
    return;
  }
  const megabytes = LIMITS.picturesEachBytes / 1024 / 1024;
  if (own > LIMITS.picturesEachBytes) throw new AppError('OWN_PICTURES_FULL', { details: { megabytes } });
  const over = all - LIMITS.picturesBytes;
  if (over > 0 && !(await freeStrays(tx, { sessionId, personId, over, more })))
    throw new AppError('PICTURES_FULL');
}

type StraysOf = { personId: PersonId; party: string; bytes: number };
type Asked = {
  readonly sessionId: SessionId;
  readonly personId: PersonId;
  /** How many bytes are too many, and how many whoever asks brings. */
  readonly over: number;
  readonly more: number;
};

/**
 * Whether pictures that stand nowhere made room: the oldest of whoever has most of them, guests counted together, as long as
 * that is more than whoever asks would have [J5].
 */
async function freeStrays(tx: PoolClient, { sessionId, personId, over, more }: Asked): Promise<boolean> {
  const { rows: strays } = await tx.query<StraysOf>(
    `select f.person_id as "personId", case when p.is_guest is false then p.id::text else 'guests' end as party,
       sum(f.size_bytes + coalesce(length(f.thumb), 0))::float8 as bytes
     from session_file f left join person p on p.id = f.person_id
     where f.session_id = $1 and f.use = 'picture' and f.used_for is null group by f.person_id, p.id`,
    [sessionId],
  );
  const asker = await partyOf(tx, personId);
  const tried = new Set<PersonId>();
  let left = over;
  while (left > 0) {
    const most = heaviest(strays, tried, { personId, party: asker, bytes: more });
    if (most === undefined) return false;
    const freed = await forgetOldest(tx, sessionId, most.personId);
    // Whoever names one in this moment keeps it.
    if (freed === 0) tried.add(most.personId);
    most.bytes -= freed;
    left -= freed;
  }
  return true;
}

async function partyOf(tx: PoolClient, personId: PersonId): Promise<string> {
  const { rows } = await tx.query<{ isGuest: boolean }>(
    'select is_guest as "isGuest" from person where id = $1',
    [personId],
  );
  return rows[0]?.isGuest === false ? personId : 'guests';
}

function heaviest(strays: readonly StraysOf[], tried: ReadonlySet<PersonId>, asker: StraysOf) {
  const ofPerson = (id: PersonId) => strays.find(({ personId }) => personId === id)?.bytes ?? 0;
  const ofParty = (name: string) =>
    strays.reduce((sum, { party, bytes }) => sum + (party === name ? bytes : 0), 0);
  const holdsMore = ({ personId, party, bytes }: StraysOf) =>
    party === asker.party
      ? personId !== asker.personId && bytes > ofPerson(asker.personId) + asker.bytes
      : ofParty(party) > ofParty(asker.party) + asker.bytes;
  return strays
    .filter((one) => one.bytes > 0 && !tried.has(one.personId) && holdsMore(one))
    .reduce<StraysOf | undefined>((most, one) => {
      const more =
        most === undefined ? 1 : ofParty(one.party) - ofParty(most.party) || one.bytes - most.bytes;
      return more > 0 ? one : most;
    }, undefined);
}

/** How many bytes that freed. */
async function forgetOldest(tx: PoolClient, sessionId: SessionId, personId: PersonId): Promise<number> {
  const { rows } = await tx.query<{ bytes: number }>(
    `delete from session_file where id = any(array(
       select id from session_file
       where session_id = $1 and person_id = $2 and use = 'picture' and used_for is null
       order by touched_at, id limit 1 for update skip locked))
     returning size_bytes + coalesce(length(thumb), 0) as bytes`,
    [sessionId, personId],
  );
  return rows[0]?.bytes ?? 0;
}

/** Whoever has as many that stand nowhere as they may loses the one that was asked for the longest time ago. */
async function pushOut(
  tx: PoolClient,
  { sessionId, personId, use }: { sessionId: SessionId; personId: PersonId; use: NewFile['use'] },
): Promise<void> {
  // Whoever names one of them in this moment holds its row: it is left alone, and not waited for.
  await tx.query(
    `delete from session_file where id = any(array(
       select id from session_file
       where session_id = $1 and person_id = $2 and use = $3 and used_for is null
       order by touched_at desc, id offset $4 for update skip locked))`,
    [sessionId, personId, use, LIMITS.filesWaitingEach - 1],
  );
}
