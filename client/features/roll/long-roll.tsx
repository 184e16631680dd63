import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactNode } from 'react';
import type { Seat } from '../../../core/domain/room/state.ts';
import styles from './roll.module.css';

interface LongRollProps {
  readonly label: string;
  readonly seats: readonly Seat[];
  readonly row: (seat: Seat) => ReactNode;
}

const GUESS_PX = 36;
const OVERSCAN = 10;

/** Hundreds of people: only those in sight are in the page, and readers are told how many there are. */
export function LongRoll({ label, seats, row }: LongRollProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- reason: nothing here is memoised over what it returns
  const virtual = useVirtualizer({
    count: seats.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => GUESS_PX,
    getItemKey: (index) => seats[index]?.id ?? index,
    overscan: OVERSCAN,
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- reason: WCAG 2.1.1, a scrolling frame needs focus
    <div className={styles.long} ref={scroller} tabIndex={0} role="region" aria-label={label}>
      <ul role="list" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const seat = seats[index];
          return seat === undefined ? null : (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={seats.length}
              aria-posinset={index + 1}
              style={{ top: start }}
            >
              {row(seat)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
