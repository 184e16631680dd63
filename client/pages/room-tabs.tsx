import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import styles from './room.module.css';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** Something in it waits: how many, and in words. */
  readonly badge?: { readonly count: number; readonly words: string } | undefined;
}

interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly current: Id;
  readonly onChange: (id: Id) => void;
  readonly panel: ReactNode;
  readonly className?: string | undefined;
}

/** Tabs as readers and keys know them: one stop, arrows between, Home and End. */
export function Tabs<Id extends string>({ label, tabs, current, onChange, panel, className }: TabsProps<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.id === current);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    const next = tabs[(to + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onChange(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div className={className ?? styles.tabsBox}>
      <div role="tablist" aria-label={label} className={styles.tabs} ref={list} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`tab-${tab.id}`}
            data-tab={tab.id}
            aria-selected={tab.id === current}
            aria-controls={`panel-${tab.id}`}
            tabIndex={tab.id === current ? 0 : -1}
            className={styles.tab}
            onClick={() => onChange(tab.id)}
          >
            {tab.label}
            {tab.badge === undefined ? null : (
              <span className={styles.badge} role="img" aria-label={tab.badge.words}>
                {tab.badge.count}
              </span>
            )}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`panel-${current}`}
        aria-labelledby={`tab-${current}`}
        className={styles.panel}
      >
        {panel}
      </div>
    </div>
  );
}
