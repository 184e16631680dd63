import { z } from 'zod';
import { By, RoomEvent, type Envelope } from './events.ts';
import { Instant } from './ids.ts';
import { commit, genesis, linkHash } from './linking.ts';
import { joinPersonal } from './personal.ts';

const Hex64 = z.string().regex(/^[0-9a-f]{64}$/);

/** One row of a session's log as it is stored, exported and verified. */
export const LogRow = z.strictObject({
  seq: z.int().min(1),
  at: Instant,
  by: By,
  // As it is stored, to the letter: a schema that has learned to tidy since would break the hash.
  payload: z.custom<RoomEvent>((value) => RoomEvent.safeParse(value).success),
  /** Null when the event has none, was erased, or is withheld from this reader. */
  personal: z.record(z.string(), z.string()).nullable(),
  /** 32 random hex characters; goes when the personal part goes. */
  salt: z.string().nullable(),
  /** SHA-256 over salt and personal; null when the event has no personal part. */
  commitment: Hex64.nullable(),
  hash: Hex64,
});
export type LogRow = z.infer<typeof LogRow>;

/** The event of a row, its personal part put back. */
export function toEnvelope({
  seq,
  at,
  by,
  payload,
  personal,
}: Pick<LogRow, 'seq' | 'at' | 'by' | 'payload' | 'personal'>): Envelope {
  return { seq, at, by, event: joinPersonal(payload, personal) };
}

export type Verification =
  | { readonly valid: true; readonly rows: number; readonly headHash: string; readonly erased: number }
  | {
      readonly valid: false;
      /** Seq of the first row that does not hold. */
      readonly seq: number;
      readonly why: 'gap' | 'hash' | 'commitment' | 'head';
    };

/**
 * Recomputes a session's chain from its first row [L2]. headHash is what the archive claims.
 * An erased personal part is no fault: its commitment stays in the hash.
 */
export function verifyChain(sessionId: string, rows: readonly LogRow[], headHash: string): Verification {
  let previous = genesis(sessionId);
  let erased = 0;
  for (const [index, row] of rows.entries()) {
    if (row.seq !== index + 1) return { valid: false, seq: index + 1, why: 'gap' };
    if (row.personal !== null) {
      if (row.salt === null || commit(row.salt, row.personal) !== row.commitment) {
        return { valid: false, seq: row.seq, why: 'commitment' };
      }
    } else if (row.commitment !== null) erased += 1;
    if (linkHash(previous, row) !== row.hash) return { valid: false, seq: row.seq, why: 'hash' };
    previous = row.hash;
  }
  if (previous !== headHash) return { valid: false, seq: rows.length, why: 'head' };
  return { valid: true, rows: rows.length, headHash, erased };
}
