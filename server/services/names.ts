import type { z } from 'zod';
import type { NameLooks, nameRoutes } from '../../core/contract/names.ts';
import type { ParticipantId, SessionId } from '../../core/domain/ids.ts';
import type { NamePurpose } from '../../core/domain/names.ts';
import { guardAct, type Who } from '../../core/domain/room/guards.ts';
import { guardAgreed, guardRealName } from '../../core/domain/room/naming.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { fromRefusal } from '../app-error.ts';
import type { NameStore } from '../ports/name-store.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import type { RoomsService } from './rooms.ts';
import { enterFor, standingOf, type StandingDeps } from './standing.ts';

export type NamesDeps = StandingDeps & {
  readonly names: NameStore;
  readonly submit: RoomsService['submit'];
};

type Asked = { readonly who: SignedIn; readonly sessionId: SessionId; readonly key: string };
type Look = { readonly participantId: ParticipantId; readonly purpose: NamePurpose };
type Looked = z.infer<typeof nameRoutes.lookAtName.reply>;

export type NamesService = ReturnType<typeof createNames>;

/** Real names where people are shown by a form of address: each look is kept before the name is given [U3]. */
export function createNames(deps: NamesDeps) {
  return {
    looks: async (who: SignedIn, sessionId: SessionId): Promise<NameLooks> => {
      const { room, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
      const looks = room.names?.secrets ?? [];
      const id = standing.kind === 'participant' ? standing.id : null;
      return {
        mine: looks.filter(({ participantId }) => participantId === id),
        all: (await isOfOffice(deps, who, room)) ? [...looks] : null,
      };
    },
    look: async ({ who, sessionId, key }: Asked, { participantId, purpose }: Look): Promise<Looked> => {
      const standing = await standingOf(deps, who, sessionId);
      const looker = standing.kind === 'office' ? who.name : '';
      await guardConsent(deps, standing, { sessionId, participantId });
      const command = { type: 'lookAtName', participantId, purpose, looker } as const;
      const reply = await deps.submit({ who, sessionId, key, command });
      // A repeated key has the events of its first look, but the name only while the right to it stands.
      const allowed = guardRealName(await deps.rooms.current(sessionId), standing, participantId);
      if (!allowed.ok) throw fromRefusal(allowed.error);
      return { ...reply, name: await deps.names.realNameOf(sessionId, participantId) };
    },
  };
}

/** Before the look is kept: of somebody whose consent names others there is none. Who else may not look hears why. */
async function guardConsent(
  { rooms, names }: NamesDeps,
  standing: Who,
  { sessionId, participantId: id }: { readonly sessionId: SessionId; readonly participantId: ParticipantId },
): Promise<void> {
  const room = await rooms.current(sessionId);
  // What else stands against it the judge says.
  if (!guardRealName(room, standing, id).ok) return;
  const agreed = guardAgreed(room, standing, { id, consent: await names.consentOf(sessionId, id) });
  if (!agreed.ok) throw fromRefusal(agreed.error);
}

/** Whoever is of the office of the session's organisation, with a seat in it or without. */
async function isOfOffice({ sessions }: StandingDeps, who: SignedIn, room: Room): Promise<boolean> {
  const { office, orgId } = who;
  if (office === null || orgId === null || room.plan === null) return false;
  if (!guardAct(room, { kind: 'office', office }, 'name:look').ok) return false;
  return (await sessions.orgOf(room.plan.id)) === orgId;
}
