import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type ComponentType, type ReactNode } from 'react';
import { publicationRoutes, type Publication } from '../../../core/contract/publication.ts';
import type { BodyOf } from '../../../core/contract/route.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import { guardPublishing, type PublishingAct } from '../../../core/domain/publication/acts.ts';
import { call } from '../../lib/api.ts';
import { asApiError, reasonText } from '../../lib/errors.ts';
import { formatDateTimeLong } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useWhy, WhyField } from '../../ui/why-field.tsx';
import { PublicSheet } from './public-sheet.tsx';
import styles from './publication-panel.module.css';

type Desk = NonNullable<Publication['desk']>;
interface PublicationPanelProps {
  readonly sessionId: SessionId;
  readonly code: ComponentType<{ readonly url: string; readonly label: string }>;
}

/** 公开页: where it is for every reader; for whoever looks after it also asking, releasing and withdrawing [PP1]. */
export function PublicationPanel({ sessionId, code: Code }: PublicationPanelProps): ReactNode {
  const t = useText();
  const title = useId();
  const { data } = useQuery({
    queryKey: ['publication', sessionId],
    queryFn: ({ signal }) => call(publicationRoutes.getPublication, { params: { sessionId }, signal }),
  });
  if (data === undefined || (data.slug === null && data.desk === null)) return null;
  const isReleased = data.desk === null || lastOf(data.desk) === 'released';
  const address = data.slug === null ? '' : `${window.location.origin}/p/${data.slug}`;
  return (
    <section className={styles.panel} aria-labelledby={title} id="public-page">
      <h2 id={title} tabIndex={-1}>
        {t('public:desk.title')}
      </h2>
      {data.desk === null ? null : <p className={styles.what}>{t('public:desk.what')}</p>}
      {isReleased ? (
        <div className={styles.address}>
          <div className={styles.code}>
            <Code url={address} label={t('public:qr')} />
          </div>
          <p>
            {t('public:desk.address')} <a href={address}>{address}</a>
          </p>
        </div>
      ) : null}
      {data.desk === null ? null : <DeskOf sessionId={sessionId} desk={data.desk} />}
    </section>
  );
}

function DeskOf({ sessionId, desk }: { readonly sessionId: SessionId; readonly desk: Desk }): ReactNode {
  const t = useText();
  const [isShown, setShown] = useState(false);
  const [asked, setAsked] = useState<'released' | 'withdrawn' | null>(null);
  const { ask, field } = useWhy();
  const queries = useQueryClient();
  const key = ['publication', sessionId];
  const { acts, page, seen } = desk;
  const after = acts.length;
  const act = useMutation({
    mutationFn: (body: Wish) => send(sessionId, body),
    onSuccess: (now) => queries.setQueryData(key, now),
    // Somebody else was there before: what is so now is shown beside the reason.
    onError: () => queries.invalidateQueries({ queryKey: key }),
    onSettled: () => setAsked(null),
  });
  const may = (wish: PublishingAct) => guardPublishing(acts, wish).ok;
  const withdraw = () => {
    const why = ask();
    if (why !== null) act.mutate({ act: 'withdrawn', after, why });
  };
  const isOwn = lastOf(desk) === 'asked' && !may('released');
  return (
    <>
      <p role="status">
        {t(`public:desk.stands.${lastOf(desk)}`)} {isOwn ? t('public:desk.own') : null}
      </p>
      {act.error === null ? null : (
        <p role="alert" className={styles.failed}>
          {reasonText(t, asApiError(act.error).reason)}
        </p>
      )}
      <div className={styles.acts}>
        <Button kind="plain" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? t('public:desk.hide') : t('public:desk.preview')}
        </Button>
        {may('asked') ? (
          <Button isBusy={act.isPending} onClick={() => act.mutate({ act: 'asked', after })}>
            {t('public:desk.ask')}
          </Button>
        ) : null}
        {may('released') ? (
          <Button onClick={() => setAsked('released')}>{t('public:desk.release')}</Button>
        ) : null}
        {may('withdrawn') ? (
          <Button kind="plain" onClick={() => setAsked('withdrawn')}>
            {t('public:desk.withdraw')}
          </Button>
        ) : null}
      </div>
      {isShown ? (
        <section className={styles.preview} aria-label={t('public:desk.previewOf')}>
          <p className={styles.what}>{t('public:desk.check')}</p>
          <PublicSheet page={page} isPreview />
        </section>
      ) : null}
      {acts.length === 0 ? null : (
        <details>
          <summary>{t('public:desk.history')}</summary>
          <ol className={styles.history}>
            {acts.map(({ act: done, name, why, at }) => (
              <li key={at} dir="auto">
                <time dateTime={at}>{formatDateTimeLong(at)}</time>{' '}
                {t(`public:desk.acts.${done}`, { name, why })}
              </li>
            ))}
          </ol>
        </details>
      )}
      <ConfirmDialog
        isOpen={asked === 'released'}
        title={t('public:desk.releaseTitle')}
        act={t('public:desk.release')}
        isDangerous={false}
        onConfirm={async () =>
          void (await act.mutateAsync({ act: 'released', after, seen }).catch(() => null))
        }
        onClose={() => setAsked(null)}
      >
        <p>{t('public:desk.releaseText')}</p>
        <p>{t('public:desk.check')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 'withdrawn'}
        title={t('public:desk.withdrawTitle')}
        act={t('public:desk.withdraw')}
        onConfirm={withdraw}
        onClose={() => setAsked(null)}
      >
        <p>{t('public:desk.withdrawText')}</p>
        <WhyField {...field} label={t('public:desk.why')} />
      </ConfirmDialog>
    </>
  );
}

type Wish = BodyOf<typeof publicationRoutes.publishPage>;

function send(sessionId: SessionId, body: Wish): Promise<Publication> {
  return call(publicationRoutes.publishPage, { params: { sessionId }, body });
}

function lastOf({ acts }: Desk): PublishingAct | 'none' {
  return acts[acts.length - 1]?.act ?? 'none';
}
