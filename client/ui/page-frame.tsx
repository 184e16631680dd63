import { useEffect, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useText } from '../lib/i18n.ts';
import { DisplayBar } from './display-bar.tsx';
import { Notices } from './notices.tsx';
import { PART_KEY, usePartKey } from './parts.ts';
import styles from './page-frame.module.css';

interface PageFrameProps {
  /** Of the browser's tab. */
  readonly title: string;
  readonly children: ReactNode;
  /** Beside the product's name: e.g. who is signed in. */
  readonly bar?: ReactNode;
  readonly isWide?: boolean;
}

/** Top bar, skip link, notices and the main part of an ordinary page. The room has a frame of its own. */
export function PageFrame({ title, children, bar, isWide = false }: PageFrameProps) {
  const t = useText();
  useTitle(title);
  return (
    <div className={styles.frame}>
      <SkipLink />
      <header className={styles.bar}>
        <Link className={styles.product} href="/">
          <span className={styles.seal} aria-hidden="true">
            商
          </span>
          <span className={styles.word}>{t('shell:product')}</span>
        </Link>
        <div className={styles.tools}>
          {bar}
          <DisplayBar />
        </div>
      </header>
      <Notices />
      <main id="content" tabIndex={-1} className={isWide ? styles.wide : styles.main}>
        {children}
      </main>
    </div>
  );
}

/** First stop of the keyboard: past the bar, to what the page is about; and the key that leads from part to part. */
export function SkipLink() {
  const t = useText();
  usePartKey();
  return (
    <a className={styles.skip} href="#content">
      {t('shell:skip', { key: PART_KEY })}
    </a>
  );
}

/** Names the browser's tab while the component is shown. */
export function useTitle(title: string): void {
  const t = useText();
  useEffect(() => {
    document.title = `${title} · ${t('shell:product')}`;
  }, [title, t]);
}
