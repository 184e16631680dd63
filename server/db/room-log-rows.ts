import { type LogRow } from '../../core/domain/chain.ts';
import { commit, linkHash } from '../../core/domain/linking.ts';
import type { Envelope } from '../../core/domain/events.ts';
import { splitPersonal } from '../../core/domain/personal.ts';
import { fastDigest } from '../digest.ts';

/** The columns of room_event, as SQL gives them with COLUMNS. */
export type StoredRow = {
  readonly seq: number;
  readonly at: string;
  readonly by: Envelope['by'];
  readonly payload: Envelope['event'];
  readonly personal: Record<string, string> | null;
  readonly salt: string | null;
  readonly commitment: string | null;
  readonly hash: string;
};

// Casts here, so that neither bigint strings nor Date objects reach the domain, whatever parsers are set.
/** Select list that yields StoredRow. */
export const COLUMNS = `seq::float8 as seq,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
  by, payload, personal, salt, commitment, hash`;

/** Rows for a run of events behind a head: personal parts split off and committed to, hashes chained [L2] [L4]. */
export function chainRows(
  headHash: string,
  envelopes: readonly Envelope[],
  salt: () => string,
): { readonly rows: readonly LogRow[]; readonly headHash: string } {
  const rows: LogRow[] = [];
  let previous = headHash;
  for (const { seq, at, by, event } of envelopes) {
    const { payload, personal } = splitPersonal(event);
    const rowSalt = personal === null ? null : salt();
    const commitment = personal === null || rowSalt === null ? null : commit(rowSalt, personal, fastDigest);
    const hash = linkHash(previous, { seq, at, by, payload, commitment }, fastDigest);
    rows.push({ seq, at, by, payload, personal, salt: rowSalt, commitment, hash });
    previous = hash;
  }
  return { rows, headHash: previous };
}
