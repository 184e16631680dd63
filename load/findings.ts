import type { Envelope } from '../core/domain/events.ts';
import type { Room } from '../core/domain/room/state.ts';
import type { Line } from './line.ts';
import type { Operation, Step } from './history.ts';

/** What was promised and is not so. */
export type Broken = {
  readonly promise:
    | 'nothing acknowledged is lost'
    | 'nothing is there twice'
    | 'nothing is there that nobody said'
    | 'what was refused is not there'
    | 'the log has no gap'
    | 'everybody hears the same in the same order'
    | 'one ballot a person'
    | 'the tally is the sum of the ballots'
    | 'nobody reads less than was acknowledged before'
    | 'everybody has the same text'
    | 'who comes late gets everything';
  readonly what: string;
};

/** Everything that is held against the promises once it has become quiet. */
export type Evidence = {
  readonly steps: readonly Step[];
  /** The whole log, as somebody was given it who came last. */
  readonly log: readonly Envelope[];
  /** The snapshot that the last comer was given. */
  readonly late: Room;
  /** What each reader heard over their socket. */
  readonly heard: readonly { readonly reader: string; readonly line: Line; readonly repeated: number }[];
  readonly texts: readonly { readonly reader: string; readonly text: string }[];
};

/** Evidence with the deeds already put together. */
export type Case = Evidence & { readonly operations: readonly Operation[] };

/** Deeds of one kind. */
export function deedsOf<K extends Operation['deed']['kind']>(
  { operations }: Case,
  kind: K,
): (Operation & { readonly deed: Extract<Operation['deed'], { kind: K }> })[] {
  return operations.flatMap((operation) => {
    const { deed } = operation;
    return isKind(deed, kind) ? [{ ...operation, deed }] : [];
  });
}

function isKind<K extends Operation['deed']['kind']>(
  deed: Operation['deed'],
  kind: K,
): deed is Extract<Operation['deed'], { kind: K }> {
  return deed.kind === kind;
}

/** Groups by a name. */
export function groupBy<T>(all: readonly T[], nameOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const name = nameOf(one);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  return groups;
}
