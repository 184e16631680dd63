import { meetingRulesOf } from '../../../core/domain/room/meeting-rules.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { namesIn } from '../../lib/names-in.ts';
import { fromField, toField } from '../../lib/date-field.ts';

/** What of a plan is mended in words. */
export type Wish = {
  readonly title: string;
  readonly startsAt: string;
  /** Until when views are collected; '' where they are not. */
  readonly collectUntil: string;
  readonly minutes: string;
  readonly stakeholders: string;
  readonly departments: string;
};

export function wishOf({ plan }: Pick<Room, 'plan'>, separator: string): Wish {
  const {
    title = '',
    startsAt,
    collectUntil,
    plannedMinutes = 0,
    stakeholders = [],
    departments = [],
  } = plan ?? {};
  return {
    title,
    startsAt: startsAt === undefined ? '' : toField(startsAt),
    collectUntil: collectUntil === undefined ? '' : toField(collectUntil),
    minutes: String(plannedMinutes),
    stakeholders: stakeholders.join(separator),
    departments: departments.join(separator),
  };
}

/** The plan as it was, but for what was wished; what is wrong with it is said by the schema. */
export function revisedPlan(room: Room, wish: Wish): unknown {
  const { plan, agenda } = room;
  const { startsAt: _startsAt, collectUntil: _until, ...rest } = plan ?? {};
  const startsAt = fromField(wish.startsAt);
  const collectUntil = fromField(wish.collectUntil);
  return {
    ...rest,
    // What was ruled since it was planned holds on: only the words are mended.
    ...(plan?.rules === undefined ? {} : { rules: meetingRulesOf(room) }),
    title: wish.title,
    plannedMinutes: Number(wish.minutes),
    ...(startsAt === null ? {} : { startsAt }),
    ...(collectUntil === null ? {} : { collectUntil }),
    stakeholders: namesIn(wish.stakeholders),
    departments: namesIn(wish.departments),
    agenda: agenda.map(({ id, title, kind, speakerRole, minutes, posting }) => {
      return { id, title, kind, speakerRole, minutes, ...(posting === undefined ? {} : { posting }) };
    }),
  };
}
