import type { Reason } from '../../core/domain/refusals.ts';

/**
 * Whether what was written here is safe, as far as this browser can know. saved is said only after the server has
 * committed everything that was sent before; nothing else counts [W1].
 */
export type SaveState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving' }
  /** edits: made since this page was opened, and not saved. reason: of the server, where it gave one. */
  | { readonly kind: 'offline'; readonly edits: number; readonly reason?: Reason }
  /** What this page wrote is saved; what an earlier one wrote is on this device, and could not be read from it yet. */
  | { readonly kind: 'earlierUnread' }
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
  /** Edits that are not committed as a person counts them, who wrote a sentence and not thirty letters. */
  readonly edits: number;
  /** An earlier page left unsaved words on this device, which have not been read from it. */
  readonly isEarlierUnread: boolean;
  readonly refused: Reason | null;
  readonly readsBecause: Reason | null;
  /** Why there is no line, as far as the server or the way to it said; until there is one again. */
  readonly awayBecause: Reason | null;
  readonly ended: Reason | null;
};

export type SaveFact =
  | { readonly type: 'opened' }
  | { readonly type: 'lost' }
  | { readonly type: 'away'; readonly reason: Reason | null }
  | { readonly type: 'synced' }
  /** isGoingOn: it belongs to what was written a moment before. */
  | { readonly type: 'changed'; readonly isGoingOn?: boolean }
  | { readonly type: 'earlier'; readonly isUnread: boolean }
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
  edits: 0,
  isEarlierUnread: false,
  refused: null,
  readsBecause: null,
  awayBecause: null,
  ended: null,
};

/** Folds one more fact. */
export function learn(facts: SaveFacts, fact: SaveFact): SaveFacts {
  switch (fact.type) {
    case 'opened':
      return { ...facts, isOpen: true, wasOpen: true, isSynced: false, isConfirmed: false, refused: null };
    case 'lost':
      return { ...facts, isOpen: false, isSynced: false, isConfirmed: false };
    case 'away':
      return { ...facts, awayBecause: fact.reason };
    case 'synced':
      return { ...facts, isSynced: true, awayBecause: null };
    case 'changed':
      return { ...facts, version: facts.version + 1, edits: editsWith(facts, fact.isGoingOn === true) };
    case 'earlier':
      return { ...facts, isEarlierUnread: fact.isUnread };
    case 'echoed': {
      const acked = Math.min(facts.version, Math.max(facts.acked, fact.version));
      return {
        ...facts,
        acked,
        edits: Math.min(facts.edits, facts.version - acked),
        refused: null,
        isConfirmed: true,
      };
    }
    case 'refused':
      return { ...facts, refused: fact.reason };
    case 'standing':
      return { ...facts, readsBecause: fact.readsBecause };
    case 'ended':
      return { ...facts, isOpen: false, isSynced: false, isConfirmed: false, ended: fact.reason };
  }
}

function editsWith({ version, acked, edits }: SaveFacts, isGoingOn: boolean): number {
  return isGoingOn && version > acked ? Math.max(edits, 1) : edits + 1;
}

/** What the light says. */
export function saveStateOf(facts: SaveFacts): SaveState {
  const isAhead = facts.version > facts.acked;
  if (facts.ended !== null)
    return hasLost(facts, facts.ended)
      ? { kind: 'unsaved', reason: facts.ended }
      : { kind: 'readOnly', reason: facts.ended };
  if (!facts.isOpen) return offlineOf(facts);
  if (facts.refused !== null) return { kind: 'unsaved', reason: facts.refused };
  if (!facts.isSynced || !facts.isConfirmed) return isAhead ? { kind: 'saving' } : { kind: 'connecting' };
  if (isAhead) return { kind: 'saving' };
  if (facts.readsBecause !== null) return { kind: 'readOnly', reason: facts.readsBecause };
  return { kind: facts.isEarlierUnread ? 'earlierUnread' : 'saved' };
}

function offlineOf({ wasOpen, awayBecause, edits }: SaveFacts): SaveState {
  if (awayBecause !== null) return { kind: 'offline', edits, reason: awayBecause };
  return wasOpen || edits > 0 ? { kind: 'offline', edits } : { kind: 'connecting' };
}

/** What was saved stays saved when the text is closed to us; but for one that was put back to an earlier state. */
function hasLost({ version, acked, refused }: SaveFacts, ended: Reason): boolean {
  return version > acked || refused !== null || ended === 'TEXT_RESET';
}

/** Whether leaving now could lose something that a person wrote. */
export function isUnsafe(facts: SaveFacts): boolean {
  return facts.version > facts.acked || (facts.refused !== null && facts.ended === null);
}
