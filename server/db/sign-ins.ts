import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { ParticipantId, PersonId, type SessionId } from '../../core/domain/ids.ts';
import { Office } from '../../core/domain/people.ts';
import { createGathered } from '../gathered.ts';
import type { Clock } from '../ports/clock.ts';
import type { SignInStore } from '../ports/sign-in-store.ts';
import type { SignedIn, SignIns } from '../ports/sign-ins.ts';

/**
 * Browsers keep the __Host- prefix only on Secure cookies. On plain http (loopback, a hall's own network) there is
 * no Secure cookie at all, so the same cookie goes by its bare name there.
 */
export const COOKIE = { secure: '__Host-shangliang', plain: 'shangliang' } as const;

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** So long, and for so many, it is known that a sign-in has ended: whoever goes on knocking with it costs no query. */
const ENDED_MS = 10_000;
const MOST_ENDED = 10_000;

type Row = {
  id: string;
  person_id: string;
  name: string;
  office: string | null;
  org_id: string | null;
  is_guest: boolean;
  session_id: SessionId | null;
  seat: string | null;
};
type Question = { readonly hash: Buffer; readonly sessionId: SessionId | null };

export type SignInOptions = {
  readonly clock: Clock;
  /** The product is served over https, so the bare cookie name, which any neighbour host could set, is ignored. */
  readonly secureOnly: boolean;
  /** Whether a token is one that this installation made: no other is looked for [P14]. */
  readonly isOurs: (token: string) => boolean;
};

/**
 * Sign-ins on plain SQL, for every request and every socket asks: a Prisma query costs five times as much.
 */
export function createSignIns(
  pool: Pool,
  { clock, secureOnly, isOurs }: SignInOptions,
): SignIns & SignInStore {
  const ended = createEnded();
  // Whoever asks something of a session has a seat there: the same question answers for both.
  const find = createGathered(async (asked: readonly Question[]) => {
    const { rows } = await pool.query<Row>({
      name: 'sign-ins-find',
      text: `select encode(s.token_hash, 'hex') as id, p.id as person_id, p.name, p.office, p.org_id, p.is_guest,
           asked.session_id, seat.id as seat
         from unnest($1::bytea[], $2::uuid[]) as asked(token_hash, session_id)
         join sign_in s on s.token_hash = asked.token_hash and s.revoked_at is null and s.expires_at > $3
         join person p on p.id = s.person_id and p.disabled_at is null
         left join participant seat on seat.session_id = asked.session_id and seat.person_id = p.id`,
      values: [asked.map(({ hash }) => hash), asked.map(({ sessionId }) => sessionId), clock.now()],
    });
    const known = new Map(rows.map((row) => [nameOf(row.id, row.session_id), signedIn(row)]));
    return asked.map(({ hash, sessionId }) => known.get(nameOf(hash.toString('hex'), sessionId)) ?? null);
  });
  // Those that have ended are few, so they are what is answered. Without a name, so planned each time: a plan that was
  // kept from when hardly anybody was signed in walks all of them for each of them.
  const endedOf = async (signInIds: readonly string[]): Promise<ReadonlySet<string>> => {
    const { rows } = await pool.query<{ id: string }>(
      `select id from unnest($1::text[]) as asked(id) where not exists (
         select from sign_in s join person p on p.id = s.person_id
         where s.token_hash = decode(asked.id, 'hex') and s.revoked_at is null and s.expires_at > $2
           and p.disabled_at is null)`,
      [signInIds, clock.now()],
    );
    return new Set(rows.map((row) => row.id));
  };
  // Every socket of a hall that comes back asks for itself.
  const isGood = createGathered(async (signInIds: readonly string[]) => {
    const gone = await endedOf(signInIds);
    return signInIds.map((id) => !gone.has(id));
  });
  return {
    find: async (cookieHeader, sessionId) => {
      const token = tokenIn(cookieHeader, secureOnly);
      if (token === null || !isOurs(token)) return null;
      const hash = hashOf(token);
      if (ended.has(hash)) return null;
      const who = await find({ hash, sessionId: sessionId ?? null });
      if (who === null) ended.keep(hash);
      return who;
    },
    stillGood: async (signInIds) => {
      const [first] = signInIds;
      if (first === undefined) return new Set();
      if (signInIds.length === 1) return new Set((await isGood(first)) ? [first] : []);
      const gone = await endedOf(signInIds);
      return new Set(signInIds.filter((id) => !gone.has(id)));
    },
    add: async ({ token, personId, passwordHash, expiresAt }) => {
      // The row's lock makes it wait for a change under way, and then look again.
      const { rowCount } = await pool.query(
        `insert into sign_in (token_hash, person_id, created_at, expires_at)
         select $1, id, $3, $4 from person
         where id = $2 and password_hash = $5 and disabled_at is null for share`,
        [hashOf(token), personId, clock.now(), expiresAt, passwordHash],
      );
      return rowCount === 1;
    },
    revoke: async (signInId) => {
      await pool.query(
        `update sign_in set revoked_at = $2 where token_hash = decode($1, 'hex') and revoked_at is null`,
        [signInId, clock.now()],
      );
    },
    // Locked in the order in which a batch of commands locks them: two orders are a deadlock.
    revokeAll: async (personId) => {
      const { rows } = await pool.query<{ id: string }>(
        `with open as materialized (
           select token_hash from sign_in where person_id = $1 and revoked_at is null
           order by token_hash for no key update
         )
         update sign_in set revoked_at = $2 from open where sign_in.token_hash = open.token_hash
         returning encode(sign_in.token_hash, 'hex') as id`,
        [personId, clock.now()],
      );
      return rows.map((row) => row.id);
    },
  };
}

/** Sign-ins that were asked for and have ended. None ever begins again. */
function createEnded() {
  const until = new Map<string, number>();
  return {
    has: (hash: Buffer): boolean => (until.get(hash.toString('base64')) ?? 0) > performance.now(),
    keep: (hash: Buffer): void => {
      const key = hash.toString('base64');
      until.delete(key);
      until.set(key, performance.now() + ENDED_MS);
      const oldest = until.keys().next();
      if (until.size > MOST_ENDED && oldest.done !== true) until.delete(oldest.value);
    },
  };
}

/** What is stored of a token. 160 random bits need no slow hash. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function tokenIn(cookieHeader: string | undefined, secureOnly: boolean): string | null {
  if (cookieHeader === undefined) return null;
  const cookies = cookieHeader.split(';').map((pair) => pair.trim());
  const names = secureOnly ? [COOKIE.secure] : [COOKIE.secure, COOKIE.plain];
  for (const name of names) {
    const found = cookies.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
    if (found !== undefined && TOKEN.test(found)) return found;
  }
  return null;
}

function nameOf(id: string, sessionId: SessionId | null): string {
  return `${id} ${sessionId ?? ''}`;
}

function signedIn(row: Row): SignedIn {
  const seat = row.seat === null ? null : ParticipantId.parse(row.seat);
  return {
    personId: PersonId.parse(row.person_id),
    name: row.name,
    office: row.office === null ? null : Office.parse(row.office),
    orgId: row.org_id,
    isGuest: row.is_guest,
    signInId: row.id,
    ...(row.session_id === null ? {} : { seat: { sessionId: row.session_id, id: seat } }),
  };
}
