import { useState } from 'react';
import { CONSENT_TERMS } from '../../core/domain/consent.ts';
import { formatDateTime } from '../lib/format.ts';
import { useText } from '../lib/i18n.ts';
import { useMe } from '../lib/me.ts';
import { rolesSaid } from '../lib/roles-said.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** What I agreed to when I came in by a link, in its own words, and when; nothing for whoever has an account [U4]. */
export function MyConsent() {
  const t = useText();
  const identity = useMe();
  const [isOpen, setOpen] = useState(false);
  const consent = identity.kind === 'person' ? (identity.me.consent ?? null) : null;
  if (consent === null) return null;
  const { version, at, shown } = consent;
  const { guestDays, guestDaysConfirming, guestDaysVoting, lookers } = CONSENT_TERMS[version];
  return (
    <>
      <Button kind="quiet" isSmall aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('room:consent.show')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('room:consent.show')}
        closeLabel={t('room:names.close')}
      >
        <p>{t('room:consent.given', { time: formatDateTime(at), version })}</p>
        <p>
          {t(`words:consents.v${version}.words`, {
            days: guestDays,
            most: guestDaysConfirming,
            voting: guestDaysVoting,
          })}
        </p>
        {shown === 'address' ? (
          <p>{t(`words:consents.v${version}.names`, { roles: rolesSaid(t, lookers) })}</p>
        ) : null}
        <p>{t('room:consent.later')}</p>
      </Dialog>
    </>
  );
}
