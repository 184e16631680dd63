import { countAnswers } from '../../../core/domain/room/answers.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './roll.module.css';

/** Before the meeting, for whoever looks after the people: what was answered, each place once. */
export function AnswerLine({ room }: { readonly room: Room }) {
  const t = useText();
  if (room.state !== 'scheduled' && room.state !== 'collecting') return null;
  const { invited, accepted, leave, deputy, silent } = countAnswers(room);
  if (invited === 0) return null;
  return (
    <p className={styles.summary} data-testid="answers">
      {t('room:roll.answers', { invited, answered: invited - silent, accepted, leave, deputy, silent })}
    </p>
  );
}
