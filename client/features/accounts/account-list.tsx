import { useState } from 'react';
import type { Me } from '../../../core/contract/accounts.ts';
import type { AccountRecord, Studio } from '../../../core/contract/office.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { AccountRow } from './account-row.tsx';
import styles from './accounts.module.css';
import { CreateAccount } from './create-account.tsx';
import { foundAccounts } from './found-accounts.ts';

interface AccountListProps {
  readonly me: Me;
  readonly accounts: readonly AccountRecord[];
  readonly studios: readonly Studio[];
  readonly onChanged: () => void;
}

/** Everybody with an account, to be searched and looked after. */
export function AccountList({ me, accounts, studios, onChanged }: AccountListProps) {
  const t = useText();
  const [search, setSearch] = useState('');
  const [isCreating, setCreating] = useState(false);
  const found = foundAccounts(accounts, search);
  return (
    <section className={styles.section} aria-labelledby="accounts-title">
      <div className={styles.head}>
        <h2 id="accounts-title">{t('accounts:list')}</h2>
        <Button kind="main" onClick={() => setCreating(true)}>
          {t('accounts:create.title')}
        </Button>
      </div>
      <Field
        label={t('accounts:search')}
        type="search"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <p role="status" className={styles.soft}>
        {found.length === 0 ? t('accounts:none') : t('accounts:count', { count: found.length })}
      </p>
      <ul role="list" className={styles.rows}>
        {found.map((account) => (
          <AccountRow
            key={account.personId}
            me={me}
            account={account}
            studios={studios}
            onChanged={onChanged}
          />
        ))}
      </ul>
      {isCreating ? <CreateAccount onMade={onChanged} onClose={() => setCreating(false)} /> : null}
    </section>
  );
}
