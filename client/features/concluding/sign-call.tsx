import { guardSign, signatureOf } from '../../../core/domain/room/concluding.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import styles from './concluding.module.css';

interface SignCallProps {
  readonly room: Room;
  readonly who: Who;
  readonly onGo: () => void;
}

/** A text that waits for my word comes to me, wherever in the room I look. */
export function SignCall({ room, who, onGo }: SignCallProps) {
  const t = useText();
  const asked = guardSign(room, who);
  if (!asked.ok || who.kind !== 'participant' || signatureOf(asked.value, who.id) !== undefined) return null;
  return (
    <aside className={styles.call} aria-label={t('room:concluding.heading')}>
      <p>{t('room:concluding.ask')}</p>
      <Button kind="main" isSmall onClick={onGo}>
        {t('room:concluding.go')}
      </Button>
    </aside>
  );
}
