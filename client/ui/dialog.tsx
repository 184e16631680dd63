import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '../lib/i18n.ts';
import { Button } from './button.tsx';
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
  /** Whether words would be lost when it closes by the veil or by Escape, which are easily met by mistake: it asks then. */
  readonly asks?: 'never' | 'ifTyped' | 'always';
  readonly className?: string | undefined;
  readonly bodyClassName?: string | undefined;
}

/** A window over the page, named by its title. Behind it the page stands still (base.css). */
export function Dialog({ isOpen, ...rest }: DialogProps) {
  return isOpen ? createPortal(<OpenDialog {...rest} />, document.body) : null;
}

function OpenDialog(props: Omit<DialogProps, 'isOpen'>) {
  const { title, onClose, children, width = 'narrow', closeLabel, asks = 'never' } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const isTyped = useRef(false);
  const wasAt = useRef<Element | null>(null);
  const [isAsking, setAsking] = useState(false);
  const stay = () => {
    setAsking(false);
    if (wasAt.current instanceof HTMLElement) wasAt.current.focus();
  };
  const leave = () => {
    if (isAsking) stay();
    else if (asks === 'never' || (asks === 'ifTyped' && !isTyped.current)) onClose();
    else {
      wasAt.current = document.activeElement;
      setAsking(true);
    }
  };
  useModal(box, leave);
  return (
    <div className={styles.layer} data-width={width}>
      <div className={styles.veil} onClick={leave} aria-hidden="true" />
      <div
        ref={box}
        role="dialog"
        aria-modal="true"
        aria-labelledby={id}
        tabIndex={-1}
        className={`${styles.window} ${props.className ?? ''}`}
        onInput={() => {
          isTyped.current = true;
        }}
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
        {isAsking ? <LeaveQuestion onStay={stay} onLeave={onClose} /> : null}
      </div>
    </div>
  );
}

function LeaveQuestion({ onStay, onLeave }: { readonly onStay: () => void; readonly onLeave: () => void }) {
  const t = useText();
  const id = useId();
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    <div className={styles.question} role="group" aria-labelledby={id}>
      <p id={id}>{t('shell:leave.question')}</p>
      <Button ref={stay} isSmall aria-describedby={id} onClick={onStay}>
        {t('shell:leave.stay')}
      </Button>
      <Button kind="danger" isSmall onClick={onLeave}>
        {t('shell:leave.leave')}
      </Button>
    </div>
  );
}
