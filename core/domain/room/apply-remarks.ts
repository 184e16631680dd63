import { isSomebody, type By, type RoomEvent } from '../events.ts';
import type { Remark } from '../remarks.ts';
import { unreachable } from '../result.ts';
import { remarksOf } from './remarking.ts';
import type { Room } from './state.ts';

type RemarkEvent = Extract<RoomEvent, { type: `remark:${string}` }>;

/** Folds what people say about words of the text. */
export function applyRemarks(
  room: Room,
  { at, by, event }: { readonly at: string; readonly by: By; readonly event: RemarkEvent },
): Room {
  if (!isSomebody(by)) throw new Error('remarks are made and resolved by people of the session');
  switch (event.type) {
    case 'remark:made':
      return { ...room, remarks: [...remarksOf(room), { ...event.remark, by, at, answers: [] }] };
    case 'remark:answered': {
      const answer = { words: event.words, by, at };
      return edited(room, event.remarkId, (one) => ({ ...one, answers: [...one.answers, answer] }));
    }
    case 'remark:resolved':
      return edited(room, event.remarkId, (one) => ({ ...one, resolved: { by, at } }));
    case 'remark:reopened':
      return edited(room, event.remarkId, ({ resolved: _resolved, ...one }) => one);
    default:
      return unreachable(event);
  }
}

function edited(room: Room, id: Remark['id'], edit: (remark: Remark) => Remark): Room {
  return { ...room, remarks: remarksOf(room).map((one) => (one.id === id ? edit(one) : one)) };
}
