import type { ComponentPropsWithRef } from 'react';
import styles from './button.module.css';

export interface ButtonProps extends ComponentPropsWithRef<'button'> {
  /** main: the one act of a screen, cinnabar. plain: everything else. quiet: no border. danger: says so by colour and words. */
  readonly kind?: 'main' | 'plain' | 'quiet' | 'danger';
  /** Small ones stand in bars and rows; they grow in 长辈版. */
  readonly isSmall?: boolean;
  readonly isWide?: boolean;
  /** At work: stays pressable to the eye, ignores further presses, and is said to a reader. */
  readonly isBusy?: boolean;
}

export function Button({
  kind = 'plain',
  isSmall = false,
  isWide = false,
  isBusy = false,
  className,
  onClick,
  ...rest
}: ButtonProps) {
  const names = [styles.button, styles[kind], isSmall && styles.small, isWide && styles.wide, className];
  return (
    <button
      type="button"
      {...rest}
      className={names.filter((name) => typeof name === 'string').join(' ')}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? swallow : onClick}
    />
  );
}

/** Focus stays on the button while it works, so it is not disabled: its presses are dropped instead. */
function swallow(press: { preventDefault: () => void }): void {
  press.preventDefault();
}
