import { useSyncExternalStore } from 'react';
import { kept } from './kept.ts';

/** How the product looks on this device: light or dark, and 长辈版 (large). Remembered; told to CSS on <html>. */
export type SchemeChoice = 'auto' | 'light' | 'dark';
export type Look = {
  readonly choice: SchemeChoice;
  /** What choice comes to now. */
  readonly scheme: 'light' | 'dark';
  readonly isLarge: boolean;
};

const SCHEME = 'shangliang.scheme';
const LARGE = 'shangliang.large';
const listeners = new Set<() => void>();
const systemDark = window.matchMedia?.('(prefers-color-scheme: dark)');
let look: Look = read();

/** Puts the look on the page before anything is drawn, and follows the system while the choice is auto. */
export function startLook(): void {
  systemDark?.addEventListener?.('change', refresh);
  refresh();
}

export function useLook(): Look {
  return useSyncExternalStore(subscribe, () => look);
}

export function chooseScheme(choice: SchemeChoice): void {
  kept.set(SCHEME, choice);
  refresh();
}

export function chooseLarge(isLarge: boolean): void {
  kept.set(LARGE, isLarge ? 'yes' : 'no');
  refresh();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): Look {
  const stored = kept.get(SCHEME);
  const choice = stored === 'light' || stored === 'dark' ? stored : 'auto';
  const isDark = choice === 'auto' ? (systemDark?.matches ?? false) : choice === 'dark';
  return { choice, scheme: isDark ? 'dark' : 'light', isLarge: kept.get(LARGE) === 'yes' };
}

function refresh(): void {
  look = read();
  const page = document.documentElement;
  page.setAttribute('data-scheme', look.scheme);
  page.toggleAttribute('data-large', look.isLarge);
  for (const listener of listeners) listener();
}
