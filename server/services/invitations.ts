import type { CommandReply } from '../../core/contract/door.ts';
import type { Invitable } from '../../core/contract/invitations.ts';
import type { Account } from '../../core/contract/sessions.ts';
import type { LocalId, ParticipantId, PersonId, SessionId } from '../../core/domain/ids.ts';
import type { Role } from '../../core/domain/people.ts';
import { guardDelegation } from '../../core/domain/room/inviting.ts';
import type { Seat } from '../../core/domain/room/state.ts';
import { AppError, fromRefusal } from '../app-error.ts';
import type { AccountStore } from '../ports/account-store.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import type { RoomsService } from './rooms.ts';
import { enterFor, type StandingDeps } from './standing.ts';

export type InvitationsDeps = StandingDeps & {
  readonly accounts: AccountStore;
  readonly submit: RoomsService['submit'];
};

type Asked = { readonly who: SignedIn; readonly sessionId: SessionId; readonly key: string };
type Invitation = {
  readonly participantId: ParticipantId;
  readonly personId: PersonId;
  readonly role: Role;
  readonly venueId: LocalId;
};
type Delegation = {
  readonly participantId: ParticipantId;
  readonly deputyId: ParticipantId;
  readonly personId: PersonId;
};

export type InvitationsService = ReturnType<typeof createInvitations>;

/** Asking people with an account to a session, and who stands in for them. Names are those of the accounts. */
export function createInvitations(deps: InvitationsDeps) {
  return {
    invitable: async (who: SignedIn, sessionId: SessionId): Promise<{ people: Invitable[] }> => {
      await enterFor(deps, { who, sessionId, act: 'people:manage' });
      return { people: shown(await withoutSeat(deps, sessionId)) };
    },
    /** Throws ACCOUNT_UNKNOWN, and every refusal of a new seat. */
    invite: async ({ who, sessionId, key }: Asked, invitation: Invitation): Promise<CommandReply> => {
      await enterFor(deps, { who, sessionId, act: 'people:manage' });
      const { personId, role, venueId } = invitation;
      const { name, affiliation } = known(await findAccount(deps, sessionId, personId));
      const id = await seatFor(deps, sessionId, { personId, id: invitation.participantId });
      const participant = { id, role, venueId, name, affiliation, isGuest: false };
      const command = { type: 'addParticipant', personId, participant } as const;
      return await deps.submit({ who, sessionId, key, command });
    },
    deputies: async (
      who: SignedIn,
      sessionId: SessionId,
      participantId: ParticipantId,
    ): Promise<{ people: Invitable[] }> => {
      const { affiliation } = await delegator(deps, who, { sessionId, participantId });
      const people = await withoutSeat(deps, sessionId);
      return {
        people: shown(people.filter((account) => affiliation !== '' && account.affiliation === affiliation)),
      };
    },
    /** Throws ACCOUNT_UNKNOWN to whoever may delegate, and every refusal of a delegation. */
    nameDeputy: async ({ who, sessionId, key }: Asked, named: Delegation): Promise<CommandReply> => {
      const { participantId, personId } = named;
      await enterFor(deps, { who, sessionId, act: 'room:read' });
      const found = await findAccount(deps, sessionId, personId);
      // Asked only here: who asks again with the same key may not any more, and is told the first answer again.
      if (found === undefined) await delegator(deps, who, { sessionId, participantId });
      const { name, affiliation } = known(found);
      const id = await seatFor(deps, sessionId, { personId, id: named.deputyId });
      const deputy = { id, name, affiliation };
      const command = { type: 'nameDeputy', participantId, personId, deputy } as const;
      return await deps.submit({ who, sessionId, key, command });
    },
  };
}

/** Whose place it is, where somebody may be named for it by whoever asks. */
async function delegator(
  deps: InvitationsDeps,
  who: SignedIn,
  { sessionId, participantId }: { readonly sessionId: SessionId; readonly participantId: ParticipantId },
): Promise<Seat> {
  const { room, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
  const seat = guardDelegation(room, standing, participantId);
  if (!seat.ok) throw fromRefusal(seat.error);
  return seat.value;
}

async function accountsOf({ sessions, accounts }: InvitationsDeps, sessionId: SessionId) {
  const orgId = await sessions.orgOf(sessionId);
  if (orgId === null) throw new AppError('SESSION_UNKNOWN');
  return await accounts.list(orgId);
}

async function findAccount(
  deps: InvitationsDeps,
  sessionId: SessionId,
  personId: PersonId,
): Promise<Account | undefined> {
  return (await accountsOf(deps, sessionId)).find((account) => account.personId === personId);
}

function known(account: Account | undefined): Account {
  if (account === undefined) throw new AppError('ACCOUNT_UNKNOWN');
  return account;
}

async function withoutSeat(deps: InvitationsDeps, sessionId: SessionId): Promise<readonly Account[]> {
  const [accounts, { seats }] = await Promise.all([
    accountsOf(deps, sessionId),
    deps.sessions.rosterOf(sessionId),
  ]);
  const seated = new Set(seats.map(({ personId }) => personId));
  return accounts.filter(({ personId }) => !seated.has(personId));
}

/** The seat that somebody has had in the session, else a new one. */
async function seatFor(
  { seats }: InvitationsDeps,
  sessionId: SessionId,
  { personId, id }: { readonly personId: PersonId; readonly id: ParticipantId },
): Promise<ParticipantId> {
  return (await seats.find(sessionId, personId)) ?? id;
}

function shown(accounts: readonly Account[]): Invitable[] {
  return accounts.map(({ personId, name, affiliation }) => ({ personId, name, affiliation }));
}
