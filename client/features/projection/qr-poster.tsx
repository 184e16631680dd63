import type { JoinLink } from '../../../core/contract/sessions.ts';
import { useText } from '../../lib/i18n.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { LoopbackWarning } from './loopback-warning.tsx';
import styles from './projection.module.css';
import { QrCode } from './qr-code.tsx';

export interface QrPosterProps {
  readonly link: JoinLink;
  readonly title: string;
  readonly onClose: () => void;
}

/** The code over the whole screen, for a hall to scan. */
export function QrPoster({ link, title, onClose }: QrPosterProps) {
  const t = useText();
  const role = t(`words:role.${link.role}`);
  return (
    <Dialog
      isOpen
      width="full"
      onClose={onClose}
      title={t('room:links.heading')}
      closeLabel={t('room:links.hide')}
    >
      <div className={styles.poster}>
        <h2 dir="auto">{title}</h2>
        <QrCode url={link.url} label={t('room:links.qrOf', { role })} />
        <LoopbackWarning url={link.url} />
        <p className={styles.posterHow}>{t('room:links.scan')}</p>
        <p>{t('room:links.as', { role })}</p>
      </div>
    </Dialog>
  );
}
