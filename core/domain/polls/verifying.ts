import { canonical } from '../canonical.ts';
import type { Weighed } from './count.ts';
import { lotsOf, papersOf, unweighed } from './closing.ts';
import { firstDifference } from './differing.ts';
import type { PollFile } from './exporting.ts';
import { judgePaper } from './judging.ts';
import type { Paper } from './paper.ts';
import { chamberResult, uncountedResult, type ChamberResult } from './result.ts';
import { papersIn as counted, turnoutIn } from './totals.ts';
import { isDetached, type Chamber } from './rules.ts';
import { sealOf } from './sealing.ts';

/**
 * What is held against a file [B26]. seal: rules and roll are those that were shown; voters: each is on the roll, once; papers:
 * each is one that the poll takes; turnout: as many as the result says, and no more than could vote; count and verdict:
 * what the papers give by the rules. hidden: who chose what is not in this file, so only the numbers' sums can be asked.
 */
export type PollCheck = 'seal' | 'voters' | 'papers' | 'turnout' | 'count' | 'verdict';
/**
 * Where a file first says something else than what follows from it: a seal; somebody who is not on the roll, or is there twice;
 * a paper, the nth of those with names or of those without; or a number of a chamber, with the way to it.
 */
export type Place =
  | { readonly of: 'seal'; readonly told: string; readonly ours: string }
  | { readonly of: 'voter'; readonly id: string; readonly why: 'unknown' | 'twice' }
  | { readonly of: 'paper'; readonly n: number; readonly by: string | null }
  | {
      readonly of: 'number';
      readonly chamber: string;
      readonly path: readonly string[];
      readonly told: unknown;
      readonly ours: unknown;
    };

/** at: null where it holds. */
export type PollFinding = {
  readonly check: PollCheck;
  readonly holds: boolean;
  readonly at: Place | null;
};
export type PollVerified = {
  readonly holds: boolean;
  /** Whether papers were there to be counted. */
  readonly isRecounted: boolean;
  readonly findings: readonly PollFinding[];
};

/** Counts a poll again from its file, and takes nothing of its result on trust. */
export function verifyPoll(file: PollFile): PollVerified {
  const isHidden = file.ballots === null && (!isDetached(file.draft.rules.secrecy) || isErased(file));
  const found = (check: PollCheck, at: Place | null): PollFinding => ({ check, holds: at === null, at });
  const findings: PollFinding[] = [
    found('seal', wrongSeal(file)),
    ...(isHidden ? [] : [found('voters', wrongVoter(file)), found('papers', wrongPaper(file))]),
    found('turnout', wrongTurnout(file, isHidden)),
    ...(isHidden
      ? []
      : [
          found(
            'count',
            wrongNumber(file, ({ id, count, unweighed, weighs }) => ({ id, count, unweighed, weighs })),
          ),
          found(
            'verdict',
            wrongNumber(file, ({ voice, verdict }) => ({ voice, verdict })),
          ),
        ]),
  ];
  return { holds: findings.every(({ holds }) => holds), isRecounted: !isHidden, findings };
}

/** Words on papers can be erased, and their papers with them: the numbers stay, and there is nothing to count. */
function isErased({ papers, result }: PollFile): boolean {
  return papers.length === 0 && result.chambers.some(({ turnout }) => turnout.cast > 0);
}

function wrongSeal({ draft, electorate, key, seal: told }: PollFile): Place | null {
  const ours = sealOf(draft, electorate, key);
  return ours === told ? null : { of: 'seal', told, ours };
}

function wrongVoter({ ballots, electorate, stood = {} }: PollFile): Place | null {
  const roll = new Set<string>(electorate.map(({ id }) => id));
  const seen = new Set<string>();
  for (const { by } of ballots ?? []) {
    if (!roll.has(by)) return { of: 'voter', id: by, why: 'unknown' };
    if (seen.has(by)) return { of: 'voter', id: by, why: 'twice' };
    seen.add(by);
  }
  // Nobody stands for somebody who has no place.
  const stray = Object.keys(stood).find((place) => !roll.has(place));
  return stray === undefined ? null : { of: 'voter', id: stray, why: 'unknown' };
}

function wrongPaper({ draft, ballots, papers }: PollFile): Place | null {
  const named = (ballots ?? []).map(({ by, paper }, n) => ({ n, by, paper }));
  const nameless = papers.map((paper, n) => ({ n, by: null, paper }));
  const wrong = [...named, ...nameless].find(({ paper }) => {
    const judged = judgePaper(draft, paper);
    return !judged.ok || canonical(judged.value) !== canonical(paper);
  });
  return wrong === undefined ? null : { of: 'paper', n: wrong.n + 1, by: wrong.by };
}

function wrongTurnout(file: PollFile, isHidden: boolean): Place | null {
  const { chambers } = file.draft.rules;
  for (const [n, chamber] of chambers.entries()) {
    const turnout = file.result.chambers[n]?.turnout ?? null;
    const entitled = file.electorate.filter(({ role }) => chamber.roles.includes(role)).length;
    const papers = papersIn(file, chamber);
    const cast = isHidden ? (turnout?.cast ?? 0) : papers.length;
    const blank = isHidden
      ? (turnout?.blank ?? 0)
      : papers.filter(({ paper }) => paper.shape === 'blank').length;
    const isByTellers = file.draft.ask.kind === 'counted';
    const ours = {
      ...turnout,
      entitled,
      cast: Math.min(cast, entitled),
      blank,
      valid: cast - blank - (turnout?.invalid ?? 0),
      ...(isByTellers ? turnoutIn(file.totals, turnout ?? NOBODY_SEEN) : {}),
    };
    const found = firstDifference(turnout, ours, ['turnout']);
    if (found !== null) return { of: 'number', chamber: chamber.id, ...found };
  }
  return numberOfChambers(file);
}

const NOBODY_SEEN = { presentAtOpening: 0, presentAtStop: 0, entitledPresent: 0 };

function numberOfChambers({ draft, result }: PollFile): Place | null {
  const [told, ours] = [result.chambers.length, draft.rules.chambers.length];
  return told === ours ? null : { of: 'number', chamber: '', path: ['chambers'], told, ours };
}

/** The first part of a chamber's result that its papers do not give by the rules. */
function wrongNumber(file: PollFile, part: (result: ChamberResult) => object): Place | null {
  const lots = lotsOf(file);
  for (const [n, chamber] of file.draft.rules.chambers.entries()) {
    const told = file.result.chambers[n];
    const ours =
      told === undefined
        ? null
        : isUncounted(file, told)
          ? uncountedResult(chamber, told.turnout)
          : chamberResult(file.draft, chamber, {
              turnout: told.turnout,
              papers: papersIn(file, chamber),
              lots,
            });
    const found =
      told === undefined || ours === null
        ? { path: [], told: null, ours: null }
        : firstDifference(part(told), part(ours));
    if (found !== null) return { of: 'number', chamber: chamber.id, ...found };
  }
  return null;
}

/** Nobody counted it to the end [B49]; where a count is told all the same, it is one of no papers. */
function isUncounted({ draft, totals }: PollFile, { count }: ChamberResult): boolean {
  return draft.ask.kind === 'counted' && totals === undefined && count === null;
}

function papersIn(file: PollFile, { roles }: Chamber): Weighed<Paper>[] {
  const { draft, electorate, ballots, papers } = file;
  if (draft.ask.kind === 'counted') return counted(file.totals);
  const voters = electorate.filter(({ role }) => roles.includes(role));
  return ballots === null ? unweighed(papers) : papersOf(draft.rules, ballots, voters);
}
