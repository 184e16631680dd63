import type { ReactNode } from 'react';
import { Link } from 'wouter';
import styles from './button.module.css';

interface ButtonLinkProps {
  readonly to: string;
  readonly kind?: 'main' | 'plain' | 'quiet';
  readonly isSmall?: boolean;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** A way to another page that looks like a button. */
export function ButtonLink({
  to,
  kind = 'plain',
  isSmall = false,
  isWide = false,
  children,
}: ButtonLinkProps) {
  const names = [styles.button, styles[kind], isSmall && styles.small, isWide && styles.wide];
  return (
    <Link href={to} className={names.filter((name) => typeof name === 'string').join(' ')}>
      {children}
    </Link>
  );
}
