import type { ViewId } from '../ids.ts';
import type { MergeStep } from '../merges.ts';
import type { Room } from './state.ts';

/** Which views stand together now: those that lead with what is under them, and under which one each other is. */
export type Groups = {
  readonly others: ReadonlyMap<ViewId, readonly ViewId[]>;
  readonly leads: ReadonlyMap<ViewId, ViewId>;
};

const NONE: Groups = { others: new Map(), leads: new Map() };
const known = new WeakMap<readonly MergeStep[], Groups>();

/** The groups that the lineage of a room comes to [C3]. Asked for every card; the lineage changes seldom. */
export function groupsOf({ merges }: Pick<Room, 'merges'>): Groups {
  if (merges === undefined) return NONE;
  const found = known.get(merges);
  if (found !== undefined) return found;
  const others = new Map<ViewId, readonly ViewId[]>();
  for (const step of merges) {
    const before = others.get(step.lead) ?? [];
    const after =
      step.what === 'merged' ? [...before, ...step.others] : before.filter((id) => !step.others.includes(id));
    if (after.length === 0) others.delete(step.lead);
    else others.set(step.lead, after);
  }
  const leads = new Map([...others].flatMap(([lead, ids]) => ids.map((id) => [id, lead] as const)));
  const groups = { others, leads };
  known.set(merges, groups);
  return groups;
}

/** A group in the order in which it is read: the view that leads first. One view alone is its own group. */
export function groupOf(room: Pick<Room, 'merges'>, id: ViewId): readonly [ViewId, ...ViewId[]] {
  const { others, leads } = groupsOf(room);
  const lead = leads.get(id) ?? id;
  return [lead, ...(others.get(lead) ?? [])];
}
