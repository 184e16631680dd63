import { randomUUID } from 'node:crypto';
import { ParticipantId } from '../core/domain/ids.ts';
import { may } from '../core/domain/people.ts';
import { planIn, type Place } from './matrix-plans.ts';
import type { Knocking, Scene } from './matrix-scene.ts';

const freshId = () => ParticipantId.parse(randomUUID());

/** Somebody new for each who may invite; for the others somebody who is not there. */
export async function invited({ world }: Scene, { name }: Knocking, isLetIn: boolean) {
  const personId = isLetIn ? (await world.account(`invited/${name}`)).personId : randomUUID();
  return { participantId: randomUUID(), personId, role: 'observer', venueId: 'main' };
}

/** Answers that are given before the meeting: in a session of one's own for whoever is let in. */
export async function delegation(scene: Scene, { caller }: Knocking) {
  const { stage, world } = scene;
  const account = caller.kind === 'seat' ? stage.person(caller.role).account : null;
  const own: Place[] =
    caller.kind === 'seat' && account !== null && caller.role !== 'convener'
      ? [{ id: freshId(), role: caller.role, personId: account.personId }]
      : [];
  const looksAfter = caller.kind !== 'seat' || may(caller.role, 'people:manage');
  const { personId } = await world.account('spare');
  const [place] = looksAfter ? [{ id: freshId(), role: 'member' as const, personId }] : own;
  if (place === undefined) throw new Error('whoever may delegate has an account');
  const { id: sessionId } = await planIn(scene, 'scheduled', looksAfter ? [...own, place] : own);
  const deputy = await world.account('deputy');
  return {
    params: { sessionId, participantId: place.id },
    body: { deputyId: randomUUID(), personId: deputy.personId },
  };
}
