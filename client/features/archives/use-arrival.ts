import { useEffect } from 'react';

/** So long a place is waited for that is drawn later than the page. */
const PATIENCE_MS = 10_000;

/** Leads whoever came with an address of a place in the record to it, once it is drawn: a page that is still empty has no such place. */
export function useArrival(): void {
  useEffect(() => {
    const id = decodeURIComponent(window.location.hash.slice(1));
    if (id === '') return undefined;
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => observer.disconnect(), PATIENCE_MS);
    let isThere = false;
    look();
    if (!isThere) observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };

    function look(): void {
      const place = isThere ? null : document.getElementById(id);
      if (place === null) return;
      isThere = true;
      observer.disconnect();
      for (
        let fold = place.closest('details');
        fold !== null;
        fold = fold.parentElement?.closest('details') ?? null
      )
        fold.open = true;
      // Asked again for the same place the browser goes there, and the style of what one came for holds.
      window.location.replace(window.location.href);
      place.scrollIntoView({ block: 'center' });
    }
  }, []);
}
