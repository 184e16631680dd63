import { useState } from 'react';
import type { JoinLink } from '../../../core/contract/sessions.ts';
import type { Venue } from '../../../core/domain/sessions.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { notify } from '../../ui/notices.tsx';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { LoopbackWarning } from './loopback-warning.tsx';
import styles from './projection.module.css';
import { QrCode } from './qr-code.tsx';

export interface LinkCardProps {
  readonly link: JoinLink;
  readonly venues: readonly Venue[];
  readonly onShow: () => void;
  readonly onRevoke: () => Promise<void>;
}

export function LinkCard({ link, venues, onShow, onRevoke }: LinkCardProps) {
  const t = useText();
  const [isRevoking, setRevoking] = useState(false);
  const role = t(`words:role.${link.role}`);
  const venue = venues.find(({ id }) => id === link.venueId);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link.url);
      notify('good', t('room:links.copied'));
    } catch {
      // In-app browsers and plain http have no clipboard: the address is selectable below the code.
      notify('bad', t('room:links.copyFailed'));
    }
  };
  return (
    <li className={styles.link} data-link-id={link.id}>
      <QrCode url={link.url} label={t('room:links.qrOf', { role })} />
      <div className={styles.linkBody}>
        <p>
          <RoleBadge role={link.role} /> {venue === undefined ? null : <span dir="auto">{venue.name}</span>}
        </p>
        <p className={styles.uses}>{t('room:links.uses', { uses: link.uses, max: link.maxUses })}</p>
        <p className={styles.note}>{t('room:links.expires', { time: formatDateTime(link.expiresAt) })}</p>
        <p className={styles.url}>{link.url}</p>
        <LoopbackWarning url={link.url} />
        <div className={styles.acts}>
          <Button isSmall onClick={onShow}>
            {t('room:links.show')}
          </Button>
          {/* -- copy tells its own failure. */}
          <Button isSmall onClick={() => void copy()}>
            {t('room:links.copy')}
          </Button>
          <Button isSmall kind="danger" onClick={() => setRevoking(true)}>
            {t('room:links.revoke')}
          </Button>
        </div>
      </div>
      <ConfirmDialog
        isOpen={isRevoking}
        title={t('room:links.revokeTitle')}
        act={t('room:links.revoke')}
        isIrreversible
        onConfirm={async () => {
          await onRevoke();
          setRevoking(false);
        }}
        onClose={() => setRevoking(false)}
      >
        {t('room:links.revokeText', { count: link.uses })}
      </ConfirmDialog>
    </li>
  );
}
