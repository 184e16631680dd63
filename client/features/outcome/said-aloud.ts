import type { SaveState } from '../../lib/collab.ts';

/** What was said last, and whether it was of trouble. */
type Said = { readonly state: SaveState | null; readonly isOfTrouble: boolean };

export const NOTHING_SAID: Said = { state: null, isOfTrouble: false };

/**
 * Whoever listens to the page hears that something is not saved, once, and when it is again: not every pause of their
 * typing, nor each edit made without a line.
 */
export function nextSaid(said: Said, state: SaveState): Said {
  if (state.kind === 'unsaved' || state.kind === 'offline' || state.kind === 'earlierUnread')
    return said.isOfTrouble && isAlike(said.state, state)
      ? said
      : { state: uncounted(state), isOfTrouble: true };
  return state.kind === 'saved' && said.isOfTrouble ? { state, isOfTrouble: false } : said;
}

/** How many edits there are changes while somebody listens. */
function uncounted(state: SaveState): SaveState {
  return state.kind === 'offline' ? { ...state, edits: 0 } : state;
}

function isAlike(one: SaveState | null, other: SaveState): boolean {
  return one?.kind === other.kind && reasonIn(one) === reasonIn(other);
}

function reasonIn(state: SaveState): string | undefined {
  return 'reason' in state ? state.reason : undefined;
}
