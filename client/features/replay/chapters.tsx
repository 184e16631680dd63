import { useMemo } from 'react';
import type { Envelope } from '../../../core/domain/events.ts';
import type { Chapter } from '../../../core/domain/replay/chapters.ts';
import { roomAt, type Reel } from '../../../core/domain/replay/reel.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { formatTimeExact } from '../../lib/format.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { holderName } from '../../room/holder-name.ts';
import { nameOf } from '../../room/names.ts';
import styles from './replay.module.css';

interface ChaptersProps {
  /** The room at the end: names and titles as they are known now. */
  readonly room: Room;
  readonly chapters: readonly Chapter[];
  readonly reel: Reel;
  readonly events: number;
  readonly onJump: (events: number) => void;
}

/** Stages, agenda items, turns and polls, in order: each one press away. */
export function Chapters({ room, chapters, reel, events, onJump }: ChaptersProps) {
  const t = useText();
  const named = useMemo(
    () => chapters.map((chapter) => ({ chapter, name: chapterName(t, room, reel, chapter) })),
    [t, room, reel, chapters],
  );
  const current = chapters.filter((one) => one.events <= events).length - 1;
  return (
    <nav className={styles.chapters} aria-label={t('archive:replay.chapters')}>
      <h2>{t('archive:replay.chapters')}</h2>
      <ol role="list">
        {named.map(({ chapter, name }, index) => (
          <li key={chapter.events} data-kind={chapter.kind}>
            <button
              type="button"
              className={styles.chapter}
              aria-current={index === current ? 'step' : undefined}
              onClick={() => onJump(chapter.events)}
            >
              <time dateTime={chapter.at}>{formatTimeExact(chapter.at)}</time> <span dir="auto">{name}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function chapterName(t: Translate, room: Room, reel: Reel, { kind, events }: Chapter): string {
  const event: Envelope['event'] | undefined = reel.envelopes[events - 1]?.event;
  if (event === undefined) return '';
  const names = { room, nameOf: (id: string) => nameOf(t, room.participants, id) };
  switch (event.type) {
    case 'agenda:moved':
      return t('archive:replay.item', {
        title: room.agenda.find(({ id }) => id === event.itemId)?.title ?? t('archive:replay.removedItem'),
      });
    case 'floor:given':
      return t('archive:replay.turn', { name: holderName(t, names, { participantId: event.participantId }) });
    case 'floor:givenToVenue':
      return t('archive:replay.turn', {
        name: holderName(t, names, { participantId: null, venueId: event.venueId }),
      });
    case 'poll:opened':
    case 'poll:closed': {
      const question = room.polls.find(({ draft }) => draft.id === event.pollId)?.draft.question ?? '';
      return t(kind === 'poll' ? 'archive:replay.poll' : 'archive:replay.result', { question });
    }
    default:
      return t(`words:state.${roomAt(reel, events).state}`);
  }
}
