import { useEffect, useState } from 'react';
import { nameRoutes, type NameLooks } from '../../../core/contract/names.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import { LOOKERS, type NameLook } from '../../../core/domain/names.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import { guardHideNames } from '../../../core/domain/room/naming.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { call } from '../../lib/api.ts';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { rolesSaid } from '../../lib/roles-said.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Loading } from '../../ui/states.tsx';
import styles from './roll.module.css';

interface NamesNoteProps {
  readonly room: Room;
  readonly who: Who;
  readonly nameOf: (id: string) => string;
}

/** How people are shown here, who may look at real names, how often it was done; or the way to it [U1] [U2] [U3]. */
export function NamesNote({ room, who, nameOf }: NamesNoteProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [asking, setAsking] = useState<'hide' | 'looks' | null>(null);
  const close = () => setAsking(null);
  const { names, plan } = room;
  if (plan === null) return null;
  if (names === undefined)
    return guardHideNames(room, who).ok ? (
      <>
        <Button isSmall kind="quiet" aria-haspopup="dialog" onClick={() => setAsking('hide')}>
          {t('room:names.hide')}
        </Button>
        <ConfirmDialog
          isOpen={asking === 'hide'}
          title={t('room:names.hideTitle')}
          act={t('room:names.hide')}
          isIrreversible
          onConfirm={async () => {
            if (await tell(send('hideNames', {}))) close();
          }}
          onClose={close}
        >
          {t('room:names.hideText')}
        </ConfirmDialog>
      </>
    ) : null;
  const roles = rolesSaid(t, LOOKERS);
  return (
    <>
      <p className={styles.summary}>{t('room:names.shown', { roles })}</p>
      <Button isSmall kind="quiet" aria-haspopup="dialog" onClick={() => setAsking('looks')}>
        {t('room:names.looks', { count: names.looks })}
      </Button>
      {asking === 'looks' ? <LooksDialog sessionId={plan.id} nameOf={nameOf} onClose={close} /> : null}
    </>
  );
}

interface LooksDialogProps {
  readonly sessionId: SessionId;
  readonly nameOf: (id: string) => string;
  readonly onClose: () => void;
}

/** Who looked at my real name; for the office, at anybody's. */
function LooksDialog({ sessionId, nameOf, onClose }: LooksDialogProps) {
  const t = useText();
  const [found, setFound] = useState<NameLooks | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    let isHere = true;
    call(nameRoutes.getNameLooks, { params: { sessionId } }).then(
      (reply) => isHere && setFound(reply),
      (thrown: unknown) => isHere && setError(asApiError(thrown)),
    );
    return () => {
      isHere = false;
    };
  }, [sessionId]);
  const shown = found?.all ?? found?.mine ?? [];
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={found === null || found.all === null ? t('room:names.mine') : t('room:names.all')}
      width="middle"
      closeLabel={t('room:names.close')}
    >
      {error === null ? null : <Alert>{reasonText(t, error.reason, error.details)}</Alert>}
      {found === null && error === null ? <Loading lines={2} /> : null}
      {found !== null && shown.length === 0 ? <p>{t('room:names.none')}</p> : null}
      <ul role="list" className={styles.people}>
        {shown.map((one, index) => (
          // Two looks may come in one moment: nothing is ever taken out of this list.
          <li key={index} className={styles.person}>
            <Look one={one} nameOf={nameOf} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Look({ one, nameOf }: { readonly one: NameLook } & Pick<LooksDialogProps, 'nameOf'>) {
  const t = useText();
  const { at, by, looker, participantId, purpose } = one;
  return (
    <span dir="auto">
      {t('room:names.entry', {
        time: formatDateTime(at),
        by: looker === '' ? nameOf(by) : t('room:names.ofOffice', { office: nameOf(by), name: looker }),
        of: nameOf(participantId),
        purpose: t(`room:names.purpose.${purpose}`),
      })}
    </span>
  );
}
