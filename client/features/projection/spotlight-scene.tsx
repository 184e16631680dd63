import type { ViewId } from '../../../core/domain/ids.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { shownWords } from '../../room/shown-words.ts';
import { WallPictures } from '../../room/view-pictures.tsx';
import { useHeldView } from '../../room/use-held-view.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { StanceBadge } from '../../ui/stance-badge.tsx';
import { sizeOf, wallWords } from './scene.ts';
import styles from './scenes.module.css';

interface SpotlightSceneProps {
  readonly room: Room;
  readonly viewId: ViewId;
  readonly nameOf: (id: string) => string;
}

/** One view in large type: the shorter, the larger; of a long one its beginning, which is what ten metres can read. */
export function SpotlightScene({ room, viewId, nameOf }: SpotlightSceneProps) {
  const t = useText();
  const view = useHeldView(room, viewId);
  if (view === null) return <p className={styles.label}>{t('room:curating.coming')}</p>;
  const seat = room.participants[view.by];
  const beside = { hasPictures: view.pictures !== undefined };
  const { words, isCut } = wallWords(shownWords(t, view), beside);
  return (
    <article className={styles.spotlight} data-size={sizeOf(words, beside)}>
      <p className={styles.from}>
        <StanceBadge stance={view.stance} />
        <strong dir="auto">{nameOf(view.by)}</strong>
        {seat === undefined ? null : <RoleBadge role={seat.role} />}
      </p>
      <p className={styles.words} dir="auto">
        {words}
      </p>
      {room.plan === null ? null : (
        <WallPictures sessionId={room.plan.id} view={view} className={styles.pictures} />
      )}
      {isCut ? <p className={styles.note}>{t('room:screen.cut')}</p> : null}
    </article>
  );
}
