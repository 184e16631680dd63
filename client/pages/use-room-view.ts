import { useCallback, useMemo, useState, type Dispatch, type SetStateAction } from 'react';
import type { ParticipantId, SessionId } from '../../core/domain/ids.ts';
import type { ModerationCase } from '../../core/domain/moderation.ts';
import type { Office } from '../../core/domain/people.ts';
import { chair, type Who } from '../../core/domain/room/guards.ts';
import { seatOf, type Room, type Seat } from '../../core/domain/room/state.ts';
import { corrected, holds, type Draft } from '../features/views/draft.ts';
import { pendingSaid, takenBack, type PendingSaid } from '../features/views/pending.ts';
import { speakingRights, type SpeakingRights } from '../features/views/speaking-rights.ts';
import { useDraft } from '../features/views/use-draft.ts';
import { usePictures, type DraftPictures } from '../features/views/use-pictures.ts';
import { useText } from '../lib/i18n.ts';
import type { LiveState } from '../room/live-room.ts';
import { areSameNames, nameOf } from '../room/names.ts';
import { useRoomState, useRoomStore } from '../room/use-room.ts';
import { useHats } from '../room/use-who.ts';

/** What both layouts of the room are made from. */
export type RoomView = {
  readonly sessionId: SessionId;
  readonly room: Room;
  readonly who: Who;
  /** The office that somebody holds beside their seat, if any. */
  readonly office: Office | null;
  readonly me: ParticipantId | null;
  readonly seat: Seat | undefined;
  readonly isChair: boolean;
  readonly isOffline: boolean;
  readonly clockOffsetMs: number;
  readonly nameOf: (id: string) => string;
  readonly rights: SpeakingRights;
  readonly draft: Draft;
  readonly pictures: DraftPictures;
  readonly setDraft: Dispatch<SetStateAction<Draft>>;
  /** False when the device does not keep the draft. */
  readonly isDraftKept: boolean;
  readonly pending: readonly PendingSaid[];
  readonly retry: (key: string) => void;
  readonly discard: (key: string) => void;
  /** Takes words that were refused back into the composer. */
  readonly edit: (pending: PendingSaid) => void;
  /** Puts a view that was refused into the composer, to be corrected and sent in its place. */
  readonly correct: (one: ModerationCase) => void;
  /** Whether what is in the composer would be lost by that. */
  readonly overwrites: (one: ModerationCase) => boolean;
  readonly letters: LiveState['letters'];
};

export interface RoomPartProps {
  readonly view: RoomView;
}

export interface RoomLayoutProps extends RoomPartProps {
  /** Opens the links and codes that let people in. */
  readonly onLinks: () => void;
}

export function useRoomView(): RoomView {
  const t = useText();
  const store = useRoomStore();
  const { room, me, clockOffsetMs, connection, letters } = useRoomState(partOf);
  const { who, office } = useHats();
  const { participants } = room;
  // Somebody's coming in is no reason to draw every card anew: the names are the same ones.
  const [named, setNamed] = useState(participants);
  if (named !== participants && !areSameNames(named, participants)) setNamed(participants);
  const nameHere = useCallback((id: string) => nameOf(t, named, id), [t, named]);
  const place = `${store.sessionId}/${me ?? 'office'}`;
  const [draft, setDraft, isDraftKept] = useDraft(place);
  const pictures = usePictures({ sessionId: store.sessionId, place, draft, setDraft });
  const rights = useMemo(() => speakingRights(room, who), [room, who]);
  const pending = useMemo(() => {
    const known = new Set<string>([...room.views, ...room.replies].map(({ id }) => id));
    return pendingSaid(letters, { seq: room.seq, has: (id) => known.has(id) });
  }, [letters, room.views, room.replies, room.seq]);
  return {
    sessionId: store.sessionId,
    room,
    who,
    office,
    me,
    seat: me === null ? undefined : seatOf(room, me),
    isChair: me !== null && chair(room) === me,
    isOffline: connection === 'offline' || connection === 'connecting',
    clockOffsetMs,
    nameOf: nameHere,
    rights,
    draft,
    pictures,
    setDraft,
    isDraftKept,
    pending,
    retry: store.retry,
    discard: store.discard,
    letters,
    correct: (one) => setDraft(corrected(draft, one)),
    overwrites: ({ view: { reply } }) => holds(draft, reply === undefined ? 'view' : 'reply'),
    edit: (said) => {
      store.discard(said.key);
      setDraft(takenBack(draft, said));
    },
  };
}

/** What the whole room is drawn from; who is looking and how many letters wait is read where it is shown. */
function partOf({ room, participantId, clockOffsetMs, connection, letters }: LiveState) {
  return { room, me: participantId, clockOffsetMs, connection, letters };
}
