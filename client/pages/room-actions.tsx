import { currentTurn } from '../../core/domain/room/state.ts';
import { FloorRequest } from '../features/floor/floor-panel.tsx';
import { waitingFor } from '../features/polls/turnout.ts';
import { useText } from '../lib/i18n.ts';
import { useSend } from '../room/use-room.ts';
import { useTell } from '../room/use-tell.ts';
import { Button } from '../ui/button.tsx';
import { maySpeakEver } from './room-parts.tsx';
import styles from './room.module.css';
import type { RoomView } from './use-room-view.ts';

interface RoomActionsProps {
  readonly view: RoomView;
  readonly onCompose: () => void;
}

/** The bar at the thumb: write, or ask for the floor. Nothing for those who only read along. */
export function RoomActions({ view, onCompose }: RoomActionsProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const { room, who, me, seat, draft } = view;
  if (!maySpeakEver(view)) return null;
  const hasFloor = me !== null && currentTurn(room)?.participantId === me;
  const isReply = seat?.role === 'department' && draft.mode === 'reply';
  return (
    <div className={styles.actions}>
      {hasFloor ? (
        // -- told by useTell.
        <Button onClick={() => void tell(send('endFloor', {}))}>{t('room:floor.end')}</Button>
      ) : (
        <FloorRequest room={room} who={who} isCompact />
      )}
      {/* One main act at a time: a poll that waits has it. */}
      <Button kind={waitingFor(room, me) === null ? 'main' : 'plain'} isWide onClick={onCompose}>
        {isReply ? t('room:composer.asReply') : t('room:composer.open')}
      </Button>
    </div>
  );
}
