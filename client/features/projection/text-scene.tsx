import { useEffect, useRef, type ReactNode } from 'react';
import styles from './scenes.module.css';

/** The text as it is being written, in letters for the hall: what somebody writes is brought into sight. */
export function TextScene({ children }: { readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = box;
    if (current === null) return undefined;
    const watch = new MutationObserver((changes) => {
      const page = current.querySelector('[role=document]');
      const last = changes.map(({ target }) => target).filter((target) => page?.contains(target));
      const node = last[last.length - 1];
      const paragraph = node instanceof Element ? node : node?.parentElement;
      if (paragraph !== null && paragraph !== undefined && paragraph !== page)
        paragraph.scrollIntoView({ block: 'center' });
    });
    watch.observe(current, { subtree: true, childList: true, characterData: true });
    return () => watch.disconnect();
  }, []);
  return (
    <div ref={box} className={styles.text}>
      {children}
    </div>
  );
}
