import { useState } from 'react';
import { asApiError, type ApiError } from '../../lib/errors.ts';

/** Something asked of the server from a dialog: whether it is under way, and why it failed. */
export function useWork(): {
  readonly isBusy: boolean;
  readonly error: ApiError | null;
  /** Never rejects: a failure is told in error. */
  readonly run: (work: () => Promise<void>) => Promise<void>;
} {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = async (work: () => Promise<void>) => {
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (thrown) {
      setError(asApiError(thrown));
    }
    setBusy(false);
  };
  return { isBusy, error, run };
}
