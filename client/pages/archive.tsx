import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { SessionId } from '../../core/domain/ids.ts';
import { AccountBar } from '../features/accounts/account-bar.tsx';
import { SignedIn } from '../features/accounts/signed-in.tsx';
import { loadArchive } from '../features/archives/loading.ts';
import { ArchiveRecord } from '../features/archives/record.tsx';
import { ModerationTally } from '../features/moderation/notes.tsx';
import { QrCode } from '../features/projection/qr-code.tsx';
import { PublicationPanel } from '../features/publication/publication-panel.tsx';
import { asApiError, reasonText, type ApiError } from '../lib/errors.ts';
import { useText } from '../lib/i18n.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Plain } from '../ui/plain.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import styles from './archive.module.css';

interface ArchivePageProps {
  readonly sessionId: SessionId;
}

/** The sealed record of a session: to read, to print, and to verify. */
export function ArchivePage({ sessionId }: ArchivePageProps) {
  const t = useText();
  const {
    data: archive,
    error,
    refetch,
  } = useQuery({
    queryKey: ['archive', sessionId],
    queryFn: ({ signal }) => loadArchive(sessionId, signal),
    // A sealed record never changes.
    staleTime: Infinity,
  });
  const title = archive?.room.plan?.title;
  return (
    <SignedIn>
      {(me) => (
        <PageFrame
          title={title === undefined ? t('archive:page') : `${title} · ${t('archive:page')}`}
          bar={<AccountBar me={me} />}
          isWide
        >
          {archive === undefined ? (
            <Missing
              error={error === null ? null : asApiError(error)}
              onRetry={refetch}
              sessionId={sessionId}
            />
          ) : (
            <>
              <div className={styles.ways}>
                <ButtonLink kind="quiet" isSmall to={`/sessions/${sessionId}`}>
                  {t('archive:toRoom')}
                </ButtonLink>
                <ButtonLink kind="quiet" isSmall to="/archives">
                  {t('archive:search.title')}
                </ButtonLink>
                <ButtonLink kind="plain" isSmall to={`/sessions/${sessionId}/replay`}>
                  {t('archive:toReplay')}
                </ButtonLink>
              </div>
              <ArchiveRecord archive={archive} />
              <ModerationTally room={archive.room} />
              <PublicationPanel sessionId={sessionId} code={QrCode} />
            </>
          )}
        </PageFrame>
      )}
    </SignedIn>
  );
}

interface MissingProps {
  readonly error: ApiError | null;
  readonly onRetry: () => unknown;
  readonly sessionId: SessionId;
}

/** Still coming, not sealed yet, or not to be had: each with its next step. */
function Missing({ error, onRetry, sessionId }: MissingProps): ReactNode {
  const t = useText();
  if (error === null) return <Loading isPage lines={8} />;
  // refetch never rejects: its failure comes back as the next error here.
  if (error.reason !== 'ARCHIVE_UNKNOWN')
    return <Failed isPage error={error} onRetry={() => void onRetry()} />;
  return (
    <Plain title={t('archive:notYet.title')} mark="time">
      <p>{reasonText(t, error.reason)}</p>
      <p>{t('archive:notYet.body')}</p>
      <ButtonLink kind="main" to={`/sessions/${sessionId}`}>
        {t('archive:toRoom')}
      </ButtonLink>
    </Plain>
  );
}
