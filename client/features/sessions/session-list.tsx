import { useId, useState, type ReactNode } from 'react';
import type { SessionSummary } from '../../../core/contract/sessions.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { groupSessions } from './grouping.ts';
import { SessionCard } from './session-card.tsx';
import styles from './session-list.module.css';

interface SessionListProps {
  readonly sessions: readonly SessionSummary[];
  /** Whether another session can be planned after one. */
  readonly mayCopy: (session: SessionSummary) => boolean;
  readonly answerTo: (session: SessionSummary) => ReactNode;
}

export function SessionList({ sessions, ...rest }: SessionListProps) {
  const t = useText();
  const [opened] = useState(() => new Date());
  const { awaiting, reminded, now, concluding, today, coming, preparing, over } = groupSessions(
    sessions,
    opened,
  );
  return (
    <div className={styles.list}>
      <Group title={t('home:awaiting')} sessions={awaiting} {...rest} />
      <Group title={t('home:reminded')} sessions={reminded} {...rest} />
      <Group title={t('home:now')} sessions={now} {...rest} />
      <Group title={t('home:concluding')} sessions={concluding} {...rest} />
      <Group title={t('home:today')} sessions={today} {...rest} />
      <Group title={t('home:coming')} sessions={coming} {...rest} />
      <Group title={t('home:preparing')} sessions={preparing} {...rest} />
      <Group title={t('home:over')} sessions={over} {...rest} />
    </div>
  );
}

/** So many cards of a group are shown before "show all". */
const FEW = 10;

interface GroupProps extends Pick<SessionListProps, 'mayCopy' | 'answerTo'> {
  readonly title: string;
  readonly sessions: readonly SessionSummary[];
}

function Group({ title, sessions, mayCopy, answerTo }: GroupProps) {
  const t = useText();
  const heading = useId();
  const [isAll, setAll] = useState(false);
  if (sessions.length === 0) return null;
  const shown = isAll ? sessions : sessions.slice(0, FEW);
  return (
    <section className={styles.group} aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <ul role="list">
        {shown.map((session) => (
          <SessionCard
            key={session.id}
            session={session}
            isCopied={mayCopy(session)}
            answer={answerTo(session)}
          />
        ))}
      </ul>
      {shown.length < sessions.length ? (
        <Button kind="quiet" onClick={() => setAll(true)}>
          {t('home:more', { count: sessions.length })}
        </Button>
      ) : null}
    </section>
  );
}
