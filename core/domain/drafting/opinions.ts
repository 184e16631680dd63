import { citedKey, type Cited } from '../citation.ts';
import type { AgendaItemId, ViewId } from '../ids.ts';
import { standingOf } from '../room/cited.ts';
import { groupsOf } from '../room/groups.ts';
import { questionsOf } from '../room/questions.ts';
import type { Room } from '../room/state.ts';
import { STANCES, type View } from '../views.ts';
import type { Role } from '../people.ts';
import { asOneSentence, type DraftLine } from './lines.ts';

/** So many views are listed; beyond that only those that the record itself has taken up. */
const LISTED_VIEWS = 60;

/** Views that say the same and can be read: the first leads. */
type Opinion = {
  readonly lead: View;
  readonly all: readonly View[];
  /** Marked, answered, put to a department, asked about in a poll, or cited already. */
  readonly isTaken: boolean;
};

/** Every opinion that can be read, once, in the order of the record [C3]. */
function opinionsIn(room: Room, cited: ReadonlySet<string>): readonly Opinion[] {
  const { leads, others } = groupsOf(room);
  const views = [...(room.earlier?.cited ?? []), ...room.views];
  const held = new Map(views.map((view) => [view.id, view]));
  const taken = takenIn(room);
  const stands = (id: ViewId): boolean => standingOf(room, { kind: 'view', id }).how === 'here';
  return views.flatMap((view): Opinion[] => {
    if (leads.has(view.id)) return [];
    const all = [view.id, ...(others.get(view.id) ?? [])].flatMap((id) => {
      const one = held.get(id);
      return one !== undefined && stands(id) ? [one] : [];
    });
    const [lead] = all;
    if (lead === undefined) return [];
    const isTaken = all.some(
      ({ id, keyPoint }) =>
        keyPoint !== undefined || taken.has(id) || cited.has(citedKey({ kind: 'view', id })),
    );
    return [{ lead, all, isTaken }];
  });
}

function takenIn(room: Room): ReadonlySet<string> {
  return new Set<string>([
    ...room.replies.flatMap(({ toViews }) => toViews),
    ...questionsOf(room).map(({ viewId }) => viewId),
    ...room.polls.flatMap(({ draft: { about } }) => (about?.what === 'view' ? [about.viewId] : [])),
  ]);
}

const endorsedBy = ({ lead }: Opinion): number => lead.endorsedBy?.length ?? 0;
const isMarked = ({ all }: Opinion): boolean => all.some(({ keyPoint }) => keyPoint !== undefined);
const byWeight = (one: Opinion, other: Opinion): number =>
  Number(isMarked(other)) - Number(isMarked(one)) ||
  endorsedBy(other) - endorsedBy(one) ||
  one.lead.seq - other.lead.seq;

/** What is listed: all that was taken up, then what most support; of each item one that objects, where any does. */
function listed(opinions: readonly Opinion[]): ReadonlySet<Opinion> {
  const chosen = new Set(opinions.filter(({ isTaken }) => isTaken));
  const ranked = [...opinions].sort(byWeight);
  const objecting = new Set<AgendaItemId | null>();
  for (const one of ranked) {
    const { stance, itemId } = one.lead;
    if (stance !== 'oppose' || objecting.has(itemId)) continue;
    objecting.add(itemId);
    chosen.add(one);
  }
  for (const one of ranked) if (chosen.size < LISTED_VIEWS) chosen.add(one);
  return chosen;
}

/** 主要意见, and of 分歧 what views object to; counted is how many opinions were to be had. */
export type OpinionLines = {
  readonly opinions: readonly DraftLine[];
  readonly differences: readonly DraftLine[];
  readonly counted: number;
};

/** Views by agenda item and stance, marked ones first; merged ones are one line, and so one opinion [O14]. */
export function opinionLines(room: Room, cited: ReadonlySet<string>): OpinionLines {
  const all = opinionsIn(room, cited);
  const shown = listed(all);
  const roleOf = (view: View): Role => room.participants[view.by]?.role ?? 'resident';
  const rolesOf = (some: readonly Opinion[]): readonly Role[] => [
    ...new Set(some.flatMap((one) => one.all.map(roleOf))),
  ];
  const items = [...room.agenda.map(({ id, title }) => ({ id, title })), { id: null, title: null }];
  const known = new Set<string>(room.agenda.map(({ id }) => id));
  const opinions: DraftLine[] = [];
  const differences: DraftLine[] = [];
  for (const { id, title } of items) {
    const here = all.filter(({ lead: { itemId } }) =>
      id === null ? itemId === null || !known.has(itemId) : itemId === id,
    );
    for (const stance of STANCES)
      for (const one of here.filter(({ lead }) => lead.stance === stance).sort(byWeight))
        if (shown.has(one))
          opinions.push({
            part: 'opinions',
            group: { of: 'item', title },
            said: {
              say: 'view',
              stance,
              roles: rolesOf([one]),
              words: asOneSentence(one.lead.text),
              endorsed: endorsedBy(one),
              isKeyPoint: isMarked(one),
            },
            evidence: evidenceOf(one),
          });
    const against = here.filter(({ lead: { stance } }) => stance === 'oppose' || stance === 'conditional');
    const resting = against.filter((one) => shown.has(one));
    if (resting.length === 0) continue;
    const count = (stance: string): number => against.filter(({ lead }) => lead.stance === stance).length;
    differences.push({
      part: 'differences',
      group: { of: 'part' },
      said: {
        say: 'opposed',
        title,
        oppose: count('oppose'),
        conditional: count('conditional'),
        roles: rolesOf(against),
      },
      evidence: resting.map(({ lead }) => ({ kind: 'view', id: lead.id })),
    });
  }
  return { opinions, differences, counted: all.length };
}

function evidenceOf({ all }: Opinion): readonly Cited[] {
  return all.map(({ id }) => ({ kind: 'view', id }));
}
