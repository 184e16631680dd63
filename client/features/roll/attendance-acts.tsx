import { guardLeave } from '../../../core/domain/room/checking-in.ts';
import { isAsked } from '../../../core/domain/room/answers.ts';
import { guardState } from '../../../core/domain/room/course.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import { attendanceOf } from '../../../core/domain/room/roll.ts';
import type { Room, Seat } from '../../../core/domain/room/state.ts';
import { isBefore } from '../../../core/domain/sessions.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';

interface AttendanceActsProps {
  readonly room: Room;
  readonly seat: Seat;
  readonly name: string;
  readonly onDone: () => void;
}

/** Calling the roll, for somebody without a phone, and what was called by mistake. */
export function AttendanceActs({ room, seat, name, onDone }: AttendanceActsProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  if (!guardState(room, 'checkIn').ok) return null;
  const params = { participantId: seat.id };
  const then = async (sending: ReturnType<typeof send>) => {
    if (await tell(sending)) onDone();
  };
  const isAway = seat.leaveAt !== undefined;
  return (
    <>
      {attendanceOf(seat) === 'present' ? null : (
        <ActButton
          kind="quiet"
          isSmall
          onAct={() => then(send('checkIn', { params, body: { venueId: seat.venueId } }))}
        >
          {t('room:roll.checkIn', { name })}
        </ActButton>
      )}
      {seat.checkedIn === undefined ? null : (
        <ActButton
          kind="quiet"
          isSmall
          onAct={() => then(send('undoCheckIn', { params, body: { at: seat.checkedIn?.at } }))}
        >
          {t('room:roll.undoCheckIn', { name })}
        </ActButton>
      )}
      {isBefore(room.state) && isAsked(room, seat) && seat.acceptedAt === undefined ? (
        <ActButton kind="quiet" isSmall onAct={() => then(send('acceptInvitation', { params }))}>
          {t('room:roll.recordAccepted', { name })}
        </ActButton>
      ) : null}
      <ActButton
        kind="quiet"
        isSmall
        disabled={seat.deputy !== undefined}
        onAct={() =>
          then(isAway ? send('withdrawLeave', { params }) : send('stateLeave', { params, body: {} }))
        }
      >
        {isAway ? t('room:roll.withdrawLeave', { name }) : t('room:roll.stateLeave', { name })}
      </ActButton>
    </>
  );
}

interface OwnLeaveProps extends Pick<AttendanceActsProps, 'room' | 'seat'> {
  readonly who: Who;
}

/** My own leave, stated and taken back by one press. */
export function OwnLeave({ room, seat, who }: OwnLeaveProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  if (!guardLeave(room, who, seat.id).ok || !guardState(room, 'stateLeave').ok) return null;
  // Before the meeting it is one of the answers to the invitation.
  if (seat.deputy !== undefined || (isBefore(room.state) && isAsked(room, seat))) return null;
  const isAway = seat.leaveAt !== undefined;
  const params = { participantId: seat.id };
  return (
    <ActButton
      kind="quiet"
      isSmall
      onAct={() =>
        tell(isAway ? send('withdrawLeave', { params }) : send('stateLeave', { params, body: {} }))
      }
    >
      {isAway ? t('room:roll.comeAfterAll') : t('room:roll.askLeave')}
    </ActButton>
  );
}
