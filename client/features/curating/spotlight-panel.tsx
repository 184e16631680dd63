import { alsoAlways } from '../../../core/domain/room/always.ts';
import { decideCurating } from '../../../core/domain/room/curating.ts';
import { hasEnded } from '../../../core/domain/sessions.ts';
import type { ViewId } from '../../../core/domain/ids.ts';
import { useText } from '../../lib/i18n.ts';
import { shownWords } from '../../room/shown-words.ts';
import { useHeldView } from '../../room/use-held-view.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { StanceBadge } from '../../ui/stance-badge.tsx';
import styles from './curating.module.css';
import { useCurating } from './use-curating.ts';

/** At the head of what was said: the view that is put before everybody. */
export function SpotlightPanel() {
  const { room } = useCurating();
  const { spotlight } = room;
  if (spotlight === undefined || hasEnded(room.state)) return null;
  return <Spotlit viewId={spotlight.viewId} />;
}

function Spotlit({ viewId }: { readonly viewId: ViewId }) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const { room, who, nameOf } = useCurating();
  const view = useHeldView(room, viewId);
  const type = 'endSpotlight';
  const mayEnd = alsoAlways(decideCurating(room, who, { type }), { room, who, type }).ok;
  return (
    <section className={styles.spotlight} aria-label={t('room:curating.spotlit')}>
      <div className={styles.spotlightHead}>
        <h3>{t('room:curating.spotlit')}</h3>
        {view === null ? null : (
          <span className={styles.byline}>
            <StanceBadge stance={view.stance} /> <strong dir="auto">{nameOf(view.by)}</strong> #{view.seq}
          </span>
        )}
        {mayEnd ? (
          <ActButton isSmall onAct={() => tell(send('endSpotlight', {}))}>
            {t('room:curating.endSpotlight')}
          </ActButton>
        ) : null}
      </div>
      <div
        className={styles.spotlightWords}
        dir="auto"
        tabIndex={0}
        role="group"
        aria-label={t('room:curating.spotlitWords')}
      >
        {view === null ? t('room:curating.coming') : shownWords(t, view)}
      </div>
    </section>
  );
}
