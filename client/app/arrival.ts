const PATIENCE_MS = 10_000;

/**
 * After a change of page the pressed link is gone and the focus with it: it goes on to the new page's heading or
 * main part as soon as that is there, and never takes it from something that has it. Ends by itself, or with the
 * person's next press.
 */
export function followToPage(document: Document): () => void {
  const seek = () => {
    const { activeElement, body } = document;
    const main = document.getElementById('content');
    if (main === null || (activeElement !== null && activeElement !== body)) return;
    const place = main.querySelector<HTMLElement>('h1[tabindex]') ?? main;
    place.focus({ preventScroll: true });
  };
  // A page comes in pieces: its code, then its data; each may replace the main part.
  const observer = new MutationObserver(seek);
  const timer = setTimeout(stop, PATIENCE_MS);
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('keydown', stop);
  document.addEventListener('pointerdown', stop);
  seek();
  function stop() {
    clearTimeout(timer);
    observer.disconnect();
    document.removeEventListener('keydown', stop);
    document.removeEventListener('pointerdown', stop);
  }
  return stop;
}
