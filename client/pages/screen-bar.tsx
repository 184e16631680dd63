import { useEffect, useState } from 'react';
import { useText } from '../lib/i18n.ts';
import { useRoomState } from '../room/use-room.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { Button } from '../ui/button.tsx';
import { ConnectionLight } from '../ui/connection-light.tsx';
import styles from './screen.module.css';

/** What whoever stands at the screen wants to see; auto follows the room. */
export type Choice = 'auto' | 'code' | 'agenda' | 'views' | 'result';

interface ScreenBarProps {
  readonly sessionId: string;
  readonly choice: Choice;
  readonly onChoice: (choice: Choice) => void;
  readonly hasResult: boolean;
}

/** Small controls at the foot of the screen; they step back while nobody uses them. */
export function ScreenBar({ sessionId, choice, onChoice, hasResult }: ScreenBarProps) {
  const t = useText();
  const connection = useRoomState((state) => state.connection);
  const isFull = useFullScreen();
  const choices: readonly { readonly id: Choice; readonly words: string }[] = [
    { id: 'auto', words: t('room:screen.auto') },
    { id: 'code', words: t('room:screen.showQr') },
    { id: 'agenda', words: t('room:screen.showAgenda') },
    { id: 'views', words: t('room:screen.showViews') },
    ...(hasResult ? [{ id: 'result' as const, words: t('room:screen.showResult') }] : []),
  ];
  const toggle = async () => {
    try {
      if (isFull) await document.exitFullscreen();
      else await document.documentElement.requestFullscreen();
    } catch {
      // Phones and embedded browsers may not allow it: the page fills the window anyway.
    }
  };
  return (
    <footer className={styles.bar}>
      <ConnectionLight connection={connection} waiting={0} />
      <div role="group" aria-label={t('room:screen.choose')} className={styles.choices}>
        {choices.map(({ id, words }) => (
          <Button key={id} kind="quiet" isSmall aria-pressed={choice === id} onClick={() => onChoice(id)}>
            {words}
          </Button>
        ))}
      </div>
      {/* -- toggle catches its own failure. */}
      <Button kind="quiet" isSmall onClick={() => void toggle()}>
        {isFull ? t('room:screen.exitFull') : t('room:screen.full')}
      </Button>
      <ButtonLink kind="quiet" isSmall to={`/sessions/${sessionId}`}>
        {t('room:screen.back')}
      </ButtonLink>
    </footer>
  );
}

function useFullScreen(): boolean {
  const [isFull, setFull] = useState(document.fullscreenElement !== null);
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);
  return isFull;
}
