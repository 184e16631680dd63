import { isBefore } from '../../../core/domain/sessions.ts';
import type { JoinLink } from '../../../core/contract/sessions.ts';
import { saidCounts } from '../../../core/domain/room/earlier.ts';
import { countRoll } from '../../../core/domain/room/roll.ts';
import { seatsOf, type Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { LoopbackWarning } from './loopback-warning.tsx';
import { QrCode } from './qr-code.tsx';
import styles from './projection.module.css';

export interface WelcomeSceneProps {
  readonly room: Room;
  readonly link: JoinLink | null;
}

/** Topic and code, before the session opens or whenever the host wants it. */
export function WelcomeScene({ room, link }: WelcomeSceneProps) {
  const t = useText();
  return (
    <div className={styles.welcome}>
      <div className={styles.welcomeText}>
        <p className={styles.studio} dir="auto">
          {room.plan?.studioName}
        </p>
        <h1 className={styles.topic} dir="auto">
          {room.plan?.title}
        </h1>
        <p className={styles.large}>
          {isBefore(room.state) ? t('room:screen.notYet') : t('room:screen.welcome')}
        </p>
        <p className={styles.large}>
          {t('room:screen.counts', { present: presentOf(room), views: saidCounts(room).views })}
        </p>
      </div>
      {link === null ? (
        <p className={styles.large}>{t('room:screen.noLink')}</p>
      ) : (
        <div className={styles.welcomeCode}>
          <QrCode url={link.url} label={t('room:links.qrOf', { role: t(`words:role.${link.role}`) })} />
          <p className={styles.large}>{t('room:links.scan')}</p>
          <LoopbackWarning url={link.url} />
        </div>
      )}
    </div>
  );
}

function presentOf(room: Room): number {
  return countRoll(Object.values(seatsOf(room))).present;
}
