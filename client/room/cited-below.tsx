import type { ReactNode } from 'react';
import { DRAGGED_CITED, carriedCited, type Cited } from '../../core/domain/citation.ts';
import { standingOf } from '../../core/domain/room/cited.ts';
import { guardAct } from '../../core/domain/room/guards.ts';
import { useText } from '../lib/i18n.ts';
import { usePlacesOf } from './cited-text.ts';
import styles from './cited-below.module.css';
import { leadTo } from './leading.ts';
import { placeName } from './place-name.ts';
import { useRoomState } from './use-room.ts';
import { useHats } from './use-who.ts';

/**
 * Below a view, a reply, a poll or a material: in which sentences of the text it was adopted; for those who write it,
 * the way to cite it, as long as it can be read and counts [O7] [O8].
 */
export function CitedBelow({ kind, id }: Cited): ReactNode {
  const t = useText();
  const room = useRoomState((state) => state.room);
  const { who } = useHats();
  const cited: Cited = { kind, id };
  const places = usePlacesOf(room.plan?.documentId ?? null, cited);
  const mayCite = guardAct(room, who, 'text:write').ok && standingOf(room, cited).how !== 'gone';
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
          aria-label={t('room:evidence.takeOf', { what: t(`room:evidence.kind.${kind}`) })}
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
