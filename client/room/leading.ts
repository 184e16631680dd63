import { useEffect, useRef } from 'react';
import type { Cited } from '../../core/domain/citation.ts';
import type { Sentence } from '../../core/domain/citing.ts';
import type { ViewId } from '../../core/domain/ids.ts';

/**
 * Where somebody wants to be led in this room: to a view, to anything said by its seq, to a poll or a material, to a
 * sentence of the text; or that something is cited where they write.
 */
export type Lead =
  | { readonly to: 'view'; readonly viewId: ViewId }
  | { readonly to: 'said'; readonly seq: number }
  | { readonly to: 'poll' | 'material' | 'task' | 'item'; readonly id: string }
  | { readonly to: 'sentence'; readonly sentence: Pick<Sentence, 'block' | 'from' | 'to'> }
  | { readonly to: 'citing'; readonly cited: Cited };

type Follow = (lead: Lead) => boolean;

// The part that follows may only be drawn because of it: until then the lead waits.
let wanted: { readonly lead: Lead; readonly sinceMs: number } | null = null;
const followers = new Set<Follow>();

/** Asks the parts of the room on this page to lead there. */
export function leadTo(lead: Lead): void {
  wanted = { lead, sinceMs: performance.now() };
  // oxlint-disable-next-line unicorn/prefer-spread -- reason: followers come while they are asked
  for (const follow of Array.from(followers)) offer(follow);
}

/** Longer than a part takes to be fetched; later nobody remembers where they wanted to go. */
const WAITS_MS = 10_000;

function offer(follow: Follow): void {
  if (wanted !== null && performance.now() - wanted.sinceMs > WAITS_MS) wanted = null;
  if (wanted !== null && follow(wanted.lead)) wanted = null;
}

/** Follows leads while the component is shown; follow says whether it has led there, and nobody else needs to. */
export function useLeads(follow: Follow): void {
  const last = useRef(follow);
  useEffect(() => {
    last.current = follow;
  });
  useEffect(() => {
    const mine: Follow = (lead) => last.current(lead);
    followers.add(mine);
    offer(mine);
    return () => {
      followers.delete(mine);
    };
  }, []);
}

const FRAMES = 180;

/** Leads to polls, materials, tasks and items of the agenda, which are found by what they are marked with, as soon as they are drawn. */
export function useLeadsToMarked(): void {
  useLeads((lead) => {
    if (!('id' in lead)) return false;
    const selector = `[data-${lead.to}-id="${CSS.escape(lead.id)}"]`;
    const look = (left: number): void => {
      const found = document.querySelector<HTMLElement>(selector);
      if (found !== null) show(found);
      else if (left > 0) requestAnimationFrame(() => look(left - 1));
    };
    look(FRAMES);
    return true;
  });
}

function show(element: HTMLElement): void {
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.scrollIntoView({ block: 'center' });
  element.focus({ preventScroll: true });
}
