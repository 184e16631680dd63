import { randomUUID } from 'node:crypto';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { ParticipantId, SessionId, type PersonId } from '../core/domain/ids.ts';
import type { Role } from '../core/domain/people.ts';
import type { SessionPlan } from '../core/domain/sessions.ts';
import type { SessionState } from '../core/domain/sessions.ts';
import { freshKey } from './ask.ts';
import type { Scene } from './matrix-scene.ts';
import { planOf } from './stage.ts';
import { UNIT } from './world.ts';
import { command } from '../rehearsal/knock.ts';

/** Tomorrow: whatever waits for a date waits for this one. */
export const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();
export const inTwoDays = () => new Date(Date.now() + 2 * 86_400_000).toISOString();

/**
 * A session that has not begun, in a state of its own, with the convener of the cast on its roll. The convener plans
 * it, so that the administrator may approve it.
 */
export async function planIn(
  { world, stage }: Pick<Scene, 'world' | 'stage'>,
  state: Extract<SessionState, 'draft' | 'in_review' | 'scheduled' | 'collecting'>,
  others: readonly Place[] = [],
): Promise<SessionPlan> {
  const { browser, account } = stage.person('convener');
  if (account === null) throw new Error('the convener has an account');
  const plan = { ...planOf(SessionId.parse(randomUUID()), `T07 ${state}`), ...READY };
  const seat = {
    id: ParticipantId.parse(randomUUID()),
    role: 'convener' as const,
    name: '称呼',
    affiliation: UNIT,
  };
  const as = state === 'draft' || state === 'in_review' ? { as: state } : {};
  await browser.call(sessionRoutes.planSession, {
    body: {
      plan,
      studioId: world.studioId,
      startsAt: null,
      roll: [
        { ...seat, venueId: 'main', personId: account.personId },
        ...others.map((other) => ({ ...seat, venueId: 'main', ...other })),
      ],
      hostId: null,
      ...as,
    },
    key: freshKey(),
  });
  if (state === 'collecting')
    await command(browser, plan.id, { type: 'collectViews', until: tomorrow() }, freshKey());
  return plan;
}

/** Somebody else on the roll of a plan. */
export type Place = { readonly id: ParticipantId; readonly role: Role; readonly personId: PersonId };

/** What a plan needs to be approved. */
const READY = { stakeholders: ['检验'], departments: ['检验'] };
