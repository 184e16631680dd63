import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Me } from '../../core/contract/accounts.ts';
import { may } from '../../core/domain/people.ts';
import { AccountBar } from '../features/accounts/account-bar.tsx';
import { AccountList } from '../features/accounts/account-list.tsx';
import { loadOffice } from '../features/accounts/commands.ts';
import { SignedIn } from '../features/accounts/signed-in.tsx';
import { StudioList } from '../features/accounts/studio-list.tsx';
import { WordList } from '../features/words/word-list.tsx';
import { asApiError } from '../lib/errors.ts';
import { useText } from '../lib/i18n.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Plain } from '../ui/plain.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import styles from './accounts.module.css';

/** 账号与工作室: the office looks after its people. */
export function AccountsPage() {
  return <SignedIn>{(me) => <Office me={me} />}</SignedIn>;
}

interface OfficeProps {
  readonly me: Me;
}

function Office({ me }: OfficeProps) {
  const t = useText();
  const isOffice = me.office !== null && may(me.office, 'people:manage');
  return (
    <PageFrame title={t('accounts:title')} bar={<AccountBar me={me} />}>
      {isOffice ? <OfficeDesk me={me} /> : <NotOffice />}
    </PageFrame>
  );
}

function NotOffice() {
  const t = useText();
  return (
    <Plain title={t('shell:state.forbidden')} mark="forbidden">
      <p>{t('accounts:notOffice')}</p>
      <ButtonLink kind="main" to="/">
        {t('shell:state.home')}
      </ButtonLink>
    </Plain>
  );
}

function OfficeDesk({ me }: OfficeProps) {
  const t = useText();
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['office', me.personId],
    queryFn: loadOffice,
  });
  if (isPending) return <Loading lines={8} />;
  // -- refetch never rejects: its failure comes back as error.
  if (data === undefined) return <Failed error={asApiError(error)} onRetry={() => void refetch()} />;
  const renew = () => {
    // What cannot be read anew now mends itself with the next look.
    for (const name of ['office', 'accounts']) void queries.invalidateQueries({ queryKey: [name] });
  };
  return (
    <div className={styles.desk}>
      <h1>{t('accounts:title')}</h1>
      <AccountList me={me} accounts={data.accounts} studios={data.studios} onChanged={renew} />
      <StudioList me={me} studios={data.studios} onChanged={renew} />
      {me.office !== null && may(me.office, 'org:manage') ? <WordList /> : null}
    </div>
  );
}
