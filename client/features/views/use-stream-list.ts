import { useVirtualizer, type Range, type Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** One card of the stream; seq is null for what is on its way. */
export type Card = { readonly key: string; readonly seq: number | null; readonly isMine: boolean };

/** Seqs of what is new, all on one side of what is in sight. By thread, an answer stands above what is older. */
export type News = { readonly side: 'above' | 'below'; readonly seqs: readonly number[] };

export type StreamPlace = {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** What stands above the first card. */
  readonly head: RefObject<HTMLDivElement | null>;
  readonly onNearStart: () => void;
};

export type StreamList = {
  readonly virtual: Virtualizer<HTMLDivElement, HTMLDivElement>;
  /** What came while the reader was elsewhere and has not been in sight yet; null when nothing has. */
  readonly news: News | null;
  readonly onScroll: () => void;
  readonly toStart: () => void;
  readonly toEnd: () => void;
  /** Brings a card into sight and gives it the focus. */
  readonly toIndex: (index: number) => void;
};

/** Up to here all cards are in the page: finding words with the browser then finds them all. */
const ALL_UP_TO = 80;
const OVERSCAN = 6;
const END_TOLERANCE_PX = 48;
/** What a card is taken for until it was measured. */
const GUESS_PX = 150;
/** Closer to the beginning than this, earlier ones are fetched. */
const NEAR_START_PX = 600;

/**
 * Keeps the stream where its reader is: at the end it follows, elsewhere it stays and counts what came; what is put in
 * above pushes nothing away. Only cards in sight are in the page, and the one that has the focus.
 */
export function useStreamList(
  cards: readonly Card[],
  { scroller, head, onNearStart }: StreamPlace,
): StreamList {
  const headPx = useBottom(head);
  const focused = useRef<string | null>(null);
  const keyAt = useCallback((index: number) => cards[index]?.key ?? index, [cards]);
  const { unseen, look } = useUnseen(cards);
  // oxlint-disable-next-line react/incompatible-library -- reason: nothing here is memoised over what it returns
  const virtual = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: cards.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => GUESS_PX,
    // Before it is measured it is taken for the window: the first cards are drawn with the page, not after it at one go.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    getItemKey: keyAt,
    overscan: OVERSCAN,
    scrollMargin: headPx,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: END_TOLERANCE_PX,
    rangeExtractor: (range) => indexesOf(range, cards, focused.current),
    onChange: ({ range }) => look(range),
  });
  const { toIndex, settleFocus } = useFocus(scroller, virtual);
  useLayoutEffect(settleFocus);

  const toStart = useCallback(() => virtual.scrollToOffset(0), [virtual]);
  const toEnd = useCallback(() => virtual.scrollToEnd(), [virtual]);
  // A reader who comes in begins with the newest.
  useLayoutEffect(() => virtual.scrollToEnd(), [virtual]);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    const active = document.activeElement?.closest<HTMLElement>('[data-card]');
    focused.current =
      active !== null && active !== undefined && box?.contains(active)
        ? (active.dataset['card'] ?? null)
        : null;
    if (box !== null && box.scrollTop < NEAR_START_PX) onNearStart();
  }, [scroller, onNearStart]);
  return { virtual, news: newsOf(unseen, cards, virtual.range), onScroll, toStart, toEnd, toIndex };
}

function indexesOf(range: Range, cards: readonly Card[], focused: string | null): number[] {
  const isSmall = range.count <= ALL_UP_TO;
  const from = isSmall ? 0 : Math.max(0, range.startIndex - range.overscan);
  const to = isSmall ? range.count - 1 : Math.min(range.count - 1, range.endIndex + range.overscan);
  const indexes: number[] = [];
  for (let index = from; index <= to; index += 1) indexes.push(index);
  const held = focused === null ? -1 : cards.findIndex(({ key }) => key === focused);
  if (held === -1 || (held >= from && held <= to)) return indexes;
  return held < from ? [held, ...indexes] : [...indexes, held];
}

/** A card that is not in the page cannot have the focus: it is scrolled to first, and focused once it is there. */
function useFocus(
  scroller: RefObject<HTMLDivElement | null>,
  virtual: Virtualizer<HTMLDivElement, HTMLDivElement>,
) {
  const wanted = useRef<number | null>(null);
  const settleFocus = useCallback(() => {
    if (wanted.current === null) return;
    const card = scroller.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] > article`);
    if (card === null || card === undefined) return;
    wanted.current = null;
    card.focus({ preventScroll: true });
  }, [scroller]);
  const toIndex = useCallback(
    (index: number) => {
      wanted.current = index;
      virtual.scrollToIndex(index, { align: 'center' });
      settleFocus();
    },
    [virtual, settleFocus],
  );
  return { toIndex, settleFocus };
}

type InSight = { readonly startIndex: number; readonly endIndex: number } | null;

/** What others said behind the reader's back. look: told with every change what is in sight. */
function useUnseen(cards: readonly Card[]) {
  const [unseen, setUnseen] = useState<readonly number[]>([]);
  const known = useRef(newest(cards));
  const inSight = useRef<InSight>(null);
  const shown = useRef(cards);
  const look = useCallback((range: InSight) => {
    inSight.current = range;
    setUnseen((seqs) => without(seqs, shown.current, range));
  }, []);
  useEffect(() => {
    shown.current = cards;
    const fresh = cards.flatMap(({ seq, isMine }) =>
      seq !== null && seq > known.current && !isMine ? [seq] : [],
    );
    known.current = Math.max(known.current, newest(cards));
    if (fresh.length > 0) setUnseen((seqs) => without([...seqs, ...fresh], cards, inSight.current));
  }, [cards]);
  return { unseen, look };
}

function without(seqs: readonly number[], cards: readonly Card[], range: InSight): readonly number[] {
  if (seqs.length === 0 || range === null) return seqs;
  const seen = new Set(cards.slice(range.startIndex, range.endIndex + 1).map(({ seq }) => seq));
  const left = seqs.filter((seq) => !seen.has(seq));
  return left.length === seqs.length ? seqs : left;
}

function newsOf(unseen: readonly number[], cards: readonly Card[], range: InSight): News | null {
  if (unseen.length === 0) return null;
  const before = new Set(cards.slice(0, range?.startIndex ?? 0).map(({ seq }) => seq));
  const above = unseen.filter((seq) => before.has(seq));
  return above.length > 0 ? { side: 'above', seqs: above } : { side: 'below', seqs: unseen };
}

/** Where the first card begins, from the top of what is scrolled. */
function useBottom(element: RefObject<HTMLDivElement | null>): number {
  const [px, setPx] = useState(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const watch = new ResizeObserver(() => setPx(current.offsetTop + current.offsetHeight));
    watch.observe(current);
    return () => watch.disconnect();
  }, [element]);
  return px;
}

function newest(cards: readonly Card[]): number {
  return cards.reduce((seq, card) => Math.max(seq, card.seq ?? 0), 0);
}
