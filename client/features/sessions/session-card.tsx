import type { SessionSummary } from '../../../core/contract/sessions.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import styles from './session-card.module.css';

interface SessionCardProps {
  readonly session: SessionSummary;
}

/** One session in a list: what, in which state, when, and my way in. */
export function SessionCard({ session }: SessionCardProps) {
  const t = useText();
  const isOver = session.state === 'archived';
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
          {session.seat === null ? <span>{t('home:noSeat')}</span> : <RoleBadge role={session.seat.role} />}
          {session.studioName === '' ? null : <span dir="auto">{session.studioName}</span>}
        </p>
      </div>
      <ButtonLink
        kind={isLive ? 'main' : 'plain'}
        to={isOver ? `/sessions/${session.id}/archive` : `/sessions/${session.id}`}
      >
        {actOf(t, session)}
      </ButtonLink>
    </li>
  );
}

function actOf(t: Translate, { state }: SessionSummary): string {
  if (state === 'archived') return t('home:read');
  return state === 'scheduled' ? t('home:prepare') : t('home:enter');
}

function timeOf(t: Translate, { state, startsAt, openedAt, closedAt }: SessionSummary): string {
  if (state === 'archived' && closedAt !== null)
    return t('home:closedAt', { time: formatDateTime(closedAt) });
  if (openedAt !== null) return t('home:openedAt', { time: formatDateTime(openedAt) });
  return startsAt === null ? t('home:timeOpen') : t('home:at', { time: formatDateTime(startsAt) });
}
