import { useEffect, useState } from 'react';
import { venueRoutes } from '../../core/contract/venues.ts';
import { SessionId } from '../../core/domain/ids.ts';
import { call, newId } from '../lib/api.ts';
import { ApiError, asApiError, reasonText } from '../lib/errors.ts';
import { useText } from '../lib/i18n.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Plain } from '../ui/plain.tsx';
import { Loading } from '../ui/states.tsx';

type Found =
  | { readonly kind: 'asking' }
  | { readonly kind: 'in'; readonly sessionId: SessionId; readonly venueName: string }
  | { readonly kind: 'trouble'; readonly error: ApiError };

/** Loaded again after the code was taken out of the address, there is nothing left to ask with. */
function atFirst(): Found {
  return window.location.hash.length > 1
    ? { kind: 'asking' }
    : { kind: 'trouble', error: new ApiError('CODE_UNKNOWN') };
}

/** What a venue's code opens on the phone of somebody with a seat: checked in, and into the room. */
export function CheckInPage() {
  const t = useText();
  const [found, setFound] = useState<Found>(atFirst);
  useEffect(() => {
    const arrive = async () => {
      const scanned = window.location.hash.slice(1);
      if (scanned === '') return;
      // A code is seen over a shoulder, and shared with the address.
      window.history.replaceState(null, '', window.location.pathname);
      setFound({ kind: 'asking' });
      setFound(await checkIn(scanned));
    };
    // -- checkIn never rejects.
    const listen = () => void arrive();
    listen();
    window.addEventListener('hashchange', listen);
    return () => window.removeEventListener('hashchange', listen);
  }, []);
  return (
    <PageFrame title={t('room:checkIn.page')}>
      {found.kind === 'asking' ? <Loading lines={3} /> : null}
      {found.kind === 'in' ? (
        <Plain title={t('room:checkIn.done')} mark="seat">
          <p dir="auto">{t('room:checkIn.doneAt', { venue: found.venueName })}</p>
          <ButtonLink kind="main" to={`/sessions/${found.sessionId}`}>
            {t('room:checkIn.enter')}
          </ButtonLink>
        </Plain>
      ) : null}
      {found.kind === 'trouble' ? (
        <Plain title={t('room:checkIn.notDone')} mark="time">
          <p>{reasonText(t, found.error.reason, found.error.details)}</p>
          {found.error.code === 'UNAUTHENTICATED' ? (
            <>
              <p>{t('room:checkIn.signInFirst')}</p>
              <ButtonLink kind="main" to="/sign-in">
                {t('room:banner.signIn')}
              </ButtonLink>
            </>
          ) : (
            <ButtonLink kind="plain" to="/">
              {t('room:page.home')}
            </ButtonLink>
          )}
        </Plain>
      ) : null}
    </PageFrame>
  );
}

/** Never rejects: whatever fails is said. */
async function checkIn(scanned: string): Promise<Found> {
  const dot = scanned.indexOf('.');
  const sessionId = SessionId.safeParse(scanned.slice(0, dot));
  const code = scanned.slice(dot + 1);
  if (!sessionId.success) return { kind: 'trouble', error: new ApiError('CODE_UNKNOWN') };
  try {
    const { venueName } = await call(venueRoutes.checkInByCode, {
      params: { sessionId: sessionId.data },
      body: { code },
      key: newId(),
    });
    return { kind: 'in', sessionId: sessionId.data, venueName };
  } catch (thrown) {
    return { kind: 'trouble', error: asApiError(thrown) };
  }
}
