import { useState } from 'react';
import { decide } from '../../../core/domain/room/decide.ts';
import { guardMark, guardSpotlight, guardUnmark } from '../../../core/domain/room/curating.ts';
import { groupsOf } from '../../../core/domain/room/groups.ts';
import type { View } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './curating.module.css';
import { MergeDialog } from './merge-dialog.tsx';
import { useCurating } from './use-curating.ts';

/** What brings a view out, for those who keep the record. */
export function CurateActs({ view }: { readonly view: View }) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const { room, who, nameOf } = useCurating();
  const [isMerging, setMerging] = useState(false);
  const viewId = view.id;
  const params = { viewId };
  const name = nameOf(view.by);
  const isMarked = view.keyPoint !== undefined;
  const isShown = room.spotlight?.viewId === viewId;
  const mayMark = (isMarked ? guardUnmark : guardMark)(room, who, viewId).ok;
  const mayShow = isShown
    ? decide(room, who, { type: 'endSpotlight' }).ok
    : guardSpotlight(room, who, viewId).ok;
  const mayMerge =
    view.withdrawnAt === undefined && view.hidden === undefined && !groupsOf(room).leads.has(viewId);
  if (!mayMark && !mayShow && !mayMerge) return null;
  return (
    <div className={styles.acts} role="group" aria-label={t('room:curating.of', { name })}>
      <ActButton
        isSmall
        kind="quiet"
        aria-pressed={isMarked}
        disabled={!mayMark}
        data-shortcut="mark"
        onAct={() => tell(send(isMarked ? 'unmarkView' : 'markView', { params }))}
      >
        <span aria-hidden="true">{isMarked ? '★' : '☆'}</span> {t('room:curating.mark')}
      </ActButton>
      <ActButton
        isSmall
        kind="quiet"
        aria-pressed={isShown}
        disabled={!mayShow}
        data-shortcut="spotlight"
        onAct={() => tell(isShown ? send('endSpotlight', {}) : send('spotlightView', { params }))}
      >
        {t('room:curating.spotlight')}
      </ActButton>
      <Button
        isSmall
        kind="quiet"
        disabled={!mayMerge}
        data-shortcut="merge"
        onClick={() => setMerging(true)}
      >
        {t('room:curating.merge')}
      </Button>
      {isMerging ? <MergeDialog view={view} onClose={() => setMerging(false)} /> : null}
    </div>
  );
}
