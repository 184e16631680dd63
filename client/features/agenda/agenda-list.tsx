import { useState } from 'react';
import { guardArranging } from '../../../core/domain/room/arranging.ts';
import { guardAct, type Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { AgendaItem } from '../../../core/domain/sessions.ts';
import { formatTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import styles from './agenda.module.css';
import { ForecastLine } from './forecast-line.tsx';
import { ItemPurpose } from './item-purpose.tsx';
import { ItemTimer } from './item-timer.tsx';
import { PostingChoice } from './posting-choice.tsx';
import { UsedTime } from './used-time.tsx';
import { plannedWords, titleOf } from './words.ts';
import { windowPart } from '../../ui/part.tsx';

const AgendaEditor = windowPart(async () => (await import('./agenda-editor.tsx')).AgendaEditor, {
  of: 'desk',
});

export interface AgendaListProps {
  readonly room: Room;
  readonly who: Who;
  readonly clockOffsetMs: number;
}

/** The agenda with planned and real time; the chair can go to any item, and change what is still to come. */
export function AgendaList({ room, who, clockOffsetMs }: AgendaListProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [asked, setAsked] = useState<AgendaItem | null>(null);
  const [isEditing, setEditing] = useState(false);
  const mayArrange = guardArranging(room, who).ok;
  const mayMove = room.state === 'in_session' && guardAct(room, who, 'agenda:move').ok;
  const move = async (item: AgendaItem) => {
    await tell(send('moveAgenda', { body: { itemId: item.id } }));
    setAsked(null);
  };
  return (
    <section className={styles.agenda} aria-label={t('room:agenda.heading')}>
      <div className={styles.head}>
        <h2>{t('room:agenda.heading')}</h2>
        {mayArrange ? (
          <Button isSmall onClick={() => setEditing(true)}>
            {t('room:agenda.edit')}
          </Button>
        ) : null}
      </div>
      <ForecastLine room={room} clockOffsetMs={clockOffsetMs} />
      <ol role="list" className={styles.items}>
        {room.agenda.map((item, index) => {
          const isCurrent = item.id === room.currentItemId;
          return (
            <li
              key={item.id}
              ref={isCurrent ? intoSight : undefined}
              className={styles.item}
              data-item-id={item.id}
              data-current={isCurrent}
              data-done={item.endedAt !== null}
              aria-current={isCurrent ? 'step' : undefined}
            >
              <span className={styles.number} aria-hidden="true">
                {index + 1}
              </span>
              <div className={styles.body}>
                <span className={styles.title} dir="auto">
                  {titleOf(t, item)}
                </span>
                <ItemFacts {...{ room, item, isCurrent, clockOffsetMs }} />
                {isCurrent ? <ItemPurpose item={item} /> : null}
                {isCurrent && mayArrange ? <PostingChoice item={item} /> : null}
              </div>
              {mayMove && !isCurrent ? (
                <Button
                  kind="quiet"
                  isSmall
                  aria-label={t('room:agenda.goTo', { title: titleOf(t, item) })}
                  onClick={() => setAsked(item)}
                >
                  <span aria-hidden="true">→</span>
                </Button>
              ) : null}
            </li>
          );
        })}
      </ol>
      <ConfirmDialog
        isOpen={asked !== null}
        title={t('room:agenda.confirmTitle')}
        act={t('room:agenda.go')}
        isDangerous={false}
        onConfirm={() => (asked === null ? undefined : move(asked))}
        onClose={() => setAsked(null)}
      >
        {t('room:agenda.confirmText', { title: asked === null ? '' : titleOf(t, asked) })}
      </ConfirmDialog>
      {isEditing && mayArrange ? (
        <AgendaEditor {...{ room, who, clockOffsetMs }} onClose={() => setEditing(false)} />
      ) : null}
    </section>
  );
}

interface ItemFactsProps extends Pick<AgendaListProps, 'room' | 'clockOffsetMs'> {
  readonly item: AgendaItem;
  readonly isCurrent: boolean;
}

/** Planned beside real. */
function ItemFacts({ room, item, isCurrent, clockOffsetMs }: ItemFactsProps) {
  const t = useText();
  return (
    <span className={styles.meta}>
      {isCurrent ? <strong>{t('room:agenda.current')}</strong> : null}
      {item.startedAt === null ? null : (
        <span>{t('room:agenda.startedAt', { time: formatTime(item.startedAt) })}</span>
      )}
      <span>{plannedWords(t, room, item)}</span>
      {item.startedAt === null ? null : <UsedTime item={item} clockOffsetMs={clockOffsetMs} />}
      {isCurrent ? <ItemTimer item={item} clockOffsetMs={clockOffsetMs} /> : null}
    </span>
  );
}

/** A long agenda opens where the meeting is, and follows it: called when an item becomes the current one. */
function intoSight(item: HTMLElement | null): void {
  item?.scrollIntoView({ block: 'nearest' });
}
