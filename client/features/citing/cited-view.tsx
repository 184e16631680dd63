import type { ReactNode } from 'react';
import { DRAGGED_CITED, carriedCited, type Cited } from '../../../core/domain/citation.ts';
import { guardAct } from '../../../core/domain/room/guards.ts';
import type { View } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import { usePlacesOf } from '../../room/cited-text.ts';
import { leadTo } from '../../room/leading.ts';
import { placeName } from '../../room/place-name.ts';
import { useRoomState } from '../../room/use-room.ts';
import { useHats } from '../../room/use-who.ts';
import styles from './citing.module.css';

/** Below a view: in which sentences of the text it was adopted; for those who write it, the way to cite it [O7]. */
export function CitedView({ view }: { readonly view: View }): ReactNode {
  const t = useText();
  const room = useRoomState((state) => state.room);
  const { who } = useHats();
  const cited: Cited = { kind: 'view', id: view.id };
  const places = usePlacesOf(room.plan?.documentId ?? null, cited);
  const isThere = view.withdrawnAt === undefined && view.hidden === undefined && view.text !== '';
  const mayCite = isThere && guardAct(room, who, 'text:write').ok;
  if (places.length === 0 && !mayCite) return null;
  return (
    <div className={styles.below}>
      {places.length === 0 ? null : (
        <span className={styles.adopted}>
          {t('room:evidence.adopted')}
          {places.map((sentence) => (
            <button
              key={sentence.number}
              type="button"
              className={styles.place}
              title={sentence.words}
              onClick={() => leadTo({ to: 'sentence', sentence })}
            >
              {placeName(t, sentence)}
            </button>
          ))}
        </span>
      )}
      {mayCite ? (
        <button
          type="button"
          className={styles.cite}
          draggable
          aria-label={t('room:evidence.takeOf')}
          title={t('room:evidence.dragHint')}
          onDragStart={(event) => {
            event.dataTransfer.setData(DRAGGED_CITED, carriedCited(cited));
            event.dataTransfer.effectAllowed = 'copy';
          }}
          onClick={() => leadTo({ to: 'citing', cited })}
        >
          <span aria-hidden="true">⠿ </span>
          {t('room:evidence.take')}
        </button>
      ) : null}
    </div>
  );
}
