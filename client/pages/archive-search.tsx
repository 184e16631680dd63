import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLocation, useSearch } from 'wouter';
import { AccountBar } from '../features/accounts/account-bar.tsx';
import { SignedIn } from '../features/accounts/signed-in.tsx';
import { addressOf, readAsked, type Asked } from '../features/record-search/asked.ts';
import { loadFound } from '../features/record-search/loading.ts';
import { Results } from '../features/record-search/results.tsx';
import { SearchForm } from '../features/record-search/search-form.tsx';
import { useText } from '../lib/i18n.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import styles from './archive-search.module.css';

/** 查档: looks through all sealed records that somebody may read. What is asked for stands in the address. */
export function ArchiveSearchPage() {
  const t = useText();
  return (
    <SignedIn>
      {(me) => (
        <PageFrame title={t('archive:search.title')} bar={<AccountBar me={me} />} isWide>
          <div className={styles.head}>
            <h1>{t('archive:search.title')}</h1>
            <ButtonLink kind="quiet" isSmall to="/">
              {t('archive:search.home')}
            </ButtonLink>
          </div>
          <Desk />
        </PageFrame>
      )}
    </SignedIn>
  );
}

function Desk(): ReactNode {
  const [, go] = useLocation();
  const asked = readAsked(useSearch());
  const { data } = useQuery({
    queryKey: ['record scope'],
    queryFn: ({ signal }) => loadFound({}, null, signal),
  });
  const ask = (next: Asked) => go(addressOf(next));
  return (
    <>
      <SearchForm asked={asked} scope={data?.scope} onAsk={ask} />
      <Results asked={asked} onAsk={ask} />
    </>
  );
}
