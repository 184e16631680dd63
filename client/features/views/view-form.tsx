import { useId, type KeyboardEvent } from 'react';
import type { Refusal } from '../../../core/domain/refusals.ts';
import type { Stance, View } from '../../../core/domain/views.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { shownWords } from '../../room/shown-words.ts';
import { Button } from '../../ui/button.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { AskedDepartments, type AskedDepartment } from './asked-departments.tsx';
import styles from './composer.module.css';
import { isNearLimit, missingOfView, picturesMissing, roomLeft, type Draft } from './draft.ts';
import { Enclosing } from './enclosing.tsx';
import { Missing } from './missing.tsx';
import { StancePicker } from './stance-picker.tsx';
import type { DraftPictures } from './use-pictures.ts';

export interface ViewFormProps {
  readonly draft: Draft;
  readonly pictures: DraftPictures;
  readonly onDraft: (draft: Draft) => void;
  readonly isKept: boolean;
  readonly stances: readonly Stance[];
  readonly refusal: Refusal | null;
  /** Whoever holds the chair takes no side, and is told so. */
  readonly isChair: boolean;
  readonly departments: readonly AskedDepartment[];
  readonly answering: { readonly view: View; readonly name: string } | null;
  readonly onSend: () => void;
}

export function ViewForm({
  draft,
  pictures,
  onDraft,
  isKept,
  stances,
  refusal,
  isChair,
  departments,
  answering,
  onSend,
}: ViewFormProps) {
  const t = useText();
  const id = useId();
  const missing = missingOfView(draft);
  const isStanceAllowed = draft.stance !== null && stances.includes(draft.stance);
  const trouble = missing ?? picturesMissing(draft, pictures);
  const isReady = refusal === null && trouble === null && isStanceAllowed;
  const send = () => {
    if (isReady) onSend();
  };
  const left = roomLeft(draft.text, 'view');
  return (
    <>
      {answering === null ? null : (
        <p className={styles.chip}>
          <span dir="auto">
            {t('room:composer.answering', { name: answering.name, text: shownWords(t, answering.view) })}
          </span>
          <Button
            kind="quiet"
            isSmall
            aria-label={t('room:composer.cancelAnswer')}
            onClick={() => onDraft({ ...draft, replyTo: null })}
          >
            <span aria-hidden="true">✕</span>
          </Button>
        </p>
      )}
      {stances.length > 0 ? (
        <StancePicker
          value={draft.stance}
          allowed={stances}
          onChange={(stance) => onDraft({ ...draft, stance })}
        />
      ) : null}
      {draft.stance === 'question' && departments.length > 0 ? (
        <AskedDepartments
          departments={departments}
          chosen={draft.putTo}
          onChange={(putTo) => onDraft({ ...draft, putTo })}
        />
      ) : null}
      {isChair && refusal === null ? <p className={styles.note}>{t('room:composer.chairNeutral')}</p> : null}
      <label htmlFor={`${id}-text`}>
        <VisuallyHidden>{t('room:composer.text')}</VisuallyHidden>
      </label>
      <textarea
        id={`${id}-text`}
        className={styles.text}
        dir="auto"
        rows={2}
        placeholder={t('room:composer.placeholder')}
        value={draft.text}
        aria-describedby={`${id}-why`}
        onChange={(event) => onDraft({ ...draft, text: event.target.value })}
        onKeyDown={(event) => sendOnKeys(event, send)}
      />
      {refusal === null ? (
        <Enclosing
          pictures={draft.pictures}
          place={draft.place}
          held={pictures}
          onPictures={(changed) => onDraft({ ...draft, pictures: changed })}
          onPlace={(place) => onDraft({ ...draft, place })}
        />
      ) : null}
      <div className={styles.last}>
        <p
          id={`${id}-why`}
          className={refusal === null || refusal.reason === 'SESSION_NOT_OPEN' ? styles.note : styles.warn}
        >
          {refusal === null ? <Missing missing={trouble} kind="view" /> : whyNot(t, refusal, isKept)}
        </p>
        {isNearLimit(left, 'view') ? (
          <span className={left < 0 ? styles.warn : styles.note}>
            {left < 0
              ? t('room:composer.tooLong', { count: -left })
              : t('room:composer.left', { count: left })}
          </span>
        ) : null}
        <Button kind="main" disabled={!isReady} onClick={send}>
          {t('room:composer.send')}
        </Button>
      </div>
    </>
  );
}

/** Why nothing can be sent now; before the opening and in a pause, that what is written is kept. */
export function whyNot(t: Translate, refusal: Refusal, isKept: boolean): string {
  if (refusal.reason !== 'SESSION_NOT_OPEN') return reasonText(t, refusal.reason, refusal.facts);
  const state = refusal.facts?.['state'] === 'paused' ? 'paused' : 'notOpen';
  return isKept ? t(`room:composer.${state}`) : t(`room:composer.${state}NotKept`);
}

/** Ctrl or ⌘ with Enter sends, but never while a Chinese word is being composed. */
export function sendOnKeys(event: KeyboardEvent, send: () => void): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
  event.preventDefault();
  send();
}
