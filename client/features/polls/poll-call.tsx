import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import type { ParticipantId } from '../../../core/domain/ids.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import styles from './polls.module.css';
import { useCastMarks } from '../../room/box/cast-marks.ts';
import { waitingFor } from './standing.ts';

export interface PollCallProps {
  readonly room: Room;
  readonly me: ParticipantId | null;
  readonly onGo: () => void;
}

/** A poll that waits for this person comes to them: a line above what they do, never over it. */
export function PollCall({ room, me, onGo }: PollCallProps) {
  const t = useText();
  useCastMarks();
  const poll = waitingFor(room, me);
  if (poll === null) return null;
  return (
    <aside className={styles.call} aria-label={t('room:tabs.pollOpen')}>
      <p dir="auto">{t('room:composer.pollOpened', { question: poll.draft.question })}</p>
      <Button kind="main" isSmall onClick={onGo}>
        {t('room:composer.toPoll')}
      </Button>
    </aside>
  );
}
