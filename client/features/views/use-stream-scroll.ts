import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { StreamRow } from './stream.ts';

const END_TOLERANCE_PX = 48;

export type StreamScroll = {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly list: RefObject<HTMLDivElement | null>;
  /** Seqs that came while the reader was elsewhere and have not been in sight yet. */
  readonly unseen: readonly number[];
  readonly onScroll: () => void;
  readonly toEnd: () => void;
  readonly toSeq: (seq: number) => boolean;
};

/**
 * Keeps the stream where its reader is: at the end it follows, elsewhere it stays and counts what came.
 * The browser's own scroll anchoring holds the place when something grows above.
 */
export function useStreamScroll(
  rows: readonly StreamRow[],
  isMine: (row: StreamRow) => boolean,
): StreamScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const known = useRef(newest(rows));
  const [unseen, setUnseen] = useState<readonly number[]>([]);

  const toEnd = useCallback(() => {
    isAtEnd.current = true;
    const box = scroller.current;
    if (box !== null) box.scrollTop = box.scrollHeight;
  }, []);

  const toSeq = useCallback((seq: number) => {
    const found = scroller.current?.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
    if (found === null || found === undefined) return false;
    isAtEnd.current = false;
    found.scrollIntoView({ block: 'center' });
    found.focus({ preventScroll: true });
    return true;
  }, []);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (box === null) return;
    isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < END_TOLERANCE_PX;
    setUnseen((seqs) => stillUnseen(box, seqs));
  }, []);

  useLayoutEffect(() => {
    const fresh = rows.filter((row) => row.seq > known.current);
    known.current = Math.max(known.current, newest(rows));
    if (isAtEnd.current) toEnd();
    const box = scroller.current;
    const others = fresh.filter((row) => !isMine(row)).map((row) => row.seq);
    if (box !== null && others.length > 0) setUnseen((seqs) => stillUnseen(box, [...seqs, ...others]));
    // One's own answer goes to its thread, which may be out of sight: show where it went.
    const own = fresh.find((row) => isMine(row) && row.kind === 'view' && row.isAnswer);
    if (own !== undefined && !isTyping()) toSeq(own.seq);
  }, [rows, isMine, toEnd, toSeq]);

  // The composer grows, the keyboard opens, a card gets its real height: the end stays the end.
  useEffect(() => {
    if (scroller.current === null || list.current === null) return undefined;
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) toEnd();
    });
    observer.observe(scroller.current);
    observer.observe(list.current);
    return () => observer.disconnect();
  }, [toEnd]);

  return { scroller, list, unseen, onScroll, toEnd, toSeq };
}

function newest(rows: readonly StreamRow[]): number {
  return rows.reduce((seq, row) => Math.max(seq, row.seq), 0);
}

function stillUnseen(box: HTMLElement, seqs: readonly number[]): readonly number[] {
  if (seqs.length === 0) return seqs;
  const { top, bottom } = box.getBoundingClientRect();
  const left = seqs.filter((seq) => {
    const card = box.querySelector(`[data-seq="${seq}"]`)?.getBoundingClientRect();
    return card === undefined || card.top >= bottom - 24 || card.bottom <= top + 24;
  });
  return left.length === seqs.length ? seqs : left;
}

function isTyping(): boolean {
  const active = document.activeElement;
  return active instanceof HTMLTextAreaElement && active.value !== '';
}
