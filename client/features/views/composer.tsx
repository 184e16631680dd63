import type { PostedView } from '../../../core/domain/questions.ts';
import type { View, PostedReply } from '../../../core/domain/views.ts';
import { QuestionId, ReplyId, ViewId } from '../../../core/domain/ids.ts';
import { newId } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import styles from './composer.module.css';
import { enclosedOf, type Draft } from './draft.ts';
import type { AskedDepartment } from './asked-departments.tsx';
import type { SpeakingRights } from './speaking-rights.ts';
import { afterSending } from './use-draft.ts';
import type { DraftPictures } from './use-pictures.ts';
import { ViewForm } from './view-form.tsx';
import { part } from '../../ui/part.tsx';

const ReplyForm = part(async () => (await import('./reply-form.tsx')).ReplyForm, {
  of: 'desk',
  waiting: 'lines',
});

export interface ComposerProps {
  readonly draft: Draft;
  readonly pictures: DraftPictures;
  readonly onDraft: (draft: Draft) => void;
  /** False when the device does not keep the draft. */
  readonly isKept: boolean;
  readonly rights: SpeakingRights;
  /** Said where the form covers what else would say it. */
  readonly isOffline: boolean;
  readonly isChair: boolean;
  readonly isDepartment: boolean;
  readonly views: readonly View[];
  readonly nameOf: (id: string) => string;
  /** Departments in the room, which a question may be put to. */
  readonly departments: readonly AskedDepartment[];
  readonly onView: (view: PostedView) => void;
  readonly onReply: (reply: PostedReply) => void;
}

/** Where a person writes: a view, or for a department also a reply. */
export function Composer(props: ComposerProps) {
  const { draft, onDraft, isKept, rights, isChair, isDepartment, views, nameOf, onView, onReply, isOffline } =
    props;
  const t = useText();
  const mode = isDepartment ? draft.mode : 'view';
  const insteadOf = mode === 'view' ? draft.insteadOf : draft.replyInsteadOf;
  const answered = views.find((view) => view.id === draft.replyTo);
  const sendView = () => {
    if (draft.stance === null) return;
    const { stance, replyTo } = draft;
    const known = new Set(props.departments.map(({ to }) => to));
    const asked = stance === 'question' ? draft.putTo.filter((to) => known.has(to)) : [];
    const questions = asked.map((to) => ({ id: QuestionId.parse(newId()), to }));
    const said = {
      id: ViewId.parse(newId()),
      stance,
      text: draft.text.trim(),
      replyTo,
      ...enclosedOf(draft),
    };
    const view = draft.insteadOf === null ? said : { ...said, insteadOf: draft.insteadOf };
    onView(questions.length === 0 ? view : { ...view, questions });
    onDraft(afterSending(draft, 'view'));
  };
  const sendReply = () => {
    if (draft.commitment === null) return;
    const { commitment, toViews, replyInsteadOf } = draft;
    const said = { id: ReplyId.parse(newId()), toViews, commitment, text: draft.replyText.trim() };
    onReply(replyInsteadOf === null ? said : { ...said, insteadOf: replyInsteadOf });
    onDraft(afterSending(draft, 'reply'));
  };
  return (
    <section
      className={styles.composer}
      aria-label={mode === 'view' ? t('room:composer.label') : t('room:reply.label')}
    >
      {isDepartment ? (
        <div className={styles.modes} role="group" aria-label={t('room:composer.mode')}>
          <button
            type="button"
            className={styles.mode}
            aria-pressed={mode === 'view'}
            onClick={() => onDraft({ ...draft, mode: 'view' })}
          >
            {t('room:composer.asView')}
          </button>
          <button
            type="button"
            className={styles.mode}
            aria-pressed={mode === 'reply'}
            onClick={() => onDraft({ ...draft, mode: 'reply' })}
          >
            {t('room:composer.asReply')}
          </button>
        </div>
      ) : null}
      {insteadOf === null ? null : (
        <p className={styles.chip}>
          <span>{t('room:composer.correcting')}</span>
          <Button
            kind="quiet"
            isSmall
            aria-label={t('room:composer.notCorrecting')}
            onClick={() =>
              onDraft(mode === 'view' ? { ...draft, insteadOf: null } : { ...draft, replyInsteadOf: null })
            }
          >
            <span aria-hidden="true">✕</span>
          </Button>
        </p>
      )}
      {mode === 'view' ? (
        <ViewForm
          draft={draft}
          pictures={props.pictures}
          onDraft={onDraft}
          isKept={isKept}
          stances={rights.stances}
          refusal={rights.viewRefusal}
          isChair={isChair}
          departments={props.departments}
          answering={answered === undefined ? null : { view: answered, name: nameOf(answered.by) }}
          onSend={sendView}
        />
      ) : (
        <ReplyForm
          draft={draft}
          onDraft={onDraft}
          isKept={isKept}
          refusal={rights.replyRefusal}
          views={views}
          nameOf={nameOf}
          onSend={sendReply}
        />
      )}
      <p className={styles.offline} role="status">
        {isOffline ? t(isKept ? 'room:composer.offline' : 'room:composer.offlineNotKept') : null}
      </p>
      {isKept || isOffline ? null : (
        <p className={styles.warn} role="status">
          {t('room:composer.notKept')}
        </p>
      )}
    </section>
  );
}
