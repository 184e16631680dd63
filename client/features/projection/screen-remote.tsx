import { useState } from 'react';
import { decide } from '../../../core/domain/room/decide.ts';
import { guardLiveAct, type Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { SCREEN_SCENES, type ScreenScene } from '../../../core/domain/screen.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './scenes.module.css';
import { lacking } from './scene.ts';

interface ScreenRemoteProps {
  readonly room: Room;
  readonly who: Who;
}

/** What the big screen shows, chosen from the room: one press a scene, on a phone as well. */
export function ScreenRemote({ room, who }: ScreenRemoteProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  if (!guardLiveAct(room, who, 'screen:show').ok) return null;
  return (
    <>
      <Button isSmall data-shortcut="screen" onClick={() => setOpen(true)}>
        {t('room:screen.remote')}
      </Button>
      <Dialog
        isOpen={isOpen}
        title={t('room:screen.remote')}
        closeLabel={t('room:screen.remoteClose')}
        onClose={() => setOpen(false)}
      >
        <p>{t('room:screen.remoteHint')}</p>
        <ul role="list" className={styles.remote} aria-label={t('room:screen.choose')}>
          {SCREEN_SCENES.map((scene) => (
            <li key={scene}>
              <SceneButton {...{ room, who, scene }} />
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}

function SceneButton({ room, who, scene }: ScreenRemoteProps & { readonly scene: ScreenScene }) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const isShown = (room.screen ?? 'auto') === scene;
  const lacks = lacking(room, scene);
  const may = isShown || decide(room, who, { type: 'showScene', scene }).ok;
  return (
    <ActButton
      isWide
      className={styles.choice}
      aria-pressed={isShown}
      disabled={!may || lacks !== null}
      // Pressed again nothing happens: it is what is shown.
      onAct={async () => (isShown ? true : await tell(send('showScene', { body: { scene } })))}
    >
      <span>{t(`room:screen.scene.${scene}`)}</span>
      {lacks === null ? null : <span className={styles.lacks}>{t(`room:screen.lacks.${lacks}`)}</span>}
    </ActButton>
  );
}
