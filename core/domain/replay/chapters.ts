import type { Envelope, RoomEvent } from '../events.ts';

/** What somebody jumps to in a replay: a stage of the session, an agenda item, a turn at the floor, a poll. */
export type ChapterKind = 'course' | 'item' | 'turn' | 'poll' | 'result';

/** events: how many have happened when it has begun. The room after them tells what it is called. */
export type Chapter = { readonly kind: ChapterKind; readonly events: number; readonly at: string };

const KINDS: Readonly<Partial<Record<RoomEvent['type'], ChapterKind>>> = {
  'session:collecting': 'course',
  'session:opened': 'course',
  'session:paused': 'course',
  'session:adjourned': 'course',
  'session:resumed': 'course',
  'session:ended': 'course',
  'session:settled': 'course',
  'session:reopened': 'course',
  'session:adopted': 'course',
  'session:closed': 'course',
  'session:aborted': 'course',
  'agenda:moved': 'item',
  'floor:given': 'turn',
  'floor:givenToVenue': 'turn',
  'poll:opened': 'poll',
  'poll:closed': 'result',
};

/** Chapters of a log, in its order. */
export function chaptersOf(envelopes: readonly Envelope[]): readonly Chapter[] {
  return envelopes.flatMap(({ seq, at, event }) => {
    const kind = KINDS[event.type];
    return kind === undefined ? [] : [{ kind, events: seq, at }];
  });
}
