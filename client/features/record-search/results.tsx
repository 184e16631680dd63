import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { asApiError } from '../../lib/errors.ts';
import { formatNumber } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { Hit } from './hit.tsx';
import { loadFound } from './loading.ts';
import { addressOf, type Asked } from './asked.ts';
import styles from './search.module.css';

/** What was found, page after page; how much, said to a reader; where there is nothing, what to do next. */
export function Results({ asked, onAsk }: { readonly asked: Asked; readonly onAsk: (asked: Asked) => void }) {
  const t = useText();
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useInfiniteQuery({
    queryKey: ['record search', addressOf(asked)],
    queryFn: ({ pageParam, signal }) => loadFound(asked, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  // -- refetch and fetchNextPage never reject: their failure comes back as error.
  if (data === undefined)
    return error === null ? (
      <Loading lines={5} />
    ) : (
      <Failed error={asApiError(error)} onRetry={() => void refetch()} />
    );
  const [first] = data.pages;
  if (first === undefined) return null;
  const hits = data.pages.flatMap((page) => page.hits);
  return (
    <section className={styles.results} aria-label={t('archive:search.found')}>
      <p role="status" className={styles.count}>
        {said()}
      </p>
      {hits.length === 0 ? (
        <Nothing asked={asked} hasRecords={first.scope.records > 0} onAsk={onAsk} />
      ) : null}
      <ol role="list" className={styles.hits}>
        {hits.map((hit) => (
          <Hit key={`${hit.sessionId} ${hit.kind} ${hit.ref}`} hit={hit} />
        ))}
      </ol>
      {error === null ? null : <Failed error={asApiError(error)} onRetry={() => void fetchNextPage()} />}
      {hasNextPage ? (
        <Button isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('archive:search.more', { shown: formatNumber(hits.length), total: formatNumber(first.total) })}
        </Button>
      ) : null}
    </section>
  );

  function said(): string {
    const records = formatNumber(first?.scope.records ?? 0);
    if (asked.q === undefined) return t('archive:search.ready', { records });
    if (first?.words.length === 0) return t('archive:search.noWords');
    return t('archive:search.total', { total: formatNumber(first?.total ?? 0), records });
  }
}

interface NothingProps {
  readonly asked: Asked;
  readonly hasRecords: boolean;
  readonly onAsk: (asked: Asked) => void;
}

/** Why nothing is shown, and the next step. */
function Nothing({ asked, hasRecords, onAsk }: NothingProps): ReactNode {
  const t = useText();
  const { q, ...narrowing } = asked;
  if (!hasRecords)
    return (
      <Empty title={t('archive:search.noRecords')}>
        <p>{t('archive:search.noRecordsHint')}</p>
      </Empty>
    );
  if (q === undefined) return null;
  return (
    <Empty title={t('archive:search.nothing')}>
      <p>{t('archive:search.nothingHint')}</p>
      {Object.keys(narrowing).length === 0 ? null : (
        <Button onClick={() => onAsk({ q })}>{t('archive:search.widen')}</Button>
      )}
    </Empty>
  );
}
