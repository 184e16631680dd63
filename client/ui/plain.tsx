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
  return (
    <div className={isPanel ? styles.panel : styles.page}>
      <Mark name={mark} />
      {/* Another title is other news: the focus goes to it again. */}
      {isPanel ? <h2>{title}</h2> : <PageHeading key={title} title={title} />}
      {children}
    </div>
  );
}

function PageHeading({ title }: { readonly title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {title}
    </h1>
  );
}
