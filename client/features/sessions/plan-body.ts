import { sessionRoutes, type Account } from '../../../core/contract/sessions.ts';
import type { PersonId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { Role } from '../../../core/domain/people.ts';
import { totalMinutes } from '../../../core/domain/room/agenda-time.ts';
import { collectUntil } from './collect-until.ts';
import type { PlanBody } from './commands.ts';
import type { Arrangement } from './plan-draft.ts';

/** What a person fills in. */
export type PlanWish = {
  readonly title: string;
  readonly studio: { readonly id: string; readonly name: string };
  /** As the browser's date field gives it, in local time: 2026-11-21T15:00; '' when open. */
  readonly startsAt: string;
  readonly arrangement: Arrangement;
  /** Now: what would end before it does not begin. */
  readonly nowMs: number;
  readonly people: readonly { readonly account: Account; readonly role: Role }[];
  /** Who plans it and so convenes it. */
  readonly convener: { readonly personId: PersonId; readonly name: string; readonly affiliation: string };
  /** Null: the convener takes the chair. */
  readonly hostPersonId: PersonId | null;
  readonly stakeholders: readonly string[];
  readonly departments: readonly string[];
  /** Absent: it is arranged. */
  readonly as?: NonNullable<PlanBody['as']>;
};

/** Makes a whole plan of a few fields. The ids are handed in, so that pressing twice plans the same session. */
export function planBody(wish: PlanWish, documentTitle: string, newId: () => string): PlanBody {
  const { template, isPrivate, agenda, background, collectDays, ...arranged } = wish.arrangement;
  const until = collectUntil(wish.startsAt, collectDays, wish.nowMs);
  const venueId = arranged.venues[0]?.id ?? 'main';
  // The session's ids come first, so that another choice of people does not make it another session.
  const [planId, documentId] = [newId(), newId()];
  const seats = [
    { account: wish.convener, role: 'convener' as const },
    ...wish.people.filter(({ account }) => account.personId !== wish.convener.personId),
  ].map(({ account, role }) => ({
    id: newId(),
    role,
    name: account.name,
    affiliation: account.affiliation,
    venueId,
    personId: account.personId,
  }));
  return sessionRoutes.planSession.body.parse({
    plan: {
      id: planId,
      title: wish.title,
      ...arranged,
      plannedMinutes: Math.max(1, totalMinutes(agenda)),
      background: background.trim(),
      studioName: wish.studio.name,
      documentId,
      stakeholders: [...wish.stakeholders],
      departments: [...wish.departments],
      documentTitle: documentTitle.slice(0, LIMITS.titleLength),
      agenda,
      ...(template === null ? {} : { template }),
      ...(isPrivate ? { isPrivate } : {}),
      ...(until === null ? {} : { collectUntil: until }),
    },
    studioId: wish.studio.id,
    startsAt: wish.startsAt === '' ? null : new Date(wish.startsAt).toISOString(),
    roll: seats,
    ...(wish.as === undefined ? {} : { as: wish.as }),
    hostId: seats.find(({ personId }) => personId === wish.hostPersonId)?.id ?? null,
  });
}
