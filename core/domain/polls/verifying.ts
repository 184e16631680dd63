import { canonical } from '../canonical.ts';
import type { Weighed } from './count.ts';
import { lotsOf, papersOf, unweighed } from './closing.ts';
import { firstDifference } from './differing.ts';
import type { PollFile } from './exporting.ts';
import { judgePaper } from './judging.ts';
import type { Paper } from './paper.ts';
import { chamberResult, uncountedResult, weightsOf, type ChamberResult } from './result.ts';
import { isSameTie, openTies } from './ties.ts';
import { canBe, isByHand, isExcess, papersIn as counted } from './totals.ts';
import { isDetached, type Chamber } from './rules.ts';
import { sealOf } from './sealing.ts';
import { judge } from './verdict.ts';
import { wrongHidden } from './verifying-groups.ts';
import { wrongGroups, wrongPeople } from './verifying-people.ts';

/**
 * What is held against a file [B26]. seal: rules and roll are those that were shown; voters: each is on the roll, once; papers:
 * each is one that the poll takes; turnout: as many as the result says, and no more than could vote; count and verdict:
 * what the papers give by the rules. Where who chose what is not in this file, the verdict is what the rules make of the count as
 * it is told, and the count is only held against the number of papers.
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
  /** Whether the seal covers who was due and present; of polls of before it does not, and they are taken as told. */
  readonly isRollSealed: boolean;
  readonly findings: readonly PollFinding[];
};

/** Counts a poll again from its file, and takes nothing of its result on trust. */
export function verifyPoll(file: PollFile): PollVerified {
  const { draft, ballots } = file;
  // What tellers counted is in every file.
  const isHidden =
    ballots === null && !isByHand(draft) && (!isDetached(draft.rules.secrecy) || isErased(file));
  const found = (check: PollCheck, at: Place | null): PollFinding => ({ check, holds: at === null, at });
  const findings: PollFinding[] = [
    found('seal', wrongSeal(file)),
    found('voters', wrongVoter(file)),
    ...(isHidden ? [] : [found('papers', wrongPaper(file))]),
    found('turnout', wrongTurnout(file, isHidden)),
    found('count', (isHidden ? hiddenCount(file) : wrongNumber(file, numbersOf)) ?? wrongGroup(file)),
    found(
      'verdict',
      wrongNumber(file, ({ voice, verdict }) => ({ voice, verdict }), isHidden) ??
        strayWord(file) ??
        wrongCause(file),
    ),
  ];
  const holds = findings.every((finding) => finding.holds);
  return { holds, isRecounted: !isHidden, isRollSealed: isRollSealed(file), findings };
}

const numbersOf = ({ id, count, unweighed, weighs }: ChamberResult) => ({ id, count, unweighed, weighs });

/**
 * Words can be erased, and the papers that hold them: the numbers of people stay, and there is nothing to count. No other paper
 * without a name can be, so that one that is missing was taken out.
 */
function isErased({ draft, papers, result }: PollFile): boolean {
  if (draft.ask.kind !== 'open') return false;
  return papers.length === 0 && result.chambers.some(({ turnout }) => turnout.cast > 0);
}

function wrongSeal(file: PollFile): Place | null {
  const { draft, electorate, roll, key, seal: told } = file;
  const ours = sealOf(draft, electorate, roll, key);
  return ours === told || told === sealOf(draft, electorate, null, key) ? null : { of: 'seal', told, ours };
}

function isRollSealed({ draft, electorate, roll, key, seal }: PollFile): boolean {
  return seal === sealOf(draft, electorate, roll, key);
}

/** Where the papers are not here: what no papers can have given. */
function hiddenCount(file: PollFile): Place | null {
  const found = wrongHidden(file);
  return found === null ? null : { of: 'number', chamber: found.chamber, ...found.at };
}

function wrongGroup(file: PollFile): Place | null {
  const found = wrongGroups(file, lotsOf(file));
  return found === null ? null : { of: 'number', chamber: '', ...found };
}

/** A word on a draw that was none, or that the rules do not leave to the host, or a second one on the same [B47]. */
function strayWord({ draft, result, settled = [] }: PollFile): Place | null {
  const draws = openTies(draft.rules, result, []);
  const n = settled.findIndex(
    (one, at) =>
      !draws.some((draw) => isSameTie(draw, one)) ||
      settled.slice(0, at).some((other) => isSameTie(one, other)),
  );
  return n < 0
    ? null
    : {
        of: 'number',
        chamber: '',
        path: ['verdict', 'drawn'],
        told: settled[n]?.itemId ?? n + 1,
        ours: null,
      };
}

function wrongVoter(file: PollFile): Place | null {
  const { ballots, electorate } = file;
  const roll = new Set<string>(electorate.map(({ id }) => id));
  const seen = new Set<string>();
  for (const { by } of ballots ?? []) {
    if (!roll.has(by)) return { of: 'voter', id: by, why: 'unknown' };
    if (seen.has(by)) return { of: 'voter', id: by, why: 'twice' };
    seen.add(by);
  }
  return strangeDeputy(file, roll, seen);
}

/** Nobody stands for a place that is none, or that cast nothing, nor does whoever has a place of their own [B48]. */
function strangeDeputy(
  { ballots, stood = {} }: PollFile,
  roll: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): Place | null {
  const unknown = Object.keys(stood).find(
    (place) => !roll.has(place) || (ballots !== null && !seen.has(place)),
  );
  if (unknown !== undefined) return { of: 'voter', id: unknown, why: 'unknown' };
  const twice = Object.values(stood).find((id) => roll.has(id));
  return twice === undefined ? null : { of: 'voter', id: twice, why: 'twice' };
}

function wrongPaper({ draft, ballots, papers, totals }: PollFile): Place | null {
  if (totals !== undefined && !canBe(draft.ask, totals)) return { of: 'paper', n: 1, by: null };
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
    const told = file.result.chambers[n];
    if (told === undefined) return numberOfChambers(file);
    const papers = papersIn(file, chamber);
    const blank = papers.filter(({ paper }) => paper.shape === 'blank').length;
    const found = wrongPeople(file, chamber, told.turnout, isHidden ? null : { cast: papers.length, blank });
    if (found !== null) return { of: 'number', chamber: chamber.id, ...found };
  }
  return numberOfChambers(file);
}

function numberOfChambers({ draft, result }: PollFile): Place | null {
  const [told, ours] = [result.chambers.length, draft.rules.chambers.length];
  return told === ours ? null : { of: 'number', chamber: '', path: ['chambers'], told, ours };
}

/** The first part of a chamber's result that its papers do not give by the rules. */
function wrongNumber(
  file: PollFile,
  part: (result: ChamberResult) => object,
  isHidden = false,
): Place | null {
  const lots = lotsOf(file);
  for (const [n, chamber] of file.draft.rules.chambers.entries()) {
    const told = file.result.chambers[n];
    const ours = told === undefined ? null : resultIn(file, chamber, { told, lots, isHidden });
    const found =
      told === undefined || ours === null
        ? { path: [], told: null, ours: null }
        : firstDifference(part(told), part(ours));
    if (found !== null) return { of: 'number', chamber: chamber.id, ...found };
  }
  return null;
}

type Told = { readonly told: ChamberResult; readonly lots: readonly string[]; readonly isHidden: boolean };

/** What the papers of a chamber give by the rules, or what its count as told does where they are not here. */
function resultIn(file: PollFile, chamber: Chamber, { told, lots, isHidden }: Told): ChamberResult {
  if (isUncounted(file, told)) return uncountedResult(chamber, told.turnout);
  if (!isHidden)
    return chamberResult(file.draft, chamber, {
      turnout: told.turnout,
      papers: papersIn(file, chamber),
      lots,
    });
  const { count } = told;
  const isJudged = chamber.voice === 'decides' && count !== null;
  const verdict = isJudged ? judge(file.draft, told.turnout, count, weightsOf(told)) : null;
  return { ...told, voice: chamber.voice, verdict };
}

/** Nobody counted it to the end: then it was made void, and says so [B49]; where a count is told all the same, it is one of no papers. */
function isUncounted({ draft, totals, voided }: PollFile, { count }: ChamberResult): boolean {
  return isByHand(draft) && totals === undefined && count === null && voided?.cause === 'uncounted';
}

/** What tellers counted, or did not, makes a poll void, and nothing else has such a cause [B46] [B49]. */
function wrongCause({ draft, totals, voided }: PollFile): Place | null {
  const told = voided?.cause ?? null;
  const ours = !isByHand(draft)
    ? null
    : totals === undefined
      ? 'uncounted'
      : isExcess(totals)
        ? 'excess'
        : null;
  return told === ours ? null : { of: 'number', chamber: '', path: ['voided', 'cause'], told, ours };
}

function papersIn(file: PollFile, { roles }: Chamber): Weighed<Paper>[] {
  const { draft, electorate, ballots, papers } = file;
  if (isByHand(draft)) return counted(draft.ask, file.totals);
  const voters = electorate.filter(({ role }) => roles.includes(role));
  return ballots === null ? unweighed(papers) : papersOf(draft.rules, ballots, voters);
}
