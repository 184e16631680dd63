import type { ParticipantId } from '../ids.ts';
import type { Role } from '../people.ts';
import type { NamedBallot, Tally, Voter } from './tally.ts';
import type { Paper, PollDraft } from './kinds.ts';

/** A poll in the room: prepared → open → closed. States are a union, so an open poll cannot have a result. */
export type Poll =
  | { readonly phase: 'prepared'; readonly draft: PollDraft }
  | {
      readonly phase: 'open';
      readonly draft: PollDraft;
      readonly openedAt: string;
      /** Who may vote, as it stood when the poll opened [B1]. */
      readonly electorate: readonly Voter[];
      /** Who has voted; the paper is null where the reader may not see it, or the poll is secret. */
      readonly ballots: Readonly<Record<ParticipantId, Paper | null>>;
    }
  | {
      readonly phase: 'closed';
      readonly draft: PollDraft;
      readonly openedAt: string;
      readonly closedAt: string;
      readonly electorate: readonly Voter[];
      readonly result: Tally;
      /** Named: who chose what. Secret: the papers alone, shuffled. */
      readonly ballots: readonly NamedBallot[] | null;
      readonly papers: readonly Paper[];
      /** Electorate, ballots and papers are not held here, only what the result counts of them [R4]. */
      readonly isBrief?: true;
    };

/** A closed poll without its roll and papers when more than so many could vote; any other poll as it is [R4]. */
export function inBrief(poll: Poll, most: number): Poll {
  if (poll.phase !== 'closed' || poll.electorate.length <= most) return poll;
  return { ...poll, electorate: [], ballots: poll.ballots === null ? null : [], papers: [], isBrief: true };
}

/** The roll of voters when a poll opens: everybody of the roles but whoever holds the chair [B1]. */
export function electorateOf(
  eligibleRoles: readonly Role[],
  participants: Readonly<Record<string, { readonly id: ParticipantId; readonly role: Role }>>,
  chair: ParticipantId | null,
): Voter[] {
  return Object.values(participants)
    .filter((person) => eligibleRoles.includes(person.role) && person.id !== chair)
    .map(({ id, role }) => ({ id, role }));
}
