import { groupsTold } from './closing.ts';
import { firstDifference, type Difference } from './differing.ts';
import type { PollFile } from './exporting.ts';
import type { PollResult } from './result.ts';
import { hasBox } from './poll.ts';
import { isDetached, type Chamber } from './rules.ts';
import { isByHand, turnoutIn } from './totals.ts';
import type { Turnout } from './turnout.ts';
import { dueIn } from './voters.ts';

/** How many papers of a chamber were found; null where they are not in the file. */
export type Found = { readonly cast: number; readonly blank: number } | null;

/**
 * The first number of people of a chamber that does not follow from the file, or cannot be [B26]. Due and present at the opening are
 * the roll's; entitled and issued are the electorate's; what was cast are the papers. Who was present at the stop, and who of the
 * voters was there, cannot be found out: those are taken as told within what they can be.
 */
export function wrongPeople(
  file: PollFile,
  chamber: Chamber,
  told: Turnout,
  found: Found,
): Difference | null {
  const voters = file.electorate.filter(({ role }) => chamber.roles.includes(role));
  const entitled = voters.length;
  const { due, present } = dueAndPresent(file, chamber);
  const { cast, blank } = found ?? { ...told, blank: file.draft.rules.allowsBlank ? told.blank : 0 };
  const issued = hasBox(file) ? between(told.issued, cast, entitled) : entitled;
  const seen = new Set<string>(file.ballots?.map(({ by }) => by));
  const there = voters.filter(({ id, isHere }) => isHere === true || seen.has(id)).length;
  const isCounted = isByHand(file.draft);
  // Hands are counted, not asked whose they are.
  const voted = isCounted ? 0 : hasBox(file) ? issued : cast;
  const least = Math.min(entitled, Math.max(there, voted));
  const entitledPresent = between(told.entitledPresent, least, entitled);
  const ours = {
    ...told,
    due,
    presentAtOpening: present,
    presentAtStop: between(told.presentAtStop, 0, due),
    entitled,
    entitledPresent,
    issued,
    cast: Math.min(cast, entitled),
    blank,
    invalid: 0,
    valid: cast - blank,
    silent: Math.max(0, entitledPresent - cast),
    ...(isCounted ? turnoutIn(file.totals, { ...told, presentAtOpening: present, entitledPresent }) : {}),
  };
  return firstDifference(told, ours, ['turnout']);
}

/** Of polls whose due were frozen by name, as many as are named; of others what the roll says [B70]. */
function dueAndPresent(file: PollFile, chamber: Chamber): { readonly due: number; readonly present: number } {
  const roll = file.roll.find(({ id }) => id === chamber.id);
  const due = dueIn(file, chamber);
  if (roll === undefined) return { due: due.length, present: due.length };
  if (roll.voteless === undefined) return roll;
  const here = new Set(due.filter(({ isHere }) => isHere === true).map(({ id }) => id));
  return { due: new Set(due.map(({ id }) => id)).size, present: here.size };
}

function between(told: number, least: number, most: number): number {
  return Math.min(Math.max(told, least), most);
}

/** The first thing told of a role that does not follow from the papers, or, where they carry no name, cannot be. */
export function wrongGroups(file: PollFile, lots: readonly string[]): Difference | null {
  const { draft, electorate, ballots, result } = file;
  if (ballots !== null || hasBox(file) || isByHand(draft)) {
    const voted = new Set<string>(ballots?.map(({ by }) => by));
    const ours = groupsTold({ draft, electorate, ballots, hasVoted: (id) => voted.has(id) }, lots);
    return firstDifference(result.groups, ours, ['groups']);
  }
  const bounds = groupsTold({ draft, electorate, ballots, hasVoted: () => true }, lots);
  const ours = bounds.map((bound, n): PollResult['groups'][number] => {
    const told = result.groups[n];
    // Nobody can count a role whose papers carry no name.
    const count = isDetached(draft.rules.secrecy) ? null : (told?.count ?? null);
    return { ...bound, cast: between(told?.cast ?? 0, 0, bound.entitled), count };
  });
  return firstDifference(result.groups, ours, ['groups']) ?? wrongSum(file);
}

/** Whoever cast a paper of a chamber has one of its roles. */
function wrongSum({ draft, result }: PollFile): Difference | null {
  for (const [n, { roles }] of draft.rules.chambers.entries()) {
    const told = result.chambers[n]?.turnout.cast ?? 0;
    const ours = result.groups
      .filter(({ role }) => roles.includes(role))
      .reduce((sum, { cast }) => sum + cast, 0);
    if (told !== ours) return { path: ['turnout', 'cast'], told, ours };
  }
  return null;
}
