import { unassigned, waitingFor } from '../../../core/domain/room/questions.ts';
import { guardAct } from '../../../core/domain/room/guards.ts';
import { hasEnded } from '../../../core/domain/sessions.ts';
import { useText } from '../../lib/i18n.ts';
import { part } from '../../ui/part.tsx';
import styles from './questions.module.css';
import { useQuestions } from './use-questions.ts';

const WaitingCard = part(async () => (await import('./waiting-card.tsx')).WaitingCard, { of: 'desk' });

/** What waits for me: for a department its questions, for the chair those that belong to nobody in the room. */
export function WaitingPanel() {
  const t = useText();
  const { room, who } = useQuestions();
  if (hasEnded(room.state)) return null;
  const mine = waitingFor(room, who);
  const lost = guardAct(room, who, 'question:put').ok ? unassigned(room) : [];
  if (mine.length + lost.length === 0) return null;
  return (
    <section className={styles.panel} aria-label={t('room:questions.heading')}>
      {mine.length === 0 ? null : (
        <h2 className={styles.title}>{t('room:questions.mine', { count: mine.length })}</h2>
      )}
      {mine.map((question) => (
        <WaitingCard key={question.id} question={question} isMine />
      ))}
      {lost.length === 0 ? null : (
        <h2 className={styles.title}>{t('room:questions.unassigned', { count: lost.length })}</h2>
      )}
      {lost.map((question) => (
        <WaitingCard key={question.id} question={question} isMine={false} />
      ))}
    </section>
  );
}
