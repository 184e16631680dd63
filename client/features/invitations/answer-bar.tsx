import { answerOf, isAsked } from '../../../core/domain/room/answers.ts';
import { guardDelegation } from '../../../core/domain/room/inviting.ts';
import type { Room, Seat } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { AnswerAsk } from './answer-ask.tsx';
import styles from './invitations.module.css';

interface AnswerBarProps {
  readonly room: Room;
  readonly seat: Seat | undefined;
  readonly nameOf: (id: string) => string;
}

/** Before the meeting: whoever was asked is asked whether they come, and sees what they answered. */
export function AnswerBar({ room, seat, nameOf }: AnswerBarProps) {
  const t = useText();
  const isTime = room.state === 'scheduled' || room.state === 'collecting';
  if (!isTime || seat === undefined || room.plan === null || !isAsked(room, seat)) return null;
  const answer = answerOf(seat);
  const mayDelegate = guardDelegation(room, { kind: 'participant', id: seat.id }, seat.id).ok;
  const place = { sessionId: room.plan.id, participantId: seat.id };
  return (
    <div className={styles.bar} data-answer={answer} role="group" aria-label={t('words:answer.heading')}>
      <span>
        {answer === 'silent' ? t('room:answer.asked') : null}
        {answer === 'accepted' ? t('room:answer.accepted') : null}
        {answer === 'leave' ? t('room:answer.leave') : null}
        {seat.deputy === undefined ? null : t('room:answer.deputy', { name: nameOf(seat.deputy.id) })}
        {seat.deputyOf === undefined
          ? null
          : ` ${t('room:answer.deputyOf', { name: nameOf(seat.deputyOf) })}`}
      </span>
      <AnswerAsk {...{ place, mayDelegate, answer }} topic={room.plan.title} />
    </div>
  );
}
