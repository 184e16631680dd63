import { useState } from 'react';
import type { ModerationCase } from '../../../core/domain/moderation.ts';
import { canBeDone } from '../../../core/domain/room/course.ts';
import { isOpen } from '../../../core/domain/room/open-cases.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { CaseCard, RefusalWords, WaitingTime } from './case-words.tsx';
import { EndedWords, MyReports } from './my-reports.tsx';
import styles from './moderation.module.css';
import { ReasonDialog } from './reason-dialog.tsx';
import { useMyModeration } from './use-moderation.ts';

interface MyModerationPanelProps {
  readonly room: Room;
  readonly clockOffsetMs: number;
  /** Puts the words of a refused view into the composer, to be corrected and sent again. */
  readonly onCorrect: (one: ModerationCase) => void;
  /** Whether that would take the place of words that are being typed. */
  readonly overwrites: (one: ModerationCase) => boolean;
}

/** What became of my own views that are kept from the room, and what I can do about it. */
export function MyModerationPanel({ room, clockOffsetMs, onCorrect, overwrites }: MyModerationPanelProps) {
  const t = useText();
  const { mine, muted, answers } = useMyModeration();
  if (mine.length + answers.length === 0 && muted === null) return null;
  return (
    <section className={styles.panel} aria-label={t('room:moderation.mine')}>
      {muted === null ? null : (
        <p role="status" dir="auto">
          {t('room:moderation.muted', { why: muted.why })}
        </p>
      )}
      {mine.length === 0 ? null : <h2 className={styles.title}>{t('room:moderation.mine')}</h2>}
      {mine.map((one) => (
        <MyCase key={one.viewId} {...{ one, room, clockOffsetMs, onCorrect, overwrites }} />
      ))}
      <MyReports room={room} answers={answers} />
    </section>
  );
}

function MyCase({
  one,
  room,
  clockOffsetMs,
  onCorrect,
  overwrites,
}: MyModerationPanelProps & { readonly one: ModerationCase }) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [isAppealing, setAppealing] = useState(false);
  const [isOverwriting, setOverwriting] = useState(false);
  const { viewId, kind, state } = one;
  const params = { viewId };
  const mayAct = canBeDone(room.state, 'view:appeal');
  return (
    <CaseCard
      one={one}
      label={t('room:moderation.mineOne')}
      head={<strong role="status">{t(`room:moderation.phase.${kind}.${state.phase}`)}</strong>}
    >
      {state.phase === 'waiting' ? <WaitingTime since={one.at} clockOffsetMs={clockOffsetMs} /> : null}
      <RefusalWords one={one} />
      {state.phase === 'ended' ? <EndedWords room={room} /> : null}
      {state.phase === 'upheld' ? (
        <p className={styles.note} dir="auto">
          {t('room:moderation.answer', { answer: state.answer })}
        </p>
      ) : null}
      {mayAct ? (
        <div className={styles.acts}>
          {kind === 'held' && !isOpen(one) && canBeDone(room.state, 'view:post') ? (
            <Button kind="main" onClick={() => (overwrites(one) ? setOverwriting(true) : onCorrect(one))}>
              {t('room:moderation.correct')}
            </Button>
          ) : null}
          {state.phase === 'refused' ? (
            <Button onClick={() => setAppealing(true)}>{t('room:moderation.appeal')}</Button>
          ) : null}
          <ActButton onAct={() => tell(send('forgoView', { params }))}>
            {t('room:moderation.forgo')}
          </ActButton>
        </div>
      ) : null}
      <ConfirmDialog
        isOpen={isOverwriting}
        title={t('room:moderation.overwriteTitle')}
        act={t('room:moderation.overwrite')}
        onConfirm={() => {
          setOverwriting(false);
          onCorrect(one);
        }}
        onClose={() => setOverwriting(false)}
      >
        {t('room:moderation.overwriteText')}
      </ConfirmDialog>
      {isAppealing ? (
        <ReasonDialog
          title={t('room:moderation.appealTitle')}
          act={t('room:moderation.appeal')}
          label={t('room:moderation.appealWhy')}
          hasCode={false}
          onSend={({ why }) => tell(send('appealView', { params, body: { why } }))}
          onClose={() => setAppealing(false)}
        />
      ) : null}
    </CaseCard>
  );
}
