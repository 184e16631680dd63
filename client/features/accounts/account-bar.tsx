import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { accountRoutes, type Me } from '../../../core/contract/accounts.ts';
import { call } from '../../lib/api.ts';
import { asApiError, reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { setMe } from '../../lib/me.ts';
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
  const [isAsking, setAsking] = useState(false);
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
    queries.clear();
    setMe(null);
    navigate('/sign-in', { replace: true });
  };

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
        <Button kind="quiet" isSmall onClick={() => void leave(false)}>
          {t('shell:top.signOut')}
        </Button>
        <Button kind="quiet" isSmall onClick={() => setAsking(true)}>
          {t('shell:top.signOutEverywhere')}
        </Button>
      </Menu>
      {isChanging ? <ChangePassword onClose={() => setChanging(false)} /> : null}
      <ConfirmDialog
        isOpen={isAsking}
        title={t('shell:signOut.everywhereTitle')}
        act={t('shell:top.signOutEverywhere')}
        onConfirm={() => leave(true)}
        onClose={() => setAsking(false)}
      >
        <p>{t('shell:signOut.everywhereBody')}</p>
      </ConfirmDialog>
    </div>
  );
}
