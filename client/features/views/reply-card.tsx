import { memo } from 'react';
import type { Seat } from '../../../core/domain/room/state.ts';
import type { Reply, View } from '../../../core/domain/views.ts';
import { formatTime, formatTimeExact } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { CitedBelow } from '../../room/cited-below.tsx';
import { shownWords } from '../../room/shown-words.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { SaidWords } from './card-marks.tsx';
import styles from './stream.module.css';
import { LostQuote, type CardActs } from './view-card.tsx';

export interface ReplyCardProps {
  readonly reply: Reply;
  readonly author: Seat | undefined;
  readonly isMine: boolean;
  readonly itemTitle: string | null;
  /** The views it answers, as far as they are here. */
  readonly answered: readonly View[];
  readonly position: number;
  readonly of: number;
  readonly nameOf: (id: string) => string;
  /** What the reader searched for. */
  readonly query: string | null;
  readonly acts: CardActs;
}

/** A department's answer: it stands out, and leads to every view it answers. */
export const ReplyCard = memo(function ReplyCard(props: ReplyCardProps) {
  const { reply, author, isMine, itemTitle, answered, nameOf, query, acts } = props;
  const t = useText();
  const name = nameOf(reply.by);
  return (
    <article
      className={styles.reply}
      data-reply-id={reply.id}
      data-seq={reply.seq}
      data-mine={isMine}
      aria-label={t('room:views.replyLabel', { name })}
      aria-posinset={props.position}
      aria-setsize={props.of}
      tabIndex={-1}
    >
      <header className={styles.head}>
        <span className={styles.replyTitle}>{t('room:views.departmentReply')}</span>
        <span className={styles.commitment} data-commitment={reply.commitment}>
          {t(`words:commitment.${reply.commitment}`)}
        </span>
        <span className={styles.author} dir="auto">
          {name}
        </span>
        {author !== undefined && <RoleBadge role={author.role} />}
      </header>
      <SaidWords said={reply} query={query} />
      <footer className={styles.foot}>
        <time dateTime={reply.at} title={formatTimeExact(reply.at)}>
          {formatTime(reply.at)}
        </time>
        {isMine ? (
          <span className={styles.delivered}>{t('room:views.delivered', { seq: reply.seq })}</span>
        ) : (
          <span>#{reply.seq}</span>
        )}
        {itemTitle !== null && (
          <span className={styles.item} dir="auto">
            {itemTitle}
          </span>
        )}
      </footer>
      <div className={styles.targets}>
        <span>{t('room:views.answersViews')}</span>
        {answered.map((view) => (
          <button
            key={view.id}
            type="button"
            className={styles.target}
            aria-label={t('room:views.goToView', { seq: view.seq, name: nameOf(view.by) })}
            onClick={() => acts.goTo(view.seq)}
          >
            #{view.seq} {nameOf(view.by)}：{shownWords(t, view).slice(0, 24)}
          </button>
        ))}
        {reply.toViews
          .filter((id) => answered.every((view) => view.id !== id))
          .map((id) => (
            <LostQuote key={id} viewId={id} onGo={acts.goToView} />
          ))}
      </div>
      <CitedBelow kind="reply" id={reply.id} />
    </article>
  );
});
