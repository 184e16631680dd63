import { isSomebody, type Envelope } from '../events.ts';
import type { ParticipantId } from '../ids.ts';
import { placeOf, withVersion } from './known-ids.ts';
import type { Room } from './state.ts';
import { changedView, type ViewChange } from './view-change.ts';

type ViewEvent = Extract<
  Envelope['event'],
  {
    type:
      | 'view:endorsed'
      | 'view:unendorsed'
      | 'view:edited'
      | 'view:withdrawn'
      | 'view:marked'
      | 'view:unmarked'
      | 'view:hidden'
      | 'view:restored';
  }
>;
type ViewEnvelope = Envelope & { readonly event: ViewEvent };

/** Changes of earlier views that a room remembers for pages on their way; behind more than that a page is asked again. */
const MOST_LATE = 500;

/** Folds what happened to a view. Where the view is not held the change waits for the page that brings it [R1]. */
export function withViewEvent(before: Room, envelope: ViewEnvelope): Room {
  const room = envelope.event.type === 'view:endorsed' ? withEndorser(before, envelope.by) : before;
  const change = changeOf(room, envelope);
  const place = placeOf(room.views, change.viewId);
  const view = room.views[place];
  if (view !== undefined) {
    return { ...room, views: withVersion(room.views, place, changedView(view, change)) };
  }
  return room.earlier === undefined ? room : { ...room, earlier: withLate(room.earlier, change) };
}

function withLate(earlier: NonNullable<Room['earlier']>, change: ViewChange): NonNullable<Room['earlier']> {
  const late = [...earlier.late, change];
  const dropped = late.length > MOST_LATE ? late.shift() : undefined;
  return {
    ...earlier,
    cited: earlier.cited.map((view) => (view.id === change.viewId ? changedView(view, change) : view)),
    since: dropped?.seq ?? earlier.since,
    changedAt: change.seq,
    late,
  };
}

function withEndorser(room: Room, by: Envelope['by']): Room {
  const { endorsers = [] } = room;
  if (!isSomebody(by)) throw new Error('an endorsement is somebody’s');
  return endorsers.includes(by) ? room : { ...room, endorsers: [...endorsers, by] };
}

function changeOf({ endorsers }: Room, { seq, at, by, event }: ViewEnvelope): ViewChange {
  const { viewId } = event;
  switch (event.type) {
    case 'view:endorsed':
    case 'view:unendorsed':
      return { seq, at, viewId, kind: KINDS[event.type], place: placeAmong(endorsers, by) };
    case 'view:edited':
      return {
        seq,
        at,
        viewId,
        kind: 'edited',
        text: event.text,
        ...(event.masked === undefined ? {} : { masked: event.masked }),
        ...(event.endorsed === undefined ? {} : { endorsed: event.endorsed }),
      };
    case 'view:hidden':
      return {
        seq,
        at,
        viewId,
        kind: 'hidden',
        reason: event.reason,
        isByReports: event.cause === 'reports',
      };
    case 'view:restored':
      return {
        seq,
        at,
        viewId,
        kind: 'restored',
        text: event.text,
        ...(event.enclosed === undefined ? {} : { enclosed: event.enclosed }),
      };
    case 'view:withdrawn':
      return { seq, at, viewId, kind: 'withdrawn' };
    case 'view:marked':
      if (!isSomebody(by)) throw new Error('a key point is marked by somebody');
      return { seq, at, viewId, kind: 'marked', by };
    case 'view:unmarked':
      return { seq, at, viewId, kind: 'unmarked' };
  }
}

const KINDS = { 'view:endorsed': 'endorsed', 'view:unendorsed': 'unendorsed' } as const;

function placeAmong(endorsers: readonly ParticipantId[] = [], by: Envelope['by']): number {
  return endorsers.findIndex((id) => id === by);
}
