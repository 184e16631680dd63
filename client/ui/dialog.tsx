import { useId, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import styles from './dialog.module.css';
import { useModal } from './use-modal.ts';

interface DialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** full: the whole screen. */
  readonly width?: 'narrow' | 'middle' | 'wide' | 'full';
  /** What the cross in the corner is called; without it there is none, and the content has a way out. */
  readonly closeLabel?: string;
  readonly className?: string | undefined;
  readonly bodyClassName?: string | undefined;
}

/** A window over the page, named by its title. Behind it the page stands still (base.css). */
export function Dialog({ isOpen, ...rest }: DialogProps) {
  return isOpen ? createPortal(<OpenDialog {...rest} />, document.body) : null;
}

function OpenDialog(props: Omit<DialogProps, 'isOpen'>) {
  const { title, onClose, children, width = 'narrow', closeLabel } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useModal(box, onClose);
  return (
    <div className={styles.layer} data-width={width}>
      <div className={styles.veil} onClick={onClose} aria-hidden="true" />
      <div
        ref={box}
        role="dialog"
        aria-modal="true"
        aria-labelledby={id}
        tabIndex={-1}
        className={`${styles.window} ${props.className ?? ''}`}
      >
        <div className={styles.head}>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          {closeLabel === undefined ? null : (
            <button type="button" className={styles.close} aria-label={closeLabel} onClick={onClose}>
              <span aria-hidden="true">✕</span>
            </button>
          )}
        </div>
        <div className={`${styles.body} ${props.bodyClassName ?? ''}`}>{children}</div>
      </div>
    </div>
  );
}
