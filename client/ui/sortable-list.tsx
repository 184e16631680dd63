import {
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import { useText } from '../lib/i18n.ts';
import { Button } from './button.tsx';
import styles from './sortable-list.module.css';
import { stepBefore, targetAt } from './sorting.ts';
import { VisuallyHidden } from './visually-hidden.tsx';

interface Sortable {
  readonly id: string;
  readonly title: string;
}

interface SortableListProps<T extends Sortable> {
  readonly label: string;
  readonly items: readonly T[];
  /** Whether an item can be moved, and whether another can be put before it. */
  readonly isMovable: (item: T) => boolean;
  /** before: the item that it is put before; null: the end. */
  readonly onPlace: (id: string, before: string | null) => void;
  readonly children: (item: T, index: number) => ReactNode;
}

type Act = 'handle' | 'up' | 'down';

/** A list that is put in order by dragging, by buttons, or by the arrow keys on a handle. */
export function SortableList<T extends Sortable>(props: SortableListProps<T>) {
  const { label, items, isMovable, onPlace, children } = props;
  const t = useText();
  const list = useRef<HTMLOListElement>(null);
  const pressed = useRef<{ readonly id: string; readonly act: Act } | null>(null);
  const [drag, setDrag] = useState<{ readonly id: string; readonly before: string | null } | null>(null);
  const [said, setSaid] = useState('');
  const order = items.map(({ id }) => id).join();
  useLayoutEffect(() => {
    // A row that was moved in the page loses the focus: it is given back to whoever moved it.
    const { id, act } = pressed.current ?? {};
    const at = items.findIndex((item) => item.id === id);
    const item = items[at];
    if (item === undefined || act === undefined) return;
    pressed.current = null;
    setSaid(t('shell:sort.moved', { title: item.title, place: at + 1, count: items.length }));
    const find = (name: Act) =>
      list.current?.querySelector<HTMLButtonElement>(`[data-sort="${item.id}"] [data-act="${name}"]`);
    const button = find(act);
    (button?.disabled === false ? button : find('handle'))?.focus();
    // -- only another order is a move; what else the items say is not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [order]);
  const step = (id: string, act: Act, by: -1 | 1) => {
    const before = stepBefore(items, { id, by, isMovable });
    if (before === undefined) return;
    pressed.current = { id, act };
    onPlace(id, before);
  };
  const onKeys = (id: string) => (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    // A key that is held down is one step: each of them goes to the server.
    if (event.repeat) return;
    step(id, 'handle', event.key === 'ArrowUp' ? -1 : 1);
  };
  const onDrag = (id: string) => (event: PointerEvent) => {
    if (drag?.id !== id) return;
    const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
    const before = targetAt(items, { id, y: event.clientY, rows, isMovable });
    if (before !== drag.before) setDrag({ id, before });
  };
  const drop = (id: string) => () => {
    if (drag?.id !== id) return;
    setDrag(null);
    if (drag.before === id) return;
    pressed.current = { id, act: 'handle' };
    onPlace(id, drag.before);
  };
  return (
    <>
      <ol
        role="list"
        ref={list}
        className={styles.list}
        aria-label={label}
        data-end={drag?.before === null || undefined}
      >
        {items.map((item, index) => {
          const { id, title } = item;
          const canMove = isMovable(item);
          const can = (by: -1 | 1) => stepBefore(items, { id, by, isMovable }) !== undefined;
          return (
            <li
              key={id}
              data-sort={id}
              className={styles.row}
              data-dragged={drag?.id === id || undefined}
              data-before={(drag !== null && drag.before === id && drag.id !== id) || undefined}
            >
              <button
                type="button"
                className={styles.handle}
                data-act="handle"
                disabled={!canMove}
                aria-label={t('shell:sort.handle', { title })}
                onKeyDown={onKeys(id)}
                onPointerDown={(event) => {
                  if (event.button !== 0) return;
                  event.currentTarget.setPointerCapture(event.pointerId);
                  setDrag({ id, before: id });
                }}
                onPointerMove={onDrag(id)}
                onPointerUp={drop(id)}
                onPointerCancel={() => setDrag(null)}
              >
                <span aria-hidden="true">⠿</span>
              </button>
              <div className={styles.content}>{children(item, index)}</div>
              {canMove ? (
                <div className={styles.steps}>
                  <Button
                    isSmall
                    data-act="up"
                    disabled={!can(-1)}
                    aria-label={t('shell:sort.up', { title })}
                    onClick={() => step(id, 'up', -1)}
                  >
                    <span aria-hidden="true">↑</span>
                  </Button>
                  <Button
                    isSmall
                    data-act="down"
                    disabled={!can(1)}
                    aria-label={t('shell:sort.down', { title })}
                    onClick={() => step(id, 'down', 1)}
                  >
                    <span aria-hidden="true">↓</span>
                  </Button>
                </div>
              ) : null}
            </li>
          );
        })}
      </ol>
      <VisuallyHidden>
        <span role="status">{said}</span>
      </VisuallyHidden>
    </>
  );
}
