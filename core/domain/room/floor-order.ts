import { sideOf, type FloorOrder, type RequestKind } from '../floor.ts';
import type { ParticipantId } from '../ids.ts';
import { speaksIn, spokenMsOf } from './floor-time.ts';
import { floorRulesOf, speakerOf, type FloorRequest, type Room, type Turn } from './state.ts';

/** Why somebody is called before somebody else [F5]. */
export const AHEAD_BECAUSE = ['kind', 'booked', 'not_spoken', 'less_time', 'in_turn', 'earlier'] as const;
export type AheadBecause = (typeof AHEAD_BECAUSE)[number];

/** Somebody in the queue, and what they may be told about their place. */
export type Waiting = {
  readonly request: FloorRequest;
  /** From 1. */
  readonly place: number;
  /** How many of those before are there for which reason; together place - 1. */
  readonly ahead: Readonly<Partial<Record<AheadBecause, number>>>;
};

const RANK: Readonly<Record<RequestKind, number>> = { procedural: 0, follow_up: 1, speech: 2 };

/** What the order looks at, of one who waits. */
type Candidate = {
  readonly request: FloorRequest;
  readonly rank: number;
  readonly isBooked: boolean;
  readonly hasSpoken: boolean;
  readonly spokenMs: number;
  /** Whose turn it is among groups that alternate. */
  readonly group: string;
  readonly arrival: number;
};

/**
 * Who waits, in the order in which they are called [F5]: procedural motions, then follow-ups, then speeches that were
 * booked, then the others; among equals as the rules of the session say, and at last as they came. It only looks at
 * turns that have ended, so it stands still while somebody speaks.
 */
export function floorQueue(room: Room): readonly Waiting[] {
  const { order } = floorRulesOf(room);
  const called = candidatesInOrder(room, order);
  return called.map((candidate, index) => ({
    request: candidate.request,
    place: index + 1,
    ahead: countBy(called.slice(0, index).map((before) => because(order, before, candidate))),
  }));
}

/** Whoever is called next; undefined when nobody waits. */
export function firstInQueue(room: Room): FloorRequest | undefined {
  return candidatesInOrder(room, floorRulesOf(room).order)[0]?.request;
}

function candidatesInOrder(room: Room, order: FloorOrder): readonly Candidate[] {
  const sorted = room.queue
    .map((request, arrival) => candidateOf(room, request, { arrival, order }))
    .sort((a, b) => compare(order, a, b));
  return order.startsWith('alternate_') ? alternate(room, order, sorted) : sorted;
}

function candidateOf(
  room: Room,
  request: FloorRequest,
  { arrival, order }: { readonly arrival: number; readonly order: FloorOrder },
): Candidate {
  const isTheirs = (turn: Turn) =>
    request.venueId === undefined
      ? speakerOf(turn) === request.participantId
      : turn.venueId === request.venueId;
  const turns = room.turns.filter((turn) => turn.endedAt !== null && isTheirs(turn));
  return {
    request,
    arrival,
    rank: RANK[request.kind ?? 'speech'],
    isBooked: request.isBooked === true,
    hasSpoken: turns.length > 0,
    spokenMs: turns.reduce((sum, turn) => sum + spokenMsOf(turn, 0), 0),
    group: order === 'alternate_stances' ? sideOf(request.stance) : partyOf(room, request),
  };
}

/** Who takes turns where roles alternate: a group of roles, or a venue of its own. */
function partyOf(room: Room, of: Pick<Turn, 'participantId' | 'venueId'>): string {
  if (of.venueId !== undefined || of.participantId === null) return `venue ${of.venueId ?? ''}`;
  return speaksIn(room, of.participantId);
}

/** Each pair of reasons in which two may differ, the weightiest first; the sign says who is before. */
function differences(order: FloorOrder, a: Candidate, b: Candidate): readonly [AheadBecause, number][] {
  return [
    ['kind', a.rank - b.rank],
    ['booked', Number(b.isBooked) - Number(a.isBooked)],
    ['not_spoken', order === 'not_yet_spoken' ? Number(a.hasSpoken) - Number(b.hasSpoken) : 0],
    ['less_time', order === 'least_time' ? a.spokenMs - b.spokenMs : 0],
    ['earlier', a.arrival - b.arrival],
  ];
}

function compare(order: FloorOrder, a: Candidate, b: Candidate): number {
  return differences(order, a, b).find(([, difference]) => difference !== 0)?.[1] ?? 0;
}

function because(order: FloorOrder, before: Candidate, after: Candidate): AheadBecause {
  const found = differences(order, before, after).find(([, difference]) => difference !== 0);
  // In the order of those who alternate somebody who came later may be called before.
  return found === undefined || found[1] > 0 ? 'in_turn' : found[0];
}

/** Among speeches of one standing the group goes first that has not spoken for longest [F5]. */
function alternate(room: Room, order: FloorOrder, sorted: readonly Candidate[]): readonly Candidate[] {
  const last = lastSpoken(room, order);
  let turn = room.turns.length;
  const left = [...sorted];
  const called: Candidate[] = [];
  while (left.length > 0) {
    const [head] = left;
    if (head === undefined) break;
    const peers = left.filter(
      ({ rank, isBooked }) => rank === head.rank && isBooked === head.isBooked && rank === RANK.speech,
    );
    const next = peers.reduce<Candidate>(
      (best, peer) => ((last.get(peer.group) ?? -1) < (last.get(best.group) ?? -1) ? peer : best),
      peers[0] ?? head,
    );
    left.splice(left.indexOf(next), 1);
    called.push(next);
    last.set(next.group, turn);
    turn += 1;
  }
  return called;
}

/** The number of the last turn of each group. */
function lastSpoken(room: Room, order: FloorOrder): Map<string, number> {
  const last = new Map<string, number>();
  for (const [index, turn] of room.turns.entries()) {
    if ((turn.kind ?? 'speech') !== 'speech') continue;
    last.set(order === 'alternate_stances' ? sideOf(turn.stance) : partyOf(room, turn), index);
  }
  return last;
}

function countBy(reasons: readonly AheadBecause[]): Waiting['ahead'] {
  const counts: Partial<Record<AheadBecause, number>> = {};
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** The place of somebody in the queue, and why; null when they do not wait. */
export function waitingOf(room: Room, id: ParticipantId | null): Waiting | null {
  return (
    floorQueue(room).find(({ request }) => request.participantId === id && request.venueId === undefined) ??
    null
  );
}
