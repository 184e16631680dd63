import { decide } from '../../../core/domain/room/decide.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room, Turn } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import styles from './floor.module.css';

export interface TurnControlsProps {
  readonly room: Room;
  readonly who: Who;
  readonly turn: Turn;
  readonly name: string;
}

const MINUTE = { type: 'extendFloor', seconds: 60 } as const;

/** What whoever runs the session does with a turn that goes on: let its timer stand still, give a minute, end it. */
export function TurnControls({ room, who, turn, name }: TurnControlsProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const isPaused = (turn.time?.paused ?? null) !== null;
  const isTimed = turn.time !== undefined;
  return (
    <div className={styles.controls} role="group" aria-label={t('room:floor.controls', { name })}>
      {isTimed && isPaused ? (
        <ActButton isSmall kind="main" onAct={() => tell(send('resumeFloor', {}))}>
          {t('room:floor.resumeTimer')}
        </ActButton>
      ) : null}
      {isTimed && !isPaused ? (
        <ActButton isSmall onAct={() => tell(send('pauseFloor', {}))}>
          {t('room:floor.pauseTimer')}
        </ActButton>
      ) : null}
      {isTimed ? (
        <ActButton
          isSmall
          disabled={!decide(room, who, MINUTE).ok}
          onAct={() => tell(send('extendFloor', { body: { seconds: MINUTE.seconds } }))}
        >
          {t('room:floor.extend')}
        </ActButton>
      ) : null}
      <ActButton
        isSmall
        aria-label={t('room:floor.endOf', { name })}
        onAct={() => tell(send('endFloor', {}))}
      >
        {t('room:floor.end')}
      </ActButton>
    </div>
  );
}
