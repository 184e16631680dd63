import { useState } from 'react';
import { isEarly } from '../../../core/domain/polls/early.ts';
import { hasBox, isWaiting, type Poll } from '../../../core/domain/polls/poll.ts';
import { isByHand } from '../../../core/domain/polls/totals.ts';
import { useText, type TextKey } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useWhy, WhyField } from '../../ui/why-field.tsx';
import styles from './polls.module.css';

export interface PollControlProps {
  readonly poll: Poll;
  readonly electorate: number;
  readonly mayOpen: boolean;
  /** Not while tellers still count, nor once it was ended. */
  readonly mayClose: boolean;
  /** These three answer whether it was done. */
  readonly onOpen: () => Promise<boolean>;
  readonly onClose: (why: string | null) => Promise<boolean>;
  readonly onPublish: () => Promise<boolean>;
}

/** Opening, closing and publishing: each says beforehand whom it touches. */
export function PollControl(props: PollControlProps) {
  const { poll, electorate, mayOpen, mayClose, onOpen, onClose, onPublish } = props;
  const t = useText();
  switch (poll.phase) {
    case 'prepared':
      return (
        <Asked
          act={t('room:pollForm.open')}
          title={t('room:pollForm.openTitle')}
          text={t('room:pollForm.openText', { count: electorate })}
          isDisabled={!mayOpen}
          onConfirm={onOpen}
        />
      );
    case 'open': {
      if (isByHand(poll.draft))
        return (
          <Asked
            act={t('room:pollForm.close')}
            title={t('room:pollForm.closeTitle')}
            text={t('room:tellers.closeText')}
            isDisabled={!mayClose}
            isDangerous
            onConfirm={() => onClose(null)}
          />
        );
      const eligible = poll.electorate.length;
      const cast = Object.keys(poll.ballots).length;
      const waits = poll.draft.rules.shown === 'after_publish';
      return (
        <Asked
          act={t('room:pollForm.close')}
          title={t('room:pollForm.closeTitle')}
          text={t(closeText(hasBox(poll), waits), {
            eligible,
            cast,
            left: eligible - cast,
          })}
          why={isEarly(poll, undefined) ? t('room:pollLife.earlyWhy') : null}
          isDisabled={!mayClose}
          isDangerous
          onConfirm={onClose}
        />
      );
    }
    case 'closed':
      if (!isWaiting(poll)) return null;
      return (
        <Asked
          act={t('room:pollForm.publish')}
          title={t('room:pollForm.publishTitle')}
          text={t('room:pollForm.publishText')}
          onConfirm={onPublish}
        />
      );
  }
}

/** Of a box nobody knows how many are still to vote, and some ballots may be on their way. */
function closeText(isBox: boolean, waits: boolean): TextKey {
  if (isBox) return waits ? 'room:polls.box.closeTextWaits' : 'room:polls.box.closeText';
  return waits ? 'room:pollForm.closeTextWaits' : 'room:pollForm.closeText';
}

interface AskedProps {
  readonly act: string;
  readonly title: string;
  readonly text: string;
  readonly isDisabled?: boolean;
  readonly isDangerous?: boolean;
  /** What the reason is called that has to be given; null: none. */
  readonly why?: string | null;
  /** Answers whether it was done. */
  readonly onConfirm: (why: string | null) => Promise<boolean>;
}

/** An act that is meant: the button asks, the window does. */
function Asked(props: AskedProps) {
  const { act, title, text, isDisabled = false, isDangerous = false, why = null, onConfirm } = props;
  const [isAsking, setAsking] = useState(false);
  const { ask, field } = useWhy();
  const close = () => setAsking(false);
  const confirm = async () => {
    const said = why === null ? null : ask();
    if ((why === null || said !== null) && (await onConfirm(said))) close();
  };
  return (
    <div className={styles.acts}>
      <Button kind={isDangerous ? 'danger' : 'main'} disabled={isDisabled} onClick={() => setAsking(true)}>
        {act}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={title}
        act={act}
        isDangerous={isDangerous}
        isIrreversible={isDangerous}
        onConfirm={confirm}
        onClose={close}
      >
        {why === null ? text : <p>{text}</p>}
        {why === null ? null : <WhyField {...field} label={why} />}
      </ConfirmDialog>
    </div>
  );
}
