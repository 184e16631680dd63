import { useState } from 'react';
import { decide } from '../../../core/domain/room/decide.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { AgendaItemId } from '../../../core/domain/ids.ts';
import type { AgendaItem } from '../../../core/domain/sessions.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SortableList } from '../../ui/sortable-list.tsx';
import { AddItem } from './add-item.tsx';
import styles from './agenda.module.css';
import { ForecastLine } from './forecast-line.tsx';
import { MoveMinutes } from './move-minutes.tsx';
import { PostingChoice } from './posting-choice.tsx';
import { UsedTime } from './used-time.tsx';
import { plannedWords, titleOf } from './words.ts';

interface AgendaEditorProps {
  readonly room: Room;
  readonly who: Who;
  readonly clockOffsetMs: number;
  readonly onClose: () => void;
}

/** Whoever leads through the agenda puts it in order, moves minutes, adds and removes; everybody sees it at once. */
export function AgendaEditor({ room, who, clockOffsetMs, onClose }: AgendaEditorProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [asked, setAsked] = useState<AgendaItem | null>(null);
  const items = room.agenda.map((item) => ({ ...item, title: titleOf(t, item) }));
  const place = (id: string, before: string | null) => {
    const params = { itemId: AgendaItemId.parse(id) };
    const body = { before: before === null ? null : AgendaItemId.parse(before) };
    // -- tell never rejects: a refusal is told.
    void tell(send('placeAgendaItem', { params, body }));
  };
  const remove = async ({ id }: AgendaItem) => {
    await tell(send('removeAgendaItem', { params: { itemId: id } }));
    setAsked(null);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('room:agenda.editTitle')}
      width="wide"
      closeLabel={t('room:agenda.editClose')}
    >
      <p className={styles.hint}>{t('room:agenda.editHint')}</p>
      <ForecastLine room={room} clockOffsetMs={clockOffsetMs} />
      <SortableList
        label={t('room:agenda.heading')}
        items={items}
        isMovable={({ startedAt }) => startedAt === null}
        onPlace={place}
      >
        {(item, index) => (
          <div className={styles.editRow}>
            <span className={styles.title} dir="auto">
              {t('room:agenda.numbered', { number: index + 1, title: item.title })}
            </span>
            <span className={styles.meta}>
              {item.id === room.currentItemId ? <strong>{t('room:agenda.current')}</strong> : null}
              <span>{plannedWords(t, room, item)}</span>
              {item.startedAt === null ? null : <UsedTime item={item} clockOffsetMs={clockOffsetMs} />}
            </span>
            <span className={styles.editActs}>
              {item.endedAt === null ? <PostingChoice item={item} /> : null}
              {decide(room, who, { type: 'removeAgendaItem', itemId: item.id }).ok ? (
                <Button
                  kind="quiet"
                  isSmall
                  aria-label={t('room:agenda.removeOf', { title: item.title })}
                  onClick={() => setAsked(item)}
                >
                  {t('room:agenda.remove')}
                </Button>
              ) : null}
            </span>
          </div>
        )}
      </SortableList>
      <MoveMinutes {...{ room, who, clockOffsetMs }} />
      <AddItem room={room} />
      <ConfirmDialog
        isOpen={asked !== null}
        title={t('room:agenda.removeTitle')}
        act={t('room:agenda.remove')}
        onConfirm={() => (asked === null ? undefined : remove(asked))}
        onClose={() => setAsked(null)}
      >
        {t('room:agenda.removeText', { title: asked?.title ?? '', minutes: asked?.minutes ?? 0 })}
      </ConfirmDialog>
    </Dialog>
  );
}
