import { useEffect, useState } from 'react';
import { publicationRoutes } from '../../core/contract/publication.ts';
import type { PublicPage } from '../../core/domain/publication/page.ts';
import { QrCode } from '../features/projection/qr-code.tsx';
import { PublicSheet } from '../features/publication/public-sheet.tsx';
import { call } from '../lib/api.ts';
import { asApiError, type ApiError } from '../lib/errors.ts';
import { useText } from '../lib/i18n.ts';
import { Button } from '../ui/button.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Plain } from '../ui/plain.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import styles from './public.module.css';

/** What a code on the notice board opens: what came of a session, for anybody, without signing in [PP4]. */
export function PublicPageOf({ slug }: { readonly slug: string }) {
  const [tries, setTries] = useState(0);
  return <Asked key={tries} slug={slug} onRetry={() => setTries(tries + 1)} />;
}

function Asked({ slug, onRetry }: { readonly slug: string; readonly onRetry: () => void }) {
  const t = useText();
  const [page, setPage] = useState<PublicPage | ApiError | null>(null);
  useEffect(() => {
    const left = new AbortController();
    const { signal } = left;
    call(publicationRoutes.getPublicPage, { params: { slug }, signal }).then(setPage, (error: unknown) => {
      if (!signal.aborted) setPage(asApiError(error));
    });
    return () => left.abort();
  }, [slug]);
  const isThere = page !== null && 'title' in page;
  return (
    <PageFrame title={isThere ? `${page.title} · ${t('public:page')}` : t('public:page')}>
      {page === null ? <Loading isPage lines={8} /> : null}
      {isThere ? <Released page={page} /> : null}
      {page !== null && !isThere ? (
        page.reason === 'PAGE_UNKNOWN' ? (
          <Plain title={t('public:none.title')} mark="lost">
            <p>{t('public:none.body')}</p>
          </Plain>
        ) : (
          <Failed isPage error={page} onRetry={onRetry} />
        )
      ) : null}
    </PageFrame>
  );
}

function Released({ page }: { readonly page: PublicPage }) {
  const t = useText();
  const address = `${window.location.origin}${window.location.pathname}`;
  return (
    <div className={styles.page}>
      <PublicSheet page={page} />
      <aside className={styles.where} aria-label={t('public:where')}>
        <div className={styles.code}>
          <QrCode url={address} label={t('public:qr')} />
        </div>
        <p>
          {t('public:where')} <a href={address}>{address}</a>
        </p>
        <div className={styles.acts}>
          <Button kind="quiet" onClick={() => window.print()}>
            {t('public:print')}
          </Button>
        </div>
      </aside>
    </div>
  );
}
