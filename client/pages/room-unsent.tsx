import { hasEnded } from '../../core/domain/sessions.ts';
import { guardAct } from '../../core/domain/room/guards.ts';
import { EMPTY_DRAFT } from '../features/views/draft.ts';
import { UnsentWords } from '../features/views/unsent-words.tsx';
import type { RoomPartProps, RoomView } from './use-room-view.ts';

/** What somebody was still writing when the session closed. */
export function RoomUnsent({ view }: RoomPartProps) {
  if (!hasEnded(view.room.state)) return null;
  return <UnsentWords draft={view.draft} onDone={() => view.setDraft(EMPTY_DRAFT)} />;
}

/** Whether this person's role speaks at all, apart from the state of the session. */
export function maySpeakEver({ room, who }: Pick<RoomView, 'room' | 'who'>): boolean {
  return !hasEnded(room.state) && guardAct(room, who, 'view:post').ok;
}
