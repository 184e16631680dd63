import { useEffect, useRef, useState } from 'react';
import { lobbyRoutes, type Entry } from '../../../core/contract/lobby.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import { hasEnded } from '../../../core/domain/sessions.ts';
import { call } from '../../lib/api.ts';
import { asApiError, isPassing, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { PageFrame } from '../../ui/page-frame.tsx';
import { Plain } from '../../ui/plain.tsx';

interface WaitingPageProps {
  readonly sessionId: SessionId;
  /** Somebody let this person in. */
  readonly onAdmitted: () => void;
  /** The place in the lobby is gone, e.g. signed out elsewhere: the room's own page says why. */
  readonly onLost: (error: ApiError) => void;
}

/** 候会: whoever waits is told in plain words, hears nothing of the room, and goes in without a press [H1]. */
export function WaitingPage({ sessionId, onAdmitted, onLost }: WaitingPageProps) {
  const t = useText();
  const { entry, isOffline } = useEntry(sessionId, { onAdmitted, onLost });
  const isEnded = entry !== null && hasEnded(entry.state);
  const isAway = entry?.entry === 'turnedAway';
  const kind = isAway ? 'away' : isEnded ? 'ended' : 'waiting';
  return (
    <PageFrame title={t(`room:lobby.page.${kind}`)}>
      <Plain title={t(`room:lobby.page.${kind}`)} mark={isAway ? 'forbidden' : isEnded ? 'ended' : 'time'}>
        <div role="status">
          {entry === null ? null : <p dir="auto">{entry.title}</p>}
          <p>{t(`room:lobby.body.${kind}`)}</p>
          {isAway && entry.why !== '' ? <p dir="auto">{t('room:lobby.why', { why: entry.why })}</p> : null}
          {isOffline && kind === 'waiting' ? <p>{t('room:lobby.offline')}</p> : null}
        </div>
        {kind === 'waiting' ? null : <ButtonLink to="/">{t('room:page.home')}</ButtonLink>}
      </Plain>
    </PageFrame>
  );
}

/** How long to wait after a line that is away before it is tried again. */
const AGAIN_MS = 2_000;
/** Between two questions, so that an answer that comes at once does not make a storm. */
const REST_MS = 250;

/** Asks again and again, each time until the server has news; ends when there is nothing more to wait for. */
function useEntry(sessionId: SessionId, told: Omit<WaitingPageProps, 'sessionId'>) {
  const [entry, setEntry] = useState<Entry | null>(null);
  const [isOffline, setOffline] = useState(false);
  const tell = useRef(told);
  useEffect(() => {
    tell.current = told;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isHere = true;
    let isKnown = false;
    const later = (ms: number) => {
      // -- ask never rejects: it tells its failure itself.
      if (isHere) timer = setTimeout(() => void ask(), ms);
    };
    const ask = async () => {
      try {
        // The first time at once, so that the page says where one is; then when there is news.
        const query = isKnown ? ({ known: 'waiting' } as const) : {};
        const found = await call(lobbyRoutes.askEntry, { params: { sessionId }, query });
        isKnown = true;
        if (!isHere) return;
        setOffline(false);
        if (found.entry === 'in') tell.current.onAdmitted();
        else setEntry(found);
        if (found.entry === 'waiting' && !hasEnded(found.state)) later(REST_MS);
      } catch (thrown) {
        if (!isHere) return;
        const error = asApiError(thrown);
        if (!isPassing(error.code)) {
          tell.current.onLost(error);
          return;
        }
        setOffline(true);
        later(AGAIN_MS);
      }
    };
    // -- ask never rejects.
    void ask();
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [sessionId]);
  return { entry, isOffline };
}
