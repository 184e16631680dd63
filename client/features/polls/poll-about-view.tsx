import { useState } from 'react';
import { guardState } from '../../../core/domain/room/course.ts';
import { guardAct } from '../../../core/domain/room/guards.ts';
import type { View } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import type { LiveState } from '../../room/live-room.ts';
import { nameOf } from '../../room/names.ts';
import { useRoomState, useRoomStore } from '../../room/use-room.ts';
import { useHats } from '../../room/use-who.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { part } from '../../ui/part.tsx';
import styles from './polls.module.css';

const PollAboutForm = part(async () => (await import('./poll-about-form.tsx')).PollAboutForm, {
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
        <PollAboutForm view={view} onClose={close} />
      </Dialog>
    </div>
  );
}
