import { guardFloorRequest } from '../../core/domain/room/guards.ts';
import { mainActNow } from '../../core/domain/room/posting.ts';
import { canBeDone } from '../../core/domain/room/course.ts';
import { currentTurn, isQueued } from '../../core/domain/room/state.ts';
import { isBefore, isLive } from '../../core/domain/sessions.ts';
import { EndTurn } from '../features/floor/end-turn.tsx';
import { FloorRequest } from '../features/floor/floor-request.tsx';
import { waitingFor } from '../features/polls/standing.ts';
import { wordsOf } from '../features/views/draft.ts';
import { useCastMarks } from '../room/box/cast-marks.ts';
import { useText } from '../lib/i18n.ts';
import { Button } from '../ui/button.tsx';
import { maySpeakEver, RoomUnsent } from './room-unsent.tsx';
import styles from './room.module.css';
import type { RoomView } from './use-room-view.ts';

interface RoomActionsProps {
  readonly view: RoomView;
  readonly onCompose: () => void;
}

/** The bar at the thumb: write, or ask for the floor. Nothing for those who only read along. */
export function RoomActions({ view, onCompose }: RoomActionsProps) {
  const t = useText();
  const { room, who, me, seat, draft, setDraft, rights } = view;
  useCastMarks();
  if (!maySpeakEver(view)) return <RoomUnsent view={view} />;
  const hasFloor = me !== null && room.state === 'in_session' && currentTurn(room)?.participantId === me;
  const main = mainActNow(room);
  // While departments reply, a department that has begun nothing else replies.
  const isReply =
    seat?.role === 'department' && (draft.mode === 'reply' || (main === 'reply' && wordsOf(draft) === ''));
  const maySend = (isReply ? rights.replyRefusal : rights.viewRefusal) === null;
  // What cannot be done now is not offered; the banner above says why.
  const hasRequest = isLive(room.state) || (me !== null && isQueued(room, me));
  const isToSpeak =
    main === 'speak' &&
    waitingFor(room, me) === null &&
    wordsOf(draft) === '' &&
    guardFloorRequest(room, who).ok;
  const compose = () => {
    if (isReply && draft.mode !== 'reply') setDraft({ ...draft, mode: 'reply' });
    onCompose();
  };
  return (
    <div className={styles.actions}>
      {hasFloor ? (
        <EndTurn />
      ) : hasRequest ? (
        <FloorRequest room={room} who={who} isCompact isMain={isToSpeak} />
      ) : null}
      {/* One main act at a time: a poll that waits has it, and the floor while people speak in turn. */}
      <Button
        kind={maySend && !isToSpeak && waitingFor(room, me) === null ? 'main' : 'plain'}
        isWide
        onClick={compose}
      >
        {wordsOf(draft) !== '' ? t('room:composer.goOn') : openWords()}
      </Button>
    </div>
  );

  function openWords(): string {
    if (isReply) return t('room:composer.asReply');
    return isBefore(room.state) && !canBeDone(room.state, 'view:post')
      ? t('room:composer.prepare')
      : t('room:composer.open');
  }
}
