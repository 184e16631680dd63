import { useEffect, useRef } from 'react';
import type { ParticipantId, SessionId } from '../../../core/domain/ids.ts';
import { placeOf } from '../../../core/domain/polls/places.ts';
import { hasBox, type OpenPoll } from '../../../core/domain/polls/poll.ts';
import type { Room } from '../../../core/domain/room/state.ts';

interface TokenTakerProps {
  readonly sessionId: SessionId;
  readonly room: Pick<Room, 'polls' | 'participants'>;
  readonly me: ParticipantId | null;
  readonly clockOffsetMs: number;
}

/** How long after a fetch that failed the code of wallets is asked for again, milliseconds. */
const AGAIN_MS = 4_000;

/**
 * Takes a token for every open box as soon as its poll is seen, not when the person votes: whoever takes and casts at one go is
 * known by the order.
 */
export function TokenTaker({ sessionId, room, me, clockOffsetMs }: TokenTakerProps) {
  const taken = useRef(new Set<string>());
  useEffect(() => {
    if (me === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const seat = room.participants[me] ?? { id: me };
    const isMine = (poll: Room['polls'][number]): poll is OpenPoll =>
      poll.phase === 'open' && hasBox(poll) && placeOf(poll, seat) !== null;
    // Also what is to be heard of one that was begun: it is put off, or ends.
    const mine = room.polls.filter(isMine).filter((poll) => !taken.current.has(nameOf(poll)));
    const take = async () => {
      try {
        const { walletOf } = await import('./wallets.ts');
        for (const poll of mine) {
          walletOf({ sessionId, poll, me, clockOffsetMs });
          taken.current.add(nameOf(poll));
        }
      } catch {
        timer = setTimeout(() => void take(), AGAIN_MS);
      }
    };
    if (mine.length > 0) void take();
    return () => clearTimeout(timer);
  }, [sessionId, room.polls, room.participants, me, clockOffsetMs]);
  return null;
}

function nameOf({ draft, endsAt, isEnding }: OpenPoll): string {
  return `${draft.id} ${endsAt ?? ''} ${isEnding === true}`;
}
