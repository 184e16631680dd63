import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Button.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Loader.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '../ui/mantine.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { asApiError, isPassing } from '../lib/errors.ts';
import { useLook } from '../lib/look.ts';
import { styleNonce } from '../lib/nonce.ts';
import { theme } from '../ui/theme.ts';

interface DeskProps {
  readonly children: ReactNode;
}

// Open dialogs stop the page behind them from scrolling with a style element of their own; the little library
// that makes it looks for the page's nonce here.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && isPassing(asApiError(error).code),
    },
  },
});

/** What the working pages stand on; sign-in and join do without, to be light. */
export function Desk({ children }: DeskProps) {
  const { scheme } = useLook();
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={scheme}
      withCssVariables={false}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </MantineProvider>
  );
}
