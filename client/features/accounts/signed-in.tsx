import { useEffect, type ReactNode } from 'react';
import { Redirect, useLocation } from 'wouter';
import type { Me } from '../../../core/contract/accounts.ts';
import { loadMe, useMe } from '../../lib/me.ts';
import { Failed, Loading } from '../../ui/states.tsx';
import { signInPath } from './next-path.ts';

interface SignedInProps {
  readonly children: (me: Me) => ReactNode;
}

/** Shows a page to somebody signed in; anybody else is led to the sign-in and back. */
export function SignedIn({ children }: SignedInProps) {
  const identity = useMe();
  const [here] = useLocation();
  useEffect(() => {
    // loadMe never rejects: its failure is an identity too.
    if (identity.kind === 'unknown') void loadMe();
  }, [identity.kind]);
  switch (identity.kind) {
    case 'unknown':
      return <Loading isPage />;
    case 'nobody':
      return <Redirect to={signInPath(here)} replace />;
    case 'failed':
      return <Failed error={identity.error} onRetry={() => void loadMe()} isPage />;
    case 'person':
      return children(identity.me);
  }
}
