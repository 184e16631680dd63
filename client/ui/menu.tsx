import { useEffect, useRef, type ReactNode } from 'react';
import styles from './menu.module.css';

interface MenuProps {
  readonly label: ReactNode;
  /** Buttons and links; the menu closes when one is pressed. */
  readonly children: ReactNode;
}

/** A few things behind a word: the browser's own disclosure, closed by Escape, by a press elsewhere, by a choice. */
export function Menu({ label, children }: MenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const menu = details.current;
      const isEscape = event instanceof KeyboardEvent && event.key === 'Escape';
      const isElsewhere =
        event.type === 'pointerdown' && !(event.target instanceof Node && menu?.contains(event.target));
      if (menu?.open !== true || (!isEscape && !isElsewhere)) return;
      menu.open = false;
      if (isEscape) menu.querySelector('summary')?.focus();
    };
    document.addEventListener('keydown', close);
    document.addEventListener('pointerdown', close);
    return () => {
      document.removeEventListener('keydown', close);
      document.removeEventListener('pointerdown', close);
    };
  }, []);
  return (
    <details ref={details} className={styles.menu}>
      <summary>{label}</summary>
      <div
        className={styles.items}
        onClick={() => {
          if (details.current !== null) details.current.open = false;
        }}
      >
        {children}
      </div>
    </details>
  );
}
