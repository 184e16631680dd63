import { useState } from 'react';
import { guardHide, guardReport } from '../../../core/domain/room/hiding.ts';
import { guardMute } from '../../../core/domain/room/keeping-order.ts';
import type { View } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import type { LiveState } from '../../room/live-room.ts';
import { nameOf } from '../../room/names.ts';
import { useRoomState, useRoomStore } from '../../room/use-room.ts';
import { useHats } from '../../room/use-who.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { windowPart } from '../../ui/part.tsx';
import styles from './moderation.module.css';
import { useMyModeration } from './use-moderation.ts';

const AskDialog = windowPart(async () => (await import('./ask-dialog.tsx')).AskDialog, { of: 'everybody' });

/** The parts of a room that say who may moderate; what else happens in it draws no card anew. */
function partOf({ room: { participants, state, hostId, moderation } }: LiveState) {
  return { participants, state, hostId, muted: moderation?.muted };
}

type Asking = 'report' | 'hide' | 'mute' | null;

/** Below a view: reporting it; for whoever moderates, hiding it and its author's right to post. */
export function ModerateView({ view }: { readonly view: View }) {
  const t = useText();
  const store = useRoomStore();
  const { who } = useHats();
  useRoomState(partOf);
  const { reported } = useMyModeration();
  const [asking, setAsking] = useState<Asking>(null);
  const { room } = store.state();
  const mayHide = guardHide(room, who, view.id).ok;
  const mayMute = guardMute(room, who, view.by).ok;
  const mayReport = !mayHide && !reported.includes(view.id) && guardReport(room, who, view.id).ok;
  // What was taken back leads nowhere any more.
  if (view.withdrawnAt !== undefined || (!mayHide && !mayReport && !mayMute)) return null;
  const name = nameOf(t, room.participants, view.by);
  const act = (kind: Exclude<Asking, null>) => (
    <Button isSmall onClick={() => setAsking(kind)}>
      {t(`room:moderation.${kind}`)}
    </Button>
  );
  return (
    <div className={styles.below}>
      <Menu
        label={
          <span aria-label={t('room:moderation.moreOf', { name })}>{t('room:moderation.moreActs')}</span>
        }
      >
        {mayReport ? act('report') : null}
        {mayHide ? act('hide') : null}
        {mayMute ? act('mute') : null}
      </Menu>
      {asking === null ? null : <AskDialog {...{ asking, view, name }} onClose={() => setAsking(null)} />}
    </div>
  );
}
