import { memo, type ComponentType } from 'react';
import type { ViewId } from '../../../core/domain/ids.ts';
import type { Seat } from '../../../core/domain/room/state.ts';
import type { Reply, View } from '../../../core/domain/views.ts';
import { formatTime, formatTimeExact } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { useRoomStore } from '../../room/use-room.ts';
import { ViewPictures } from '../../room/view-pictures.tsx';
import { shownWords } from '../../room/shown-words.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { StanceBadge } from '../../ui/stance-badge.tsx';
import { EarlierWordings, Endorse, MergedWords, OwnActs, SaidWords, type Endorsing } from './card-marks.tsx';
import styles from './stream.module.css';
import type { Deeds } from './use-deeds.tsx';

export interface CardActs extends Deeds {
  readonly answer: (view: View) => void;
  readonly respond: (viewId: ViewId) => void;
  /** Moves the reader to what has this seq. */
  readonly goTo: (seq: number) => void;
  /** The same for a view that may not be here. */
  readonly goToView: (viewId: ViewId) => void;
  /** Shows or folds the older answers of a thread. */
  readonly fold: (viewId: ViewId) => void;
}

/** Where a card stands among all that was said, here or not. */
export interface Place {
  readonly position: number;
  readonly of: number;
}

/** What another part of the room says below a view; the same component for every card, so that none is drawn anew. */
export type BelowView = ComponentType<{ readonly view: View }>;

export interface ViewCardProps {
  readonly view: View;
  readonly author: Seat | undefined;
  readonly isMine: boolean;
  readonly isAnswer: boolean;
  readonly quoted: View | null;
  readonly quotedName: string | null;
  /** It answers a view that is not here. */
  readonly isQuoteLost: boolean;
  /** How many older answers are folded away; null when there is nothing to fold. */
  readonly folded: number | null;
  readonly position: number;
  readonly of: number;
  readonly itemTitle: string | null;
  readonly replies: readonly Reply[] | undefined;
  readonly nameOf: (id: string) => string;
  /** The view that it is read under. */
  readonly lead: ViewId | null;
  readonly mayAnswer: boolean;
  readonly mayRespond: boolean;
  /** Whether I may endorse it, or take that back, and whether I have. */
  readonly endorsing: Endorsing;
  readonly isEndorsed: boolean;
  readonly isEndorsementSent: boolean;
  /** A few of those who endorse it; '' for nobody. */
  readonly endorsers: string;
  /** It is mine to correct and to take back. */
  readonly mayMend: boolean;
  readonly mayCorrect: boolean;
  readonly clockOffsetMs: number;
  /** What the reader searched for. */
  readonly query: string | null;
  readonly acts: CardActs;
  readonly below: BelowView | undefined;
}

/** One view as everybody reads it. */
export const ViewCard = memo(function ViewCard(props: ViewCardProps) {
  const { view, author, isMine, isAnswer, quoted, itemTitle, replies, nameOf, acts, below: Below } = props;
  const t = useText();
  const { sessionId } = useRoomStore();
  const name = nameOf(view.by);
  return (
    <article
      className={isAnswer ? styles.answer : styles.view}
      data-view-id={view.id}
      data-seq={view.seq}
      data-stance={view.stance}
      data-mine={isMine}
      data-withdrawn={view.withdrawnAt !== undefined}
      aria-label={t('room:views.cardLabel', { name, stance: t(`words:stance.${view.stance}`) })}
      aria-posinset={props.position}
      aria-setsize={props.of}
      tabIndex={-1}
    >
      <header className={styles.head}>
        <StanceBadge stance={view.stance} />
        {view.keyPoint === undefined ? null : (
          <strong className={styles.keyPoint}>
            <span aria-hidden="true">★</span> {t('room:curating.mark')}
          </strong>
        )}
        <span className={styles.author} dir="auto">
          {name}
        </span>
        {author !== undefined && <RoleBadge role={author.role} />}
        {author?.affiliation !== '' && author !== undefined && (
          <span className={styles.affiliation} dir="auto">
            {author.affiliation}
          </span>
        )}
      </header>
      {quoted !== null && (
        <button
          type="button"
          className={styles.quote}
          aria-label={t('room:views.goToView', { seq: quoted.seq, name: props.quotedName ?? '' })}
          onClick={() => acts.goTo(quoted.seq)}
        >
          {t('room:views.quoted', { name: props.quotedName ?? '', text: shownWords(t, quoted) })}
        </button>
      )}
      {props.isQuoteLost && view.replyTo !== null ? (
        <LostQuote viewId={view.replyTo} onGo={acts.goToView} />
      ) : null}
      {props.lead === null ? (
        <SaidWords said={view} query={props.query} />
      ) : (
        <MergedWords view={view} lead={props.lead} query={props.query} onGo={acts.goToView} />
      )}
      {view.masked === undefined ? null : (
        <p className={styles.endorsers}>{t('room:moderation.masked', { count: view.masked })}</p>
      )}
      {props.lead === null ? <ViewPictures sessionId={sessionId} view={view} /> : null}
      <EarlierWordings view={view} />
      {props.endorsers === '' ? null : (
        <p className={styles.endorsers} dir="auto">
          {props.endorsers}
        </p>
      )}
      <footer className={styles.foot}>
        <time dateTime={view.at} title={formatTimeExact(view.at)}>
          {formatTime(view.at)}
        </time>
        {isMine ? (
          <span className={styles.delivered}>{t('room:views.delivered', { seq: view.seq })}</span>
        ) : (
          <span>#{view.seq}</span>
        )}
        {itemTitle !== null && (
          <span className={styles.item} dir="auto">
            {itemTitle}
          </span>
        )}
        <span className={styles.acts}>
          <Endorse
            {...{ name, endorsing: props.endorsing, isMine: props.isEndorsed }}
            count={view.endorsedBy?.length ?? 0}
            isBusy={props.isEndorsementSent}
            onPress={() => acts.endorse(view, props.isEndorsed)}
          />
          {props.mayMend ? (
            <OwnActs
              {...{ view, clockOffsetMs: props.clockOffsetMs, mayCorrect: props.mayCorrect }}
              onEdit={() => acts.edit(view)}
              onWithdraw={() => acts.withdraw(view)}
            />
          ) : null}
          {props.mayAnswer && (
            <button
              type="button"
              className={styles.act}
              aria-label={t('room:views.answerTo', { name })}
              onClick={() => acts.answer(view)}
            >
              {t('room:views.answer')}
            </button>
          )}
          {props.mayRespond && (
            <button
              type="button"
              className={styles.act}
              aria-label={t('room:views.respondTo', { name })}
              onClick={() => acts.respond(view.id)}
            >
              {t('room:views.respond')}
            </button>
          )}
        </span>
      </footer>
      {replies?.map((reply) => (
        <button
          key={reply.id}
          type="button"
          className={styles.responded}
          onClick={() => acts.goTo(reply.seq)}
        >
          {t('room:views.respondedBy', {
            name: nameOf(reply.by),
            commitment: t(`words:commitment.${reply.commitment}`),
          })}
        </button>
      ))}
      {Below === undefined ? null : <Below view={view} />}
      {props.folded === null ? null : (
        <button
          type="button"
          className={styles.act}
          aria-expanded={props.folded === 0}
          onClick={() => acts.fold(view.id)}
        >
          {props.folded === 0 ? t('room:views.fold') : t('room:views.unfold', { count: props.folded })}
        </button>
      )}
    </article>
  );
});

/** Stands for a view that is not here, and leads to it. */
export function LostQuote({
  viewId,
  onGo,
}: {
  readonly viewId: ViewId;
  readonly onGo: CardActs['goToView'];
}) {
  const t = useText();
  return (
    <button type="button" className={styles.quote} onClick={() => onGo(viewId)}>
      {t('room:views.lostQuote')}
    </button>
  );
}
