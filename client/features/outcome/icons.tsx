import type { ReactNode } from 'react';

const PATHS: Readonly<Record<string, string>> = {
  bulletList: 'M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01',
  orderedList: 'M10 6h10M10 12h10M10 18h10M4 5l1.5-1v5M4 14.5c0-2 3-2 3-.3 0 1.2-3 2.3-3 3.8h3',
  blockquote: 'M9 7c-3 1-4 3-4 6v4h5v-5H6.5M19 7c-3 1-4 3-4 6v4h5v-5h-3.5',
  horizontalRule: 'M4 12h16M7 6h10M7 18h10',
  undo: 'M9 6L4 11l5 5M4 11h10a6 6 0 0 1 0 8',
  carets: 'M6 5v14M4 5h4M4 19h4M10 8h10v6H10z',
  redo: 'M15 6l5 5-5 5M20 11H10a6 6 0 0 0 0 8',
};
const LETTERS: Readonly<Record<string, ReactNode>> = {
  heading1: 'H1',
  heading2: 'H2',
  heading3: 'H3',
  bold: <b>B</b>,
  italic: <i>I</i>,
  underline: <u>U</u>,
  strike: <s>S</s>,
};

/** What stands on a button; its name is told by the button itself. */
export function ToolIcon({ id }: { readonly id: string }): ReactNode {
  const path = PATHS[id];
  if (path === undefined) return <span aria-hidden="true">{LETTERS[id]}</span>;
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
