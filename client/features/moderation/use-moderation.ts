import {
  createContext,
  createElement,
  useContext,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import { moderationRoutes } from '../../../core/contract/moderation.ts';
import type { MyModeration } from '../../../core/domain/moderation.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import { isModerator } from '../../../core/domain/room/keeping-order.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import { call } from '../../lib/api.ts';
import type { Letter } from '../../lib/letters.ts';

const NOTHING: MyModeration = {
  seq: 0,
  mine: [],
  muted: null,
  reported: [],
  queue: null,
  medianWaitMs: null,
};

const ModerationContext = createContext<MyModeration>(NOTHING);

/** What of the moderation concerns whoever looks; nothing until it has come. */
export function useMyModeration(): MyModeration {
  return useContext(ModerationContext);
}

/** While a picture is behind what the room tells, or could not be read, it is asked for again after this. */
const AGAIN_MS = 400;

interface ModerationProviderProps {
  readonly sessionId: SessionId;
  readonly room: Room;
  readonly who: Who;
  readonly letters: readonly Letter[];
  readonly isOffline: boolean;
  readonly children: ReactNode;
}

/**
 * Asks for what no event tells: words that are kept from the room. Whoever moderates, and whoever has something there,
 * asks again whenever moderation goes on; everybody else only when they have sent something of their own, so that one
 * held view is not asked about by a whole hall.
 */
export function ModerationProvider(props: ModerationProviderProps) {
  const { sessionId, room, who, letters, isOffline, children } = props;
  const [mine, setMine] = useState(NOTHING);
  const { moderation } = room;
  const id = who.kind === 'participant' ? who.id : null;
  const isConcerned = isModerator(room, who) || mine.mine.length > 0;
  const sent = letters
    .filter(({ door, state }) => door === 'postView' && state.kind === 'sent')
    .map(({ key }) => key)
    .join();
  const isMuted = moderation?.muted.some((one) => one.id === id) === true;
  const followed = isConcerned ? moderation : null;
  const isModerated = moderation !== undefined;
  const seq = room.seq;
  // Not a dependency: it says how new the answer must be that is asked for now.
  const [wanted, setWanted] = useState({ followed, sent, isMuted, seq });
  if (wanted.followed !== followed || wanted.sent !== sent || wanted.isMuted !== isMuted)
    setWanted({ followed, sent, isMuted, seq });
  useEffect(() => {
    if (isOffline || !isModerated) return undefined;
    let isGone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      let isNew = false;
      try {
        const found = await call(moderationRoutes.getModeration, { params: { sessionId } });
        if (isGone) return;
        isNew = found.seq >= wanted.seq;
        setMine((before) => (found.seq >= before.seq ? found : before));
      } catch {
        // Asked for again: the line, or the server, comes back.
      }
      if (!isNew && !isGone) timer = setTimeout(() => void read(), AGAIN_MS);
    };
    // -- read never rejects.
    void read();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [sessionId, isOffline, isModerated, wanted]);
  const value = useMemo(() => mine, [mine]);
  return createElement(ModerationContext, { value }, children);
}
