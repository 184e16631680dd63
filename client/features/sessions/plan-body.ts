import { sessionRoutes, type Account } from '../../../core/contract/sessions.ts';
import type { PersonId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { Role } from '../../../core/domain/people.ts';
import type { AgendaKind } from '../../../core/domain/sessions.ts';
import type { z } from 'zod';
import { AGENDA_TEMPLATES, minutesOf, type TemplateName } from './agenda-templates.ts';
import type { PlanBody } from './commands.ts';

/** What a person fills in. */
export type PlanWish = {
  readonly title: string;
  readonly studio: { readonly id: string; readonly name: string };
  /** As the browser's date field gives it, in local time: 2026-11-21T15:00; '' when open. */
  readonly startsAt: string;
  readonly template: TemplateName;
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

/** Words of the reader's language that go into the plan. */
export type PlanWords = {
  readonly main: string;
  readonly mobile: string;
  readonly document: string;
  readonly agenda: (kind: z.infer<typeof AgendaKind>) => string;
};

/** Makes a whole plan of a few fields. The ids are handed in, so that pressing twice plans the same session. */
export function planBody(wish: PlanWish, words: PlanWords, newId: () => string): PlanBody {
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
    venueId: 'main',
    personId: account.personId,
  }));
  return sessionRoutes.planSession.body.parse({
    plan: {
      id: planId,
      title: wish.title,
      mode: 'hybrid',
      plannedMinutes: minutesOf(wish.template),
      background: '',
      source: { kind: 'member', detail: '', collected: 0 },
      studioName: wish.studio.name,
      documentId,
      stakeholders: [...wish.stakeholders],
      departments: [...wish.departments],
      documentTitle: words.document.slice(0, LIMITS.titleLength),
      venues: [
        { id: 'main', name: words.main, kind: 'main' },
        { id: 'mobile', name: words.mobile, kind: 'mobile' },
      ],
      agenda: AGENDA_TEMPLATES[wish.template].map((item) => ({
        ...item,
        id: newId(),
        title: words.agenda(item.kind),
      })),
    },
    studioId: wish.studio.id,
    startsAt: wish.startsAt === '' ? null : new Date(wish.startsAt).toISOString(),
    roll: seats,
    ...(wish.as === undefined ? {} : { as: wish.as }),
    hostId: seats.find(({ personId }) => personId === wish.hostPersonId)?.id ?? null,
  });
}
