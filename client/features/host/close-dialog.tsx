import { useId, useState } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import { saidCounts } from '../../../core/domain/room/earlier.ts';
import { openCases } from '../../../core/domain/room/open-cases.ts';
import { isWaiting, questionsOf } from '../../../core/domain/room/questions.ts';
import { useText } from '../../lib/i18n.ts';
import { BesideTextAdvice } from '../../room/beside-text-advice.tsx';
import { EvidenceAdvice } from '../../room/evidence-advice.tsx';
import { fateOf } from '../../room/fate.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import form from '../../ui/form.module.css';
import { WayChoice } from './way-choice.tsx';
import { presentIn } from './next-item.ts';
import type { StateDialogProps } from './state-dialogs.tsx';

/** Closing ends the session for everybody and cannot be taken back: it says so, with the numbers. */
export function CloseDialog({ isOpen, room, onClose }: StateDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const id = useId();
  const [why, setWhy] = useState('');
  const [needsWhy, setNeedsWhy] = useState(false);
  const [isLater, setLater] = useState(false);
  const waiting = questionsOf(room).filter(isWaiting);
  // What reports have hidden is known to the server, which says so when it refuses.
  const [refused, setRefused] = useState(0);
  const cases = Math.max(openCases(room), refused);
  const mustSay = waiting.length > 0 || (cases > 0 && !isLater);
  const hasOpenPoll = room.polls.some((poll) => poll.phase === 'open');
  const unopened = room.polls.filter((poll) => poll.phase === 'prepared').length;
  const close = async () => {
    if (mustSay && why.trim() === '') return setNeedsWhy(true);
    const body = mustSay ? { waiver: why.trim() } : {};
    const sending = isLater ? send('endMeeting', { body }) : send('closeSession', { body });
    if (await tell(sending)) return onClose();
    const sent = await sending;
    if (!sent.ok && sent.reason === 'CASES_OPEN') setRefused(Number(sent.details?.['count'] ?? 1));
  };
  if (hasOpenPoll) {
    return (
      <ConfirmDialog
        isOpen={isOpen}
        title={t('room:host.closeTitle')}
        act={t('room:host.understood')}
        isDangerous={false}
        onConfirm={onClose}
        onClose={onClose}
      >
        {t('room:host.closeBlocked')}
      </ConfirmDialog>
    );
  }
  const { present } = presentIn(room);
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t('room:host.closeTitle')}
      act={t('room:host.close')}
      affects={present}
      isIrreversible={!isLater}
      onConfirm={close}
      onClose={onClose}
    >
      <WayChoice isLater={isLater} onChange={setLater} />
      <p>{isLater ? t('room:concluding.laterText') : t('room:host.closeText')}</p>
      {isLater ? null : (
        <p>
          {t('room:host.closeCounts', {
            ...saidCounts(room),
            polls: room.polls.length,
            tasks: room.tasks.length,
          })}
        </p>
      )}
      {isLater ? null : <EvidenceAdvice documentId={room.plan?.documentId ?? null} />}
      {isLater ? null : <BesideTextAdvice room={room} />}
      {cases === 0 ? null : (
        <p data-testid="waiting-cases" role="status">
          {t(isLater ? 'room:moderation.closeLater' : 'room:moderation.closeOpen', { count: cases })}
        </p>
      )}
      {waiting.length === 0 ? null : (
        <>
          <p>{t('room:questions.closeOpen', { count: waiting.length })}</p>
          <ul data-testid="waiting-questions">
            {waiting.map((question) => (
              <li key={question.id} dir="auto">
                {fateOf(t, room, question)}
              </li>
            ))}
          </ul>
        </>
      )}
      {mustSay ? (
        <div className={form.form}>
          <div className={form.field}>
            <label htmlFor={`${id}-why`}>
              {t(waiting.length > 0 ? 'room:questions.closeWhy' : 'room:moderation.closeWhy')}
            </label>
            <textarea
              id={`${id}-why`}
              className={form.control}
              rows={2}
              dir="auto"
              maxLength={LIMITS.reasonLength}
              value={why}
              aria-describedby={`${id}-need`}
              onChange={(event) => setWhy(event.target.value)}
            />
            <p id={`${id}-need`} className={form.error} role="alert">
              {needsWhy && why.trim() === '' ? t('room:questions.closeNeedWhy') : null}
            </p>
          </div>
        </div>
      ) : null}
      {unopened > 0 ? <p>{t('room:host.closeUnopened', { count: unopened })}</p> : null}
    </ConfirmDialog>
  );
}
