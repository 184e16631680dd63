import type { Pool, PoolClient } from 'pg';
import { CONSENT_TERMS, CONSENT_VERSIONS } from '../../core/domain/consent.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import type { Erased, Erasures, Retention } from '../ports/erasures.ts';
import { withTransaction } from './client.ts';
import { forgetPictures } from './file-forgetting.ts';
import { foldLog } from './fold-log.ts';
import { renameRows } from './record-rows.ts';
import { throughStorage } from './storage-fault.ts';

/** An arbitrary number that stands for "somebody is erasing" among advisory locks. */
const ERASING_LOCK = 7_342_022;

const OVER = `state in ('archived', 'aborted', 'cancelled')`;
// So long before the last day of a text that is still confirmed that the days which are counted from there end on it.
const MEETING = `(select at from room_event where session_id = session.id and type = 'session:ended'
  order by seq desc limit 1)`;
const LAST = `${MEETING} + make_interval(hours => $3::int - $2::int)`;
// Versions of the consent that keep a name for as long as a poll goes on; of whoever agreed to less nothing is kept longer.
const KEEPS = CONSENT_VERSIONS.filter(
  (version) => CONSENT_TERMS[version].guestDaysVoting > CONSENT_TERMS[version].guestDaysConfirming,
);
const ALL_AGREED = `(select bool_and(coalesce((person.consent->>'version')::int, 1) in (${KEEPS.join(', ')}))
  from participant join person on person.id = participant.person_id
  where participant.session_id = session.id and person.is_guest and (person.name <> '' or person.consent is not null))`;
// While a poll is open over days, guests on its roll have to be able to vote [E7].
const POLLED = `case when polls_until is not null and ${ALL_AGREED}
  then least(polls_until, ${MEETING} + make_interval(hours => $4::int - $2::int)) end`;
// From when the time is counted: the close; where a text is written and confirmed the close as well, but not for ever
// [E6]; of any other session that nobody closes the last that happened in it, when it was to begin, or to go on [E5].
// What was erased a first time, while it was left [E5], is bounded as well. Logs of sessions that were erased behind
// their close, as nearly all are, are not searched for the end of the meeting.
const ENDED = `case
  when ${OVER} and erased_at >= closed_at + make_interval(hours => $2) then closed_at
  when ${OVER} then least(closed_at, ${LAST})
  when state in ('drafting', 'confirming') then greatest(${LAST}, ${POLLED})
  else greatest(starts_at, state_until, polls_until,
    (select at from room_event where session_id = session.id order by seq desc limit 1)) end`;
const HAS_GUESTS = `exists (select from participant join person on person.id = participant.person_id
  where participant.session_id = session.id and person.is_guest)`;
// Asked again under the session's lock. Names that were erased earlier, for another reason, do not count as this.
const IS_DUE = `${ENDED} < $1::timestamptz - make_interval(hours => $2)
  and (erased_at is null or erased_at < ${ENDED} + make_interval(hours => $2)) and (${OVER} or ${HAS_GUESTS})`;

// A data-modifying part of a statement runs whether or not it is read; the check of foreign keys comes at the end.
const STRAYS = `
  with stray as (
    select id from person where is_guest and created_at < $1::timestamptz - make_interval(hours => $2)
      and not exists (select from participant where participant.person_id = person.id)
  ), ended as (
    delete from sign_in where person_id in (select id from stray)
  )
  delete from person where id in (select id from stray)`;

// Hours: a day of a calendar is not always 24 of them.
const hoursOf = ({ now, days }: Retention): [string, number] => [now, 24 * days];
const boundsOf = (retention: Retention): [string, number, number, number] => [
  ...hoursOf(retention),
  24 * retention.daysConfirming,
  24 * retention.daysVoting,
];

/** Erasures on plain SQL: they write into logs and archives, which nothing else ever changes. */
export function createErasures(pool: Pool): Erasures {
  return throughStorage<Erasures>({
    due: async (retention) => {
      const { rows } = await pool.query<{ id: SessionId }>(
        `select id from session where ${IS_DUE} order by closed_at nulls last, id`,
        boundsOf(retention),
      );
      return rows.map(({ id }) => id);
    },
    eraseGuests: (sessionId, retention) =>
      withTransaction(pool, async (tx) => {
        if (!(await isMine(tx, sessionId, retention))) return null;
        // Said for this transaction and session: of what is sealed the database lets nobody else change anything [AR2].
        await tx.query(`select set_config('shangliang.erasing', $1, true)`, [sessionId]);
        const seats = await forgetInLog(tx, sessionId);
        const signInIds = await forgetPeople(tx, sessionId, seats);
        await forgetPictures(tx, sessionId, seats);
        if (seats.length > 0) await foldArchive(tx, sessionId);
        await tx.query('update session set erased_at = $2 where id = $1', [sessionId, retention.now]);
        return { guests: seats.length, signInIds } satisfies Erased;
      }),
    eraseStrays: async (retention) => {
      const { rowCount } = await pool.query(STRAYS, hoursOf(retention));
      return rowCount ?? 0;
    },
    wipe: async () => {
      // What was overwritten stays on the disk until a vacuum.
      await pool.query(
        `vacuum room_event, room_command, archive, archive_row, person, sign_in, session_note, session_file,
          poll_paper, poll_key, poll_issue, poll_ballot`,
      );
    },
  });
}

/** One process at a time, and under the row lock that everybody who writes to the log takes as well [E3]. */
async function isMine(tx: PoolClient, sessionId: SessionId, retention: Retention): Promise<boolean> {
  const lock = await tx.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [
    ERASING_LOCK,
  ]);
  if (lock.rows[0]?.mine !== true) return false;
  await tx.query('select from session where id = $1 for no key update', [sessionId]);
  // A statement of its own: what was committed while the lock was waited for counts.
  const { rowCount } = await tx.query(`select from session where ${IS_DUE} and id = $5`, [
    ...boundsOf(retention),
    sessionId,
  ]);
  return rowCount === 1;
}

/**
 * The personal parts of the rows that let guests in. Commitment and hash stay, so the chain verifies as before; the
 * salt goes, because a name is soon guessed from its hash, and so does the hash of the command that brought it [L4].
 */
async function forgetInLog(tx: PoolClient, sessionId: SessionId): Promise<readonly string[]> {
  const { rows } = await tx.query<{ seat: string; seq: number }>(
    `update room_event set personal = null, salt = null
     where session_id = $1 and type = 'participant:added' and payload->'participant'->'isGuest' = 'true'
     returning payload->'participant'->>'id' as seat, seq::float8 as seq`,
    [sessionId],
  );
  // Whoever waited is named again where they were let in, beside others: only guests wait.
  await tx.query(
    `update room_event set personal = null, salt = null
     where session_id = $1 and type = 'lobby:admitted' and personal is not null`,
    [sessionId],
  );
  await tx.query(
    `update room_command set body_hash = '' where session_id = $1 and count > 0 and first_seq = any($2::bigint[])`,
    [sessionId, rows.map(({ seq }) => seq)],
  );
  return rows.map(({ seat }) => seat);
}

/** The guests themselves: a row without a name stays, because their seat refers to it. Answers the sign-ins that ended. */
async function forgetPeople(
  tx: PoolClient,
  sessionId: SessionId,
  seats: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `with guest as (
       update person set name = '', affiliation = '', real_name = '', consent = null
       where is_guest and id in (select person_id from participant where session_id = $1 and id = any($2::uuid[]))
       returning id
     ), unwritten as (
       delete from session_note where person_id in (select id from guest)
     ), ended as (
       delete from sign_in where person_id in (select id from guest) returning token_hash
     )
     select encode(token_hash, 'hex') as id from ended`,
    [sessionId, seats],
  );
  return rows.map(({ id }) => id);
}

/**
 * The archived room is what the log folds to, as it was when it was sealed [L5], and so are the rows that it is searched by. A
 * cancelled session has none.
 */
async function foldArchive(tx: PoolClient, sessionId: SessionId): Promise<void> {
  const sealed = await tx.query('select from archive where session_id = $1', [sessionId]);
  if (sealed.rowCount === 0) return;
  const room = await foldLog(tx, sessionId);
  const { rowCount } = await tx.query(
    'update archive set room = $2::jsonb where session_id = $1 and seq = $3',
    [sessionId, JSON.stringify(room), room.seq],
  );
  if (rowCount !== 1) throw new Error('the log does not fold to the archive that was sealed');
  await renameRows(tx, sessionId, room);
}
