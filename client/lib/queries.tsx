import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { asApiError, isPassing } from './errors.ts';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && isPassing(asApiError(error).code),
    },
  },
});

interface QueriesProps {
  readonly children: ReactNode;
}

/** What pages that read lists stand on. Sign-in, join and the room do without, to be light. */
export function Queries({ children }: QueriesProps) {
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}
