import { useState } from 'react';
import type { Me } from '../../../core/contract/accounts.ts';
import type { AccountRecord, Studio } from '../../../core/contract/office.ts';
import { may } from '../../../core/domain/people.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { ConvenerDialog, DisableDialog, ResetDialog } from './account-dialogs.tsx';
import styles from './accounts.module.css';

interface AccountRowProps {
  readonly me: Me;
  readonly account: AccountRecord;
  readonly studios: readonly Studio[];
  readonly onChanged: () => void;
}

type Asking = 'disable' | 'reset' | 'conveners' | null;

export function AccountRow({ me, account, studios, onChanged }: AccountRowProps) {
  const [asking, setAsking] = useState<Asking>(null);
  const dialog = { account, onChanged, onClose: () => setAsking(null) };
  return (
    <li className={styles.row} data-disabled={account.isDisabled || undefined}>
      <Facts account={account} studios={studios} />
      <Acts me={me} account={account} hasStudios={studios.length > 0} onAsk={setAsking} />
      {asking === 'disable' ? <DisableDialog {...dialog} /> : null}
      {asking === 'reset' ? <ResetDialog {...dialog} /> : null}
      {asking === 'conveners' ? <ConvenerDialog {...dialog} studios={studios} /> : null}
    </li>
  );
}

function Facts({ account, studios }: Pick<AccountRowProps, 'account' | 'studios'>) {
  const t = useText();
  const { name, affiliation, login, office, isDisabled, convenes } = account;
  const convened = studios.filter(({ id }) => convenes.includes(id)).map((studio) => studio.name);
  return (
    <div className={styles.facts}>
      <p>
        <strong dir="auto">{name}</strong>{' '}
        {affiliation === '' ? null : (
          <span dir="auto" className={styles.soft}>
            {affiliation}
          </span>
        )}
      </p>
      <p className={styles.soft}>
        <span>
          {t('accounts:login')} {login}
        </span>
        {office === null ? null : <span className={styles.tag}>{t(`words:office.${office}`)}</span>}
        {isDisabled ? <span className={styles.off}>{t('accounts:disabled')}</span> : null}
      </p>
      {convened.length === 0 ? null : (
        <p className={styles.soft} dir="auto">
          {t('accounts:convenes', { studios: convened.join(t('accounts:and')) })}
        </p>
      )}
    </div>
  );
}

interface ActsProps extends Pick<AccountRowProps, 'me' | 'account'> {
  readonly hasStudios: boolean;
  readonly onAsk: (asking: Asking) => void;
}

/** Only what the server would take: staff leave whoever holds an office or convenes alone, and nobody takes their own away. */
function Acts({ me, account, hasStudios, onAsk }: ActsProps) {
  const t = useText();
  const isChief = me.office !== null && may(me.office, 'org:manage');
  const isPlain = account.office === null && account.convenes.length === 0;
  const mayChange = account.personId !== me.personId && (isPlain || isChief);
  const mayConvene = isChief && hasStudios;
  if (!mayChange && !mayConvene) return null;
  const label = (
    <>
      {t('accounts:acts')} <VisuallyHidden>{account.name}</VisuallyHidden>
    </>
  );
  return (
    <Menu label={label}>
      {mayConvene ? (
        <Button kind="quiet" isSmall onClick={() => onAsk('conveners')}>
          {t('accounts:conveners.ask')}
        </Button>
      ) : null}
      {mayChange ? (
        <>
          <Button kind="quiet" isSmall onClick={() => onAsk('reset')}>
            {t('accounts:reset.act')}
          </Button>
          <Button kind="quiet" isSmall onClick={() => onAsk('disable')}>
            {t(account.isDisabled ? 'accounts:enable.act' : 'accounts:disable.act')}
          </Button>
        </>
      ) : null}
    </Menu>
  );
}
