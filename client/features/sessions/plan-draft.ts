import type { EarlierPlan } from '../../../core/contract/sessions.ts';
import { AgendaItemId } from '../../../core/domain/ids.ts';
import type { MeetingRules } from '../../../core/domain/meeting-rules.ts';
import type { AgendaPlan, SessionPlan, TemplateName } from '../../../core/domain/sessions.ts';
import { TEMPLATES, type ItemName } from '../../../core/domain/templates.ts';
import { collectDaysOf } from './collect-until.ts';

/** What of a plan follows from its kind of meeting, or from an earlier session, and can be changed before it is made. */
export type Arrangement = Pick<SessionPlan, 'mode' | 'background' | 'source' | 'venues' | 'agenda'> & {
  readonly template: TemplateName | null;
  readonly isPrivate: boolean;
  /** What it sets of its room [K4]. */
  readonly rules: MeetingRules;
  /** Views are collected until so many days before the meeting; null: not of itself. */
  readonly collectDays: number | null;
};

/** Words of the reader's language that go into a plan. */
export type ArrangementWords = {
  readonly venue: (kind: SessionPlan['venues'][number]['kind'], number: number) => string;
  readonly item: (item: { readonly kind: AgendaPlan['kind']; readonly name?: ItemName }) => string;
};

/** The plan of a kind of meeting, in the reader's words. */
export function arrangementOf(
  template: TemplateName,
  words: ArrangementWords,
  newId: () => string,
): Arrangement {
  const { mode, venues, agenda, isPrivate, rules, collectDays } = TEMPLATES[template];
  return {
    template,
    mode,
    background: '',
    source: { kind: 'member', detail: '', collected: 0 },
    venues: venues.map(({ id, kind }, index) => {
      const number = venues.slice(0, index + 1).filter((venue) => venue.kind === kind).length;
      return { id, kind, name: words.venue(kind, number) };
    }),
    agenda: agenda.map(({ name, ...item }) => ({
      ...item,
      id: AgendaItemId.parse(newId()),
      title: words.item({ kind: item.kind, ...(name === undefined ? {} : { name }) }),
    })),
    isPrivate,
    rules,
    collectDays,
  };
}

/** The plan of an earlier session, for another one; its items are others [K3]. */
export function arrangementFrom({ plan }: EarlierPlan, newId: () => string): Arrangement {
  const { mode, background, source, venues, agenda, template, isPrivate } = plan;
  return {
    template: template ?? null,
    mode,
    background,
    source,
    venues,
    agenda: agenda.map((item) => ({ ...item, id: AgendaItemId.parse(newId()) })),
    isPrivate: isPrivate === true,
    rules: plan.rules ?? {},
    collectDays: collectDaysOf(plan),
  };
}
