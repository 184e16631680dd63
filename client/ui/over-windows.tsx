import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';

interface OverWindowsProps {
  readonly children: ReactNode;
}

/** What a person is told whatever window is open: it lies beside the page, which a window sets apart (use-modal.ts). */
export function OverWindows({ children }: OverWindowsProps) {
  return createPortal(<div data-over-windows="">{children}</div>, document.body);
}
