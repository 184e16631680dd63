import { useState } from 'react';
import type { JoinLink } from '../../../core/contract/sessions.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { asApiError, reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { notify } from '../../ui/notices.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { LinkCard } from './link-card.tsx';
import { LinkForm } from './link-form.tsx';
import styles from './projection.module.css';
import { QrPoster } from './qr-poster.tsx';
import { useLinks, type NewLink } from './use-links.ts';

export interface LinksDialogProps {
  readonly sessionId: SessionId;
  readonly room: Room;
  readonly onClose: () => void;
}

/** QR codes of a session: make one for a role, show it to the hall, copy, revoke. */
export function LinksDialog({ sessionId, room, onClose }: LinksDialogProps) {
  const t = useText();
  const { links, create, revoke } = useLinks(sessionId, true);
  const [shown, setShown] = useState<JoinLink | null>(null);
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (thrown) {
      const { reason, details } = asApiError(thrown);
      notify('bad', reasonText(t, reason, details));
    }
  };
  const make = (link: NewLink) => attempt(async () => setShown(await create(link)));
  const active = links.data?.links.filter((link) => link.revokedAt === null) ?? [];
  const revoked = (links.data?.links.length ?? 0) - active.length;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('room:links.heading')}
      width="wide"
      closeLabel={t('room:links.close')}
    >
      <LinkForm plan={room.plan ?? {}} venues={room.plan?.venues ?? []} onCreate={make} />
      {links.isPending ? <Loading /> : null}
      {/* -- a failed query is its own state; refetch reports there. */}
      {links.isError ? <Failed error={asApiError(links.error)} onRetry={() => void links.refetch()} /> : null}
      {links.isSuccess && active.length === 0 ? (
        <Empty title={t('room:links.empty')}>
          <p>{t('room:links.emptyHint')}</p>
        </Empty>
      ) : null}
      <ul role="list" className={styles.links}>
        {active.map((link) => (
          <LinkCard
            key={link.id}
            link={link}
            venues={room.plan?.venues ?? []}
            onShow={() => setShown(link)}
            onRevoke={() => attempt(() => revoke(link.id))}
          />
        ))}
      </ul>
      {revoked > 0 ? <p className={styles.note}>{t('room:links.revokedOnes', { count: revoked })}</p> : null}
      {shown === null ? null : (
        <QrPoster link={shown} title={room.plan?.title ?? ''} onClose={() => setShown(null)} />
      )}
    </Dialog>
  );
}
