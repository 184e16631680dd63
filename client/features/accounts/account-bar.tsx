import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { accountRoutes, type Me } from '../../../core/contract/accounts.ts';
import { countAhead } from '../../lib/ahead.ts';
import { call } from '../../lib/api.ts';
import { asApiError, reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { kept, keptInTab } from '../../lib/kept.ts';
import { setMe } from '../../lib/me.ts';
import { countLetters, wipeSeats } from '../../lib/seats.ts';
import { leaveBoxes, uncastOf } from '../../room/box/left-behind.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Menu } from '../../ui/menu.tsx';
import { notify } from '../../ui/notices.tsx';
import { ChangePassword } from './change-password.tsx';

interface AccountBarProps {
  readonly me: Me;
}

/** Who is signed in, and the ways out. */
export function AccountBar({ me }: AccountBarProps) {
  const t = useText();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [isChanging, setChanging] = useState(false);

  const leave = async (everywhere: boolean) => {
    try {
      await call(accountRoutes.signOut, { body: { everywhere } });
    } catch (thrown) {
      const error = asApiError(thrown);
      // Nobody is signed in any more: that is what was wanted.
      if (error.code !== 'UNAUTHENTICATED') return notify('bad', reasonText(t, error.reason, error.details));
    }
    // What this browser kept of texts goes with the person; loaded only now, because it brings the editor's store.
    const { wipe } = await import('../../lib/local-copy.ts');
    await wipe(me.personId);
    await leaveBoxes(me.personId);
    wipeSeats({ kept, inTab: keptInTab }, me.personId);
    queries.clear();
    setMe(null);
    navigate('/sign-in', { replace: true });
  };

  // A guest's seat hangs on this browser alone, and what was not sent or saved goes with the sign-in: worth a question.
  const leaveHere = async () => {
    const uncast = await uncastOf(me.personId);
    const unsent = countLetters(kept, me.personId) + countAhead(kept, me.personId);
    if (me.isGuest || unsent + uncast > 0) setAsking({ isEverywhere: false, uncast });
    else await leave(false);
  };
  const leaveEverywhere = async () => setAsking({ isEverywhere: true, uncast: await uncastOf(me.personId) });

  return (
    <div role="group" aria-label={t('shell:top.account')}>
      <Menu label={<span dir="auto">{me.name === '' ? t('shell:top.account') : me.name}</span>}>
        {/* A guest came in by a link and has none. */}
        {me.isGuest ? null : (
          <Button kind="quiet" isSmall onClick={() => setChanging(true)}>
            {t('accounts:own.title')}
          </Button>
        )}
        {/* -- leave never rejects: it tells its failure itself. */}
        <Button kind="quiet" isSmall onClick={() => void leaveHere()}>
          {t('shell:top.signOut')}
        </Button>
        {me.isGuest ? null : (
          <Button kind="quiet" isSmall onClick={() => void leaveEverywhere()}>
            {t('shell:top.signOutEverywhere')}
          </Button>
        )}
      </Menu>
      {isChanging ? <ChangePassword onClose={() => setChanging(false)} /> : null}
      {asking === null ? null : (
        <LeaveDialog
          me={me}
          {...asking}
          onLeave={() => leave(asking.isEverywhere)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

type Asking = {
  readonly isEverywhere: boolean;
  /** Tokens of ballots that were taken on this device and not voted with. */
  readonly uncast: number;
};

interface LeaveDialogProps extends Asking {
  readonly me: Me;
  readonly onLeave: () => Promise<void>;
  readonly onClose: () => void;
}

/** What goes with the sign-in, before it does. */
function LeaveDialog({ me, isEverywhere, uncast, onLeave, onClose }: LeaveDialogProps) {
  const t = useText();
  const unsent = countLetters(kept, me.personId);
  const unsaved = countAhead(kept, me.personId);
  return (
    <ConfirmDialog
      isOpen
      title={isEverywhere ? t('shell:signOut.everywhereTitle') : t('shell:signOut.title')}
      act={isEverywhere ? t('shell:top.signOutEverywhere') : t('shell:top.signOut')}
      onConfirm={onLeave}
      onClose={onClose}
    >
      {isEverywhere ? <p>{t('shell:signOut.everywhereBody')}</p> : null}
      {me.isGuest ? <p>{t('shell:signOut.seat')}</p> : null}
      {uncast > 0 ? <p>{t('shell:signOut.uncast', { count: uncast })}</p> : null}
      {unsent > 0 ? <p>{t('shell:signOut.unsent', { count: unsent })}</p> : null}
      {unsaved > 0 ? <p>{t('shell:signOut.unsaved', { count: unsaved })}</p> : null}
    </ConfirmDialog>
  );
}
