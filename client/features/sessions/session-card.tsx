import type { ReactNode } from 'react';
import type { SessionSummary } from '../../../core/contract/sessions.ts';
import type { Reminder } from '../../../core/domain/room/reminding.ts';
import { isSealed, isUnpublished } from '../../../core/domain/sessions.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Mark } from '../../ui/mark.tsx';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import styles from './session-card.module.css';

interface SessionCardProps {
  readonly session: SessionSummary;
  /** Whether another session can be planned after it. */
  readonly isCopied: boolean;
  /** What asks for an answer to my invitation, or shows the one I gave. */
  readonly answer: ReactNode;
}

/** One session in a list: what, in which state, when, and my way in. */
export function SessionCard({ session, isCopied, answer }: SessionCardProps) {
  const t = useText();
  const hasArchive = isSealed(session.state);
  const isLive = session.state === 'in_session' || session.state === 'paused';
  return (
    <li className={styles.card} data-live={isLive || undefined}>
      <div className={styles.facts}>
        <p className={styles.line}>
          <StateBadge state={session.state} />
          <span>{timeOf(t, session)}</span>
          <span>{t(`words:mode.${session.mode}`)}</span>
        </p>
        <h3 dir="auto">{session.title}</h3>
        <p className={styles.line}>
          {session.seat === null ? null : <RoleBadge role={session.seat.role} />}
          {session.seat === null && !session.awaitsMe ? <span>{t('home:noSeat')}</span> : null}
          {session.studioName === '' ? null : <span dir="auto">{session.studioName}</span>}
        </p>
        {session.seat?.reminders.map((reminder) => (
          <p key={reminder} className={styles.reminder}>
            <Mark name="time" />
            <span>{reminderOf(t, reminder, session)}</span>
          </p>
        ))}
        {session.seat?.votes.map(({ pollId, question, endsAt }) => (
          <p key={pollId} className={styles.reminder}>
            <Mark name="time" />
            <span dir="auto">{t('home:voteBefore', { question, time: formatDateTime(endsAt) })}</span>
          </p>
        ))}
      </div>
      {answer}
      {isCopied ? (
        <ButtonLink kind="quiet" to={`/plan?from=${session.id}`}>
          {t('home:planAgain')}
        </ButtonLink>
      ) : null}
      <ButtonLink
        kind={isLive || session.awaitsMe ? 'main' : 'plain'}
        to={hasArchive ? `/sessions/${session.id}/archive` : `/sessions/${session.id}`}
      >
        {actOf(t, session)}
      </ButtonLink>
    </li>
  );
}

function reminderOf(t: Translate, reminder: Reminder, { startsAt, until }: SessionSummary): string {
  const time = formatDateTime((reminder === 'answer' ? startsAt : until) ?? '');
  return t(`home:reminder.${reminder}`, { time });
}

function actOf(t: Translate, { state, awaitsMe }: SessionSummary): string {
  if (isSealed(state)) return t('home:read');
  if (awaitsMe) return t('home:review');
  if (state === 'collecting') return t('home:contribute');
  if (isUnpublished(state)) return t('home:goOn');
  if (state === 'drafting') return t('home:write');
  if (state === 'confirming') return t('home:confirm');
  if (state === 'cancelled' || state === 'adjourned') return t('home:look');
  return state === 'scheduled' ? t('home:prepare') : t('home:enter');
}

function timeOf(t: Translate, { state, startsAt, openedAt, closedAt, until }: SessionSummary): string {
  if (closedAt !== null) {
    const time = formatDateTime(closedAt);
    return state === 'cancelled' ? t('home:cancelledAt', { time }) : t('home:closedAt', { time });
  }
  if (until !== null) {
    const time = formatDateTime(until);
    return state === 'adjourned' ? t('home:adjournedUntil', { time }) : t('home:collectingUntil', { time });
  }
  if (openedAt !== null) return t('home:openedAt', { time: formatDateTime(openedAt) });
  return startsAt === null ? t('home:timeOpen') : t('home:at', { time: formatDateTime(startsAt) });
}
