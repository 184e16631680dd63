import { useSyncExternalStore } from 'react';
import { useText } from '../lib/i18n.ts';
import { Button } from './button.tsx';
import styles from './notices.module.css';

/** A short message about what just happened. Bad news stays until it is closed. */
export type Notice = { readonly id: number; readonly tone: 'good' | 'bad' | 'calm'; readonly text: string };

const STAYS_MS = 6_000;
const listeners = new Set<() => void>();
let notices: readonly Notice[] = [];
let lastId = 0;

/** Tells the person something, once; the same words twice in a row are told once. */
export function notify(tone: Notice['tone'], text: string): void {
  if (notices.some((notice) => notice.text === text)) return;
  lastId += 1;
  const id = lastId;
  set([...notices.slice(-2), { id, tone, text }]);
  if (tone !== 'bad') setTimeout(() => dismiss(id), STAYS_MS);
}

function dismiss(id: number): void {
  set(notices.filter((notice) => notice.id !== id));
}

/** The region where notices appear: always in the page, so that a reader hears what comes into it. */
export function Notices() {
  const t = useText();
  const shown = useSyncExternalStore(subscribe, () => notices);
  return (
    <div className={styles.region} role="region" aria-label={t('shell:notices')} aria-live="polite">
      {shown.map((notice) => (
        <div key={notice.id} className={styles.notice} data-tone={notice.tone}>
          <p dir="auto">{notice.text}</p>
          <Button kind="quiet" isSmall aria-label={t('shell:noticeClose')} onClick={() => dismiss(notice.id)}>
            <span aria-hidden="true">✕</span>
          </Button>
        </div>
      ))}
    </div>
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
