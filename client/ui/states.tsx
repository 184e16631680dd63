import { useEffect, useState, type ReactNode } from 'react';
import { reasonText, type ApiError } from '../lib/errors.ts';
import { useText } from '../lib/i18n.ts';
import { Button } from './button.tsx';
import { Plain } from './plain.tsx';
import styles from './states.module.css';

interface LoadingProps {
  readonly isPage?: boolean;
  /** How many grey lines stand for what is coming. */
  readonly lines?: number;
}

/** Nothing for 300 ms, then grey lines, and after 8 s words: a person is never left with a silent page. */
export function Loading({ isPage = false, lines = 4 }: LoadingProps) {
  const t = useText();
  const isShown = useAfter(300);
  const isSlow = useAfter(8_000);
  if (!isShown) return isPage ? <div className={styles.page} /> : null;
  return (
    <div className={isPage ? styles.page : styles.panel} role="status">
      <div className={styles.lines} aria-hidden="true">
        {Array.from({ length: lines }, (_, index) => (
          <div key={index} className={styles.line} />
        ))}
      </div>
      <p className={styles.words}>{isSlow ? t('shell:state.loadingSlow') : t('shell:state.loading')}</p>
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
}

/** There is nothing, and that is known: never shown while something is still on its way. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <Plain title={title} mark="empty" isPanel>
      {children}
    </Plain>
  );
}

interface FailedProps {
  readonly error: ApiError;
  readonly onRetry: () => void;
  readonly isPage?: boolean;
}

/** What went wrong in plain words, with the next step. Without permission there is nothing to retry. */
export function Failed({ error, onRetry, isPage = false }: FailedProps) {
  const t = useText();
  const isForbidden = error.code === 'FORBIDDEN';
  const title = isForbidden ? t('shell:state.forbidden') : t('shell:state.failed');
  return (
    <Plain title={title} mark={markOf(error)} isPanel={!isPage}>
      <p>{reasonText(t, error.reason, error.details)}</p>
      {isForbidden ? (
        <p>{t('shell:state.forbiddenHint')}</p>
      ) : (
        <Button kind="plain" onClick={onRetry}>
          {t('shell:state.retry')}
        </Button>
      )}
      {isPage ? <a href="/">{t('shell:state.home')}</a> : null}
      {error.requestId === null ? null : (
        <p className={styles.reference}>{t('shell:state.requestId', { id: error.requestId })}</p>
      )}
    </Plain>
  );
}

function markOf({ code }: ApiError) {
  if (code === 'OFFLINE' || code === 'UNAVAILABLE') return 'offline';
  if (code === 'FORBIDDEN') return 'forbidden';
  return code === 'NOT_FOUND' ? 'lost' : 'broken';
}

function useAfter(ms: number): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isOver;
}
