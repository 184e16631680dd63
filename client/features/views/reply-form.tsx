import { useId, useState } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { Refusal } from '../../../core/domain/refusals.ts';
import { Commitment, type View } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import styles from './composer.module.css';
import { isNearLimit, missingOfReply, roomLeft, toggleAnswered, type Draft } from './draft.ts';
import { Missing } from './missing.tsx';
import { sendOnKeys, whyNot } from './view-form.tsx';

/** The newest views are offered in a list; any other is chosen at its card in the stream. */
const OFFERED = 100;

export interface ReplyFormProps {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly isKept: boolean;
  readonly refusal: Refusal | null;
  readonly views: readonly View[];
  readonly nameOf: (id: string) => string;
  readonly onSend: () => void;
}

/** A department answers one or more views: what it can do, and the words. */
export function ReplyForm({ draft, onDraft, isKept, refusal, views, nameOf, onSend }: ReplyFormProps) {
  const t = useText();
  const id = useId();
  const missing = missingOfReply(draft);
  const isReady = refusal === null && missing === null;
  const send = () => {
    if (isReady) onSend();
  };
  const left = roomLeft(draft.replyText, 'reply');
  return (
    <>
      <AnsweredViews draft={draft} onDraft={onDraft} views={views} nameOf={nameOf} />
      <fieldset className={styles.stances}>
        <legend>{t('room:reply.commitment')}</legend>
        {Commitment.options.map((commitment) => (
          <label key={commitment} className={styles.stance}>
            <input
              type="radio"
              name={`${id}-commitment`}
              checked={draft.commitment === commitment}
              onChange={() => onDraft({ ...draft, commitment })}
            />
            {t(`words:commitment.${commitment}`)}
          </label>
        ))}
      </fieldset>
      <label htmlFor={`${id}-text`}>
        <VisuallyHidden>{t('room:reply.text')}</VisuallyHidden>
      </label>
      <textarea
        id={`${id}-text`}
        className={styles.text}
        dir="auto"
        rows={3}
        placeholder={t('room:reply.placeholder')}
        value={draft.replyText}
        aria-describedby={`${id}-why`}
        onChange={(event) => onDraft({ ...draft, replyText: event.target.value })}
        onKeyDown={(event) => sendOnKeys(event, send)}
      />
      <div className={styles.last}>
        <p
          id={`${id}-why`}
          className={refusal === null || refusal.reason === 'SESSION_NOT_OPEN' ? styles.note : styles.warn}
        >
          {refusal === null ? <Missing missing={missing} kind="reply" /> : whyNot(t, refusal, isKept)}
        </p>
        {isNearLimit(left, 'reply') ? (
          <span className={left < 0 ? styles.warn : styles.note}>
            {left < 0
              ? t('room:composer.tooLong', { count: -left })
              : t('room:composer.left', { count: left })}
          </span>
        ) : null}
        <Button kind="main" disabled={!isReady} onClick={send}>
          {t('room:reply.send')}
        </Button>
      </div>
    </>
  );
}

type AnsweredViewsProps = Pick<ReplyFormProps, 'draft' | 'onDraft' | 'views' | 'nameOf'>;

function AnsweredViews({ draft, onDraft, views, nameOf }: AnsweredViewsProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const known = new Map(views.map((view) => [view.id, view]));
  if (views.length === 0) return <p className={styles.note}>{t('room:reply.noViews')}</p>;
  return (
    <div>
      <div className={styles.chosen}>
        {draft.toViews.map((id) => {
          // One that was chosen before a reload may be among the earlier ones.
          const view = known.get(id);
          const label =
            view === undefined
              ? t('room:reply.unchooseEarlier')
              : t('room:reply.unchoose', { seq: view.seq });
          return (
            <Button key={id} isSmall aria-label={label} onClick={() => onDraft(toggleAnswered(draft, id))}>
              {view === undefined ? t('room:reply.earlierView') : `#${view.seq} ${nameOf(view.by)}`}{' '}
              <span aria-hidden="true">✕</span>
            </Button>
          );
        })}
      </div>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {t('room:reply.toViews')} ·{' '}
          {t('room:reply.toViewsHint', { count: draft.toViews.length, max: LIMITS.viewsPerReply })}
        </summary>
        <div className={styles.choices} role="group" aria-label={t('room:reply.toViews')}>
          {(isOpen ? views.slice(-OFFERED).reverse() : []).map((view) => (
            <label key={view.id} className={styles.choice}>
              <input
                type="checkbox"
                checked={draft.toViews.includes(view.id)}
                onChange={() => onDraft(toggleAnswered(draft, view.id))}
              />
              <span dir="auto">
                #{view.seq} {nameOf(view.by)} · {view.text}
              </span>
            </label>
          ))}
          {views.length > OFFERED ? <p className={styles.note}>{t('room:reply.fromStream')}</p> : null}
        </div>
      </details>
    </div>
  );
}
