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

/** 应到 and 实到 of one chamber as a poll opened, frozen with it [B70]. */
export const ChamberRoll = z.strictObject({
  id: z.string(),
  due: z.int().min(0),
  present: z.int().min(0),
  /**
   * Who is due and has no vote, because the rules ask for people who are there, or checked in, and they were not; absent in
   * polls of before, of whose due the voters alone are known.
   */
  voteless: z.array(Voter).optional(),
});
export type ChamberRoll = z.infer<typeof ChamberRoll>;

/** Everybody who is due in a chamber: its voters, and whoever only lacked being there [B70]. */
export function dueIn(
  { electorate, roll }: { readonly electorate: readonly Voter[]; readonly roll: readonly ChamberRoll[] },
  chamber: { readonly id: string; readonly roles: readonly Role[] },
): readonly Voter[] {
  const voters = electorate.filter(({ role }) => chamber.roles.includes(role));
  return [...voters, ...(roll.find(({ id }) => id === chamber.id)?.voteless ?? [])];
}
