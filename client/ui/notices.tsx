import { useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import { useText } from '../lib/i18n.ts';
import { Button } from './button.tsx';
import styles from './notices.module.css';
import { OverWindows } from './over-windows.tsx';

/** A short message about what just happened. */
export type Notice = {
  readonly id: number;
  readonly tone: 'good' | 'bad' | 'calm';
  readonly text: string;
  /** Where it happened: bad news of one page says nothing on the next. */
  readonly path: string;
};

// Bad news takes longer to read; what must not be missed stands beside what it is about, not here.
const STAYS_MS = { good: 6_000, calm: 6_000, bad: 15_000 } as const;
const listeners = new Set<() => void>();
let notices: readonly Notice[] = [];
let lastId = 0;

/** Tells the person something, once; the same words twice in a row are told once. */
export function notify(tone: Notice['tone'], text: string): void {
  const path = window.location.pathname;
  if (notices.some((notice) => notice.text === text && notice.path === path)) return;
  lastId += 1;
  const id = lastId;
  set([...notices.slice(-2), { id, tone, text, path }]);
  setTimeout(() => dismiss(id), STAYS_MS[tone]);
}

function dismiss(id: number): void {
  set(notices.filter((notice) => notice.id !== id));
}

/** The region where notices appear: always in the page, so that a reader hears what comes into it. */
export function Notices() {
  const t = useText();
  const [path] = useLocation();
  const all = useSyncExternalStore(subscribe, () => notices);
  const shown = all.filter((notice) => notice.tone !== 'bad' || notice.path === path);
  return (
    <OverWindows>
      <div className={styles.region} role="region" aria-label={t('shell:notices')} aria-live="polite">
        {shown.map((notice) => (
          <div key={notice.id} className={styles.notice} data-tone={notice.tone}>
            <p dir="auto">{notice.text}</p>
            <Button
              kind="quiet"
              isSmall
              aria-label={t('shell:noticeClose')}
              onClick={() => dismiss(notice.id)}
            >
              <span aria-hidden="true">✕</span>
            </Button>
          </div>
        ))}
      </div>
    </OverWindows>
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}
