import type { Reason } from '../../core/domain/refusals.ts';

/**
 * Whether what was written here is safe, as far as this browser can know. saved is said only after the server has
 * committed everything that was sent before; nothing else counts [W1].
 */
export type SaveState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving' }
  /** edits: made since this page was opened, and only on this device. */
  | { readonly kind: 'offline'; readonly edits: number }
  /** Edits were refused, or the server closed the text for good. */
  | { readonly kind: 'unsaved'; readonly reason: Reason }
  /** This person only reads, for this reason. */
  | { readonly kind: 'readOnly'; readonly reason: Reason };

/** What is known about the way to the server and about what went over it. */
export type SaveFacts = {
  readonly isOpen: boolean;
  /** Whether a connection was ever open, so that its absence is worth a word. */
  readonly wasOpen: boolean;
  readonly isSynced: boolean;
  /** A barrier came back on this connection. */
  readonly isConfirmed: boolean;
  /** Local changes so far, and how many of them are committed. */
  readonly version: number;
  readonly acked: number;
  readonly refused: Reason | null;
  readonly readsBecause: Reason | null;
  readonly ended: Reason | null;
};

export type SaveFact =
  | { readonly type: 'opened' }
  | { readonly type: 'lost' }
  | { readonly type: 'synced' }
  | { readonly type: 'changed' }
  | { readonly type: 'echoed'; readonly version: number }
  | { readonly type: 'refused'; readonly reason: Reason }
  | { readonly type: 'standing'; readonly readsBecause: Reason | null }
  | { readonly type: 'ended'; readonly reason: Reason };

export const NOTHING_KNOWN: SaveFacts = {
  isOpen: false,
  wasOpen: false,
  isSynced: false,
  isConfirmed: false,
  version: 0,
  acked: 0,
  refused: null,
  readsBecause: null,
  ended: null,
};

/** Folds one more fact. */
export function learn(facts: SaveFacts, fact: SaveFact): SaveFacts {
  switch (fact.type) {
    case 'opened':
      return { ...facts, isOpen: true, wasOpen: true, isSynced: false, isConfirmed: false, refused: null };
    case 'lost':
      return { ...facts, isOpen: false, isSynced: false, isConfirmed: false };
    case 'synced':
      return { ...facts, isSynced: true };
    case 'changed':
      return { ...facts, version: facts.version + 1 };
    case 'echoed':
      return {
        ...facts,
        acked: Math.min(facts.version, Math.max(facts.acked, fact.version)),
        refused: null,
        isConfirmed: true,
      };
    case 'refused':
      return { ...facts, refused: fact.reason };
    case 'standing':
      return { ...facts, readsBecause: fact.readsBecause };
    case 'ended':
      return { ...facts, isOpen: false, isSynced: false, isConfirmed: false, ended: fact.reason };
  }
}

/** What the light says. */
export function saveStateOf(facts: SaveFacts): SaveState {
  const edits = facts.version - facts.acked;
  if (facts.ended !== null)
    return { kind: hasLost(facts, facts.ended) ? 'unsaved' : 'readOnly', reason: facts.ended };
  if (!facts.isOpen) return facts.wasOpen || edits > 0 ? { kind: 'offline', edits } : { kind: 'connecting' };
  if (facts.refused !== null) return { kind: 'unsaved', reason: facts.refused };
  if (!facts.isSynced || !facts.isConfirmed) return edits > 0 ? { kind: 'saving' } : { kind: 'connecting' };
  if (edits > 0) return { kind: 'saving' };
  return facts.readsBecause === null ? { kind: 'saved' } : { kind: 'readOnly', reason: facts.readsBecause };
}

/** What was saved stays saved when the text is closed to us; but for one that was put back to an earlier state. */
function hasLost({ version, acked, refused }: SaveFacts, ended: Reason): boolean {
  return version > acked || refused !== null || ended === 'TEXT_RESET';
}

/** Whether leaving now could lose something that a person wrote. */
export function isUnsafe(facts: SaveFacts): boolean {
  return facts.version > facts.acked || (facts.refused !== null && facts.ended === null);
}
