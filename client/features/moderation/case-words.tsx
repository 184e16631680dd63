import type { ReactNode } from 'react';
import type { ModerationCase } from '../../../core/domain/moderation.ts';
import { useServerNow } from '../../lib/clock.ts';
import { formatDuration } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { useRoomStore } from '../../room/use-room.ts';
import { ViewPictures } from '../../room/view-pictures.tsx';
import { StanceBadge } from '../../ui/stance-badge.tsx';
import styles from './moderation.module.css';

interface CaseCardProps {
  readonly one: ModerationCase;
  readonly label: string;
  readonly head?: ReactNode;
  readonly children: ReactNode;
}

/** A view that is kept from the room, as whoever may see it sees it. */
export function CaseCard({ one, label, head, children }: CaseCardProps) {
  const t = useText();
  const { sessionId } = useRoomStore();
  return (
    <article className={styles.card} data-held={one.viewId} data-phase={one.state.phase} aria-label={label}>
      <p className={styles.head}>
        {one.view.reply === undefined ? (
          <StanceBadge stance={one.view.stance} />
        ) : (
          <strong>
            {t('room:moderation.replyOf', {
              commitment: t(`words:commitment.${one.view.reply.commitment}`),
            })}
          </strong>
        )}
        {head}
      </p>
      <p className={styles.words} dir="auto">
        {one.view.text}
      </p>
      {one.view.byWord === undefined ? null : <p className={styles.note}>{t('room:moderation.byWord')}</p>}
      {one.view.masked === undefined ? null : (
        <p className={styles.note}>{t('room:moderation.masked', { count: one.view.masked })}</p>
      )}
      <ViewPictures sessionId={sessionId} view={one.view} />
      {children}
    </article>
  );
}

/** Why it is kept from the room, in the words that were given. */
export function RefusalWords({ one: { state } }: { readonly one: ModerationCase }) {
  const t = useText();
  if (state.phase === 'waiting' || state.phase === 'ended') return null;
  return (
    <p className={styles.note} dir="auto">
      {t('room:moderation.because', { reason: t(`room:moderation.reason.${state.reason}`), why: state.why })}
    </p>
  );
}

interface WaitingTimeProps {
  readonly since: string;
  readonly clockOffsetMs: number;
}

/** How long it waits, on the server's clock. */
export function WaitingTime({ since, clockOffsetMs }: WaitingTimeProps) {
  const t = useText();
  const ms = Math.max(0, useServerNow(clockOffsetMs) - Date.parse(since));
  return (
    <span className={styles.note} role="timer">
      {t('room:moderation.waited', { time: formatDuration(ms) })}
    </span>
  );
}
