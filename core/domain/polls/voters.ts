import { z } from 'zod';
import { ParticipantId } from '../ids.ts';
import { Role } from '../people.ts';
import { Paper } from './paper.ts';

/** Somebody on the roll of voters, as they stood when the poll opened [B1]. */
export const Voter = z.strictObject({
  id: ParticipantId,
  role: Role,
  /** They were present as it opened. */
  isHere: z.literal(true).optional(),
});
export type Voter = z.infer<typeof Voter>;

/** A named ballot as it is published at the close. */
export const NamedBallot = z.strictObject({ by: ParticipantId, paper: Paper });
export type NamedBallot = z.infer<typeof NamedBallot>;

/** Who chose what, of those whose paper the reader may see. */
export function namedBallots(ballots: Readonly<Record<string, Paper | null>>): NamedBallot[] {
  return Object.entries(ballots).flatMap(([by, paper]) =>
    paper === null ? [] : [{ by: by as NamedBallot['by'], paper }],
  );
}

/** 应到 and 实到 of one chamber as a poll opened. */
export const ChamberRoll = z.strictObject({
  id: z.string(),
  due: z.int().min(0),
  present: z.int().min(0),
});
export type ChamberRoll = z.infer<typeof ChamberRoll>;
