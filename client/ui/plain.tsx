import { useEffect, useRef, type ReactNode } from 'react';
import { Mark, type MarkName } from './mark.tsx';
import styles from './plain.module.css';

interface PlainProps {
  readonly title: string;
  readonly mark: MarkName;
  /** What happened, and the next step as the first button. */
  readonly children: ReactNode;
  /** A heading of a panel rather than of a page. */
  readonly isPanel?: boolean;
}

/** A plain page or panel that says one thing and what to do next. A page takes the focus to its heading. */
export function Plain({ title, mark, children, isPanel = false }: PlainProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const Heading = isPanel ? 'h2' : 'h1';
  useEffect(() => {
    if (!isPanel) heading.current?.focus();
  }, [isPanel, title]);
  return (
    <div className={isPanel ? styles.panel : styles.page}>
      <Mark name={mark} />
      <Heading ref={heading} tabIndex={-1}>
        {title}
      </Heading>
      {children}
    </div>
  );
}
