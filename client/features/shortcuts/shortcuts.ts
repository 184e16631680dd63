/** Single keys for what those do who run a session or keep its record. on: what the key goes to. */
export const SHORTCUTS = [
  { id: 'next', key: 'n', on: 'page', does: 'focus' },
  { id: 'screen', key: 'b', on: 'page', does: 'press' },
  { id: 'mark', key: 'm', on: 'card', does: 'press' },
  { id: 'spotlight', key: 's', on: 'card', does: 'press' },
  { id: 'merge', key: 'g', on: 'card', does: 'press' },
] as const;
export type Shortcut = (typeof SHORTCUTS)[number];

/** Keys that work while one writes the shared text: heard there, and listed with the others. */
export const WRITING_KEYS = [
  { id: 'cite', keys: 'Ctrl + Shift + E' },
  { id: 'draft', keys: 'Ctrl + Alt + D' },
] as const;

/** What asks for the list of keys. */
export const LIST_KEY = '?';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing'>;

/** The key that was meant; null: it belongs to somebody who writes, to the browser, or to a window over the page. */
export function keyMeant(pressed: Pressed, at: Element | null, isCovered: boolean): string | null {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.isComposing || isCovered) return null;
  if (
    at !== null &&
    at.closest('input, textarea, select, [contenteditable="true"], [role="textbox"]') !== null
  )
    return null;
  return pressed.key.toLowerCase();
}

/** The button of a shortcut: of the page, or of the card that has the focus. The button itself says whether it may. */
export function buttonOf({ id, on }: Shortcut, at: Element | null): HTMLElement | null {
  const place = on === 'page' ? document : (at?.closest('article[data-view-id]') ?? null);
  return place?.querySelector<HTMLElement>(`[data-shortcut="${id}"]`) ?? null;
}
