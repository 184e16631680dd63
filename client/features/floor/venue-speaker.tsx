import { ParticipantId } from '../../../core/domain/ids.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room, Turn } from '../../../core/domain/room/state.ts';
import { guardVenueSpeaker, speakersAt } from '../../../core/domain/room/venue-floor.ts';
import { formatTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { holderName } from '../../room/holder-name.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Choice } from '../../ui/choice.tsx';
import styles from './floor.module.css';

export interface VenueSpeakerProps {
  readonly room: Room;
  readonly who: Who;
  readonly nameOf: (id: string) => string;
}

interface SpeakerChoiceProps extends VenueSpeakerProps {
  readonly turn: Turn;
  readonly number: number;
  readonly label: string;
}

/** Who speaks, or spoke, for a venue, from those who sit there; nothing for whoever does not say so. */
export function SpeakerChoice({ room, who, nameOf, turn, number, label }: SpeakerChoiceProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  if (turn.venueId === undefined || !guardVenueSpeaker(room, who, turn).ok) return null;
  const seats = speakersAt(room, turn.venueId);
  const options = seats.map(({ id }) => ({ value: id, text: nameOf(id) }));
  const { speakerId } = turn;
  // They may have gone to another venue since.
  const isElsewhere = speakerId !== undefined && !seats.some(({ id }) => id === speakerId);
  return (
    <Choice
      label={label}
      value={speakerId ?? ''}
      options={[
        { value: '', text: t('room:floor.speakerOpen') },
        ...(isElsewhere ? [{ value: speakerId, text: nameOf(speakerId) }] : []),
        ...options,
      ]}
      onChoose={(value) => {
        const participantId = value === '' ? null : ParticipantId.parse(value);
        void tell(send('nameVenueSpeaker', { body: { turn: number, participantId } }));
      }}
    />
  );
}

/** Turns of venues that are over and of which nobody has said yet who spoke, for those who can say it. */
export function UnnamedTurns({ room, who, nameOf }: VenueSpeakerProps) {
  const t = useText();
  const open = room.turns.flatMap((turn, number) =>
    turn.venueId !== undefined && turn.endedAt !== null && turn.speakerId === undefined
      ? [{ turn, number }]
      : [],
  );
  const mine = open.filter(({ turn }) => guardVenueSpeaker(room, who, turn).ok);
  if (mine.length === 0) return null;
  return (
    <details className={styles.unnamed}>
      <summary>{t('room:floor.unnamed', { count: mine.length })}</summary>
      {mine.map(({ turn, number }) => (
        <SpeakerChoice
          key={number}
          {...{ room, who, nameOf, turn, number }}
          label={t('room:floor.speakerOf', {
            time: formatTime(turn.startedAt),
            venue: holderName(t, { room, nameOf }, turn),
          })}
        />
      ))}
    </details>
  );
}
