import { useState } from 'react';
import { guardState } from '../../../core/domain/room/course.ts';
import { votersOf } from '../../../core/domain/room/electorate.ts';
import { guardAct } from '../../../core/domain/room/guards.ts';
import type { View } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import type { LiveState } from '../../room/live-room.ts';
import { nameOf } from '../../room/names.ts';
import { topicsIn } from '../../room/polls/about-words.ts';
import { useRoomState, useRoomStore, useSend } from '../../room/use-room.ts';
import { useHats } from '../../room/use-who.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { part } from '../../ui/part.tsx';
import { countableIn } from './countable.ts';
import styles from './polls.module.css';

const PollFormFields = part(async () => (await import('./poll-form-fields.tsx')).PollFormFields, {
  of: 'desk',
  waiting: 'lines',
});

/** What says who manages polls; nothing else that happens draws a card anew. */
function partOf({ room: { participants, state, hostId } }: LiveState) {
  return { participants, state, hostId };
}

/** Below a view, for whoever manages polls: preparing one about it. */
export function PollAboutView({ view }: { readonly view: View }) {
  const t = useText();
  const store = useRoomStore();
  const { who } = useHats();
  useRoomState(partOf);
  const [isPreparing, setPreparing] = useState(false);
  const { room } = store.state();
  const isThere = view.withdrawnAt === undefined && view.hidden === undefined && view.text !== '';
  const mayPrepare = guardAct(room, who, 'poll:manage').ok && guardState(room, 'preparePoll').ok;
  if (!isThere || !mayPrepare) return null;
  const close = () => setPreparing(false);
  return (
    <div className={styles.aboutView}>
      <Button
        isSmall
        kind="quiet"
        aria-label={t('room:pollForm.aboutView', { name: nameOf(t, room.participants, view.by) })}
        onClick={() => setPreparing(true)}
      >
        {t('room:pollForm.fromView')}
      </Button>
      <Dialog
        isOpen={isPreparing}
        onClose={close}
        title={t('room:pollForm.heading')}
        width="middle"
        closeLabel={t('room:pollForm.cancel')}
        asks="ifTyped"
      >
        <AboutForm view={view} onClose={close} />
      </Dialog>
    </div>
  );
}

/** Drawn while it is asked for only. */
function AboutForm({ view, onClose }: { readonly view: View; readonly onClose: () => void }) {
  const t = useText();
  const send = useSend();
  const run = useTell();
  const room = useRoomState((state) => state.room);
  const about = { what: 'view', viewId: view.id } as const;
  const nameHere = (id: string) => nameOf(t, room.participants, id);
  return (
    <PollFormFields
      about={about}
      topics={topicsIn(t, room, about, nameHere)}
      votersOf={({ rules }) => votersOf(room, rules)}
      countable={countableIn(room, nameHere)}
      onSave={(poll) => run(send('preparePoll', { body: poll }))}
      onCancel={onClose}
    />
  );
}
