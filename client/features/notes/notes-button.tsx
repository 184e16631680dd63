import { useEffect, useId, useState } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { ParticipantId, SessionId } from '../../../core/domain/ids.ts';
import { useText } from '../../lib/i18n.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import fields from '../../ui/form.module.css';
import type { Keeping, NoteState } from './keeping.ts';
import styles from './notes.module.css';
import { useNotes } from './use-notes.ts';

interface NotesButtonProps {
  readonly sessionId: SessionId;
  readonly participantId: ParticipantId;
  /** The topic, which the downloaded file is named after. */
  readonly topic: string;
}

/** My own notes of the session, for nobody else; Alt+N opens and closes them [Z1]. */
export function NotesButton({ sessionId, participantId, topic }: NotesButtonProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const { state, keeping } = useNotes(sessionId, participantId, isOpen);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      // By its place: with Alt some systems write another letter.
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== 'KeyN' || event.repeat) return;
      const isCovered = document.querySelector('[aria-modal="true"]') !== null;
      event.preventDefault();
      setOpen((open) => (open ? false : !isCovered));
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
  return (
    <>
      <Button kind="quiet" isSmall aria-keyshortcuts="Alt+N" onClick={() => setOpen(true)}>
        {t('room:notes.heading')}
        {isUnsaved(state) ? <span aria-hidden="true">●</span> : null}
      </Button>
      <Dialog
        isOpen={isOpen}
        title={t('room:notes.heading')}
        closeLabel={t('room:notes.close')}
        onClose={() => setOpen(false)}
      >
        <Notes {...{ state, keeping, topic }} />
      </Dialog>
    </>
  );
}

const isUnsaved = ({ phase }: NoteState) => phase === 'unsaved' || phase === 'elsewhere' || phase === 'long';

interface NotesProps extends Pick<NotesButtonProps, 'topic'> {
  readonly state: NoteState;
  readonly keeping: Keeping;
}

function Notes({ state, keeping, topic }: NotesProps) {
  const t = useText();
  const id = useId();
  const { text, phase } = state;
  // What is not here yet cannot be written behind.
  const isAway = phase === 'loading' || phase === 'failed';
  return (
    <div className={styles.notes}>
      <p className={styles.hint} id={`${id}-hint`}>
        {t('room:notes.hint')}
      </p>
      <div className={fields.field}>
        <label htmlFor={id}>{t('room:notes.label')}</label>
        <textarea
          id={id}
          className={fields.control}
          dir="auto"
          rows={10}
          maxLength={LIMITS.noteLength}
          readOnly={isAway}
          value={text}
          aria-describedby={`${id}-hint`}
          onChange={(event) => keeping.write(event.currentTarget.value)}
        />
      </div>
      <p role="status" className={styles.phase}>
        {t(`room:notes.phase.${phase}`, { max: LIMITS.noteLength })}
      </p>
      {phase === 'elsewhere' ? (
        <Alert>
          <p>{t('room:notes.elsewhere')}</p>
          <div className={styles.acts}>
            <Button isSmall onClick={() => keeping.settle('both')}>
              {t('room:notes.both')}
            </Button>
            <Button isSmall onClick={() => keeping.settle('theirs')}>
              {t('room:notes.theirs')}
            </Button>
          </div>
        </Alert>
      ) : null}
      {isAway || text === '' ? null : <Ways {...{ text, topic }} onDelete={() => keeping.write('')} />}
    </div>
  );
}

interface WaysProps {
  readonly text: string;
  readonly topic: string;
  readonly onDelete: () => void;
}

/** Taking one's notes out, and deleting them. */
function Ways({ text, topic, onDelete }: WaysProps) {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // A browser that lets nobody copy still lets them select.
    }
  };
  if (isAsking)
    return (
      <div className={styles.acts} role="group" aria-label={t('room:notes.deleteAsk')}>
        <span>{t('room:notes.deleteAsk')}</span>
        <Button isSmall onClick={onDelete}>
          {t('room:notes.delete')}
        </Button>
        <Button kind="quiet" isSmall onClick={() => setAsking(false)}>
          {t('room:notes.keep')}
        </Button>
      </div>
    );
  return (
    <div className={styles.acts}>
      {/* copy never rejects. */}
      <Button isSmall onClick={() => void copy()}>
        {isCopied ? t('room:notes.copied') : t('room:notes.copy')}
      </Button>
      <a
        className={styles.download}
        href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
        download={`${topic}.txt`}
      >
        {t('room:notes.download')}
      </a>
      <Button kind="quiet" isSmall onClick={() => setAsking(true)}>
        {t('room:notes.delete')}
      </Button>
    </div>
  );
}
