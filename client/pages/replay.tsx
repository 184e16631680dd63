import { useState } from 'react';
import type { SessionId } from '../../core/domain/ids.ts';
import { AccountBar } from '../features/accounts/account-bar.tsx';
import { SignedIn } from '../features/accounts/signed-in.tsx';
import { TextSheet } from '../features/archives/text-sheet.tsx';
import { ReplayPlayer } from '../features/replay/player.tsx';
import { useReplay } from '../features/replay/use-replay.ts';
import { useText } from '../lib/i18n.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import styles from './archive.module.css';

interface ReplayPageProps {
  readonly sessionId: SessionId;
}

/** A sealed session, played on a time bar. */
export function ReplayPage({ sessionId }: ReplayPageProps) {
  const [tries, setTries] = useState(0);
  return (
    <SignedIn>
      {(me) => <ReplayDesk key={tries} {...{ sessionId, me }} onRetry={() => setTries(tries + 1)} />}
    </SignedIn>
  );
}

type Me = Parameters<typeof AccountBar>[0]['me'];

function ReplayDesk({
  sessionId,
  me,
  onRetry,
}: ReplayPageProps & { readonly me: Me; readonly onRetry: () => void }) {
  const t = useText();
  const { replay, error } = useReplay(sessionId);
  const title = replay?.reel.last.plan?.title;
  return (
    <PageFrame
      title={title === undefined ? t('archive:replay.page') : `${title} · ${t('archive:replay.page')}`}
      bar={<AccountBar me={me} />}
      isWide
    >
      <div className={styles.ways}>
        <ButtonLink kind="quiet" isSmall to={`/sessions/${sessionId}/archive`}>
          {t('archive:replay.toRecord')}
        </ButtonLink>
      </div>
      {title === undefined ? null : (
        <h1 tabIndex={-1} dir="auto">
          {title}
        </h1>
      )}
      {error === null ? null : <Failed isPage={replay === null} error={error} onRetry={onRetry} />}
      {replay === null && error === null ? <Loading isPage lines={8} /> : null}
      {replay === null ? null : <ReplayPlayer replay={replay} textSheet={TextSheet} />}
    </PageFrame>
  );
}
