import { useEffect } from 'react';
import { stopsOf } from './stops.ts';

/** The key that goes to the next part of a page, and with Shift to the one before: as between the panes of an office program. */
export const PART_KEY = 'F6';

const PARTS = 'header, nav, main, aside, section[aria-label], [role="region"], [role="tabpanel"]';

/** Hears the key wherever one is on the page, also while writing: it makes no letter. A window over the page keeps it. */
export function usePartKey(): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key !== PART_KEY || event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
        return;
      if (document.querySelector('[aria-modal="true"]') !== null) return;
      const next = partFrom(document, document.activeElement, event.shiftKey);
      if (next === null) return;
      event.preventDefault();
      next.focus();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
}

/** The first stop of the part behind, or before, the one that has the focus; round at the end. Null: there is none. */
export function partFrom(page: ParentNode, focus: Element | null, isBack: boolean): HTMLElement | null {
  const starts = [...new Set([...page.querySelectorAll(PARTS)].flatMap((part) => firstDrawn(part) ?? []))];
  const isBehind = (start: Element) =>
    focus === null || (focus.compareDocumentPosition(start) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  const isBefore = (start: Element) =>
    focus !== null && (focus.compareDocumentPosition(start) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  const found = isBack ? starts.filter(isBefore).pop() : starts.find(isBehind);
  return found ?? (isBack ? starts[starts.length - 1] : starts[0]) ?? null;
}

function firstDrawn(part: Element): HTMLElement | undefined {
  return stopsOf(part).find((stop) => stop.getClientRects().length > 0);
}
