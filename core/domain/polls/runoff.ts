import type { Round } from './count.ts';

/**
 * Counts rankings by run-off [B20]: each round gives a paper to the first option on it that is still in; whoever has more
 * than half of what was given wins, else the weakest go out. Weakest is whoever has least, and of several with as little,
 * whoever had least in the newest earlier round that tells them apart; those whom none does go out together, and where
 * nobody would be left, they have all won. Without a paper nobody wins.
 */
export function runOff(
  options: readonly string[],
  rankings: readonly (readonly string[])[],
): { rounds: Round[]; winners: string[] } {
  return runOffFrom(options, (_, left) => tallyRound(left, rankings));
}

type Tallied = Pick<Round, 'counts' | 'exhausted'>;

/** The same from what each round gave; n: of the round, from 0 on, with the options that are still in. */
export function runOffFrom(
  options: readonly string[],
  tally: (n: number, left: readonly string[]) => Tallied,
): { rounds: Round[]; winners: string[] } {
  const rounds: Round[] = [];
  let left = [...options];
  for (;;) {
    const told = tally(rounds.length, left);
    const counts = Object.fromEntries(left.map((id) => [id, told.counts[id] ?? 0]));
    const { exhausted } = told;
    const given = left.reduce((sum, id) => sum + (counts[id] ?? 0), 0);
    if (given === 0) return { rounds: [...rounds, { counts, exhausted, out: [] }], winners: [] };
    const winner = left.find((id) => 2 * (counts[id] ?? 0) > given);
    if (winner !== undefined)
      return { rounds: [...rounds, { counts, exhausted, out: [] }], winners: [winner] };
    const out = weakest(left, [...rounds.map((round) => round.counts), counts]);
    if (out.length === left.length)
      return { rounds: [...rounds, { counts, exhausted, out: [] }], winners: left };
    rounds.push({ counts, exhausted, out });
    left = left.filter((id) => !out.includes(id));
  }
}

function tallyRound(left: readonly string[], rankings: readonly (readonly string[])[]): Tallied {
  const counts: Record<string, number> = Object.fromEntries(left.map((id) => [id, 0]));
  let exhausted = 0;
  for (const ranking of rankings) {
    const next = ranking.find((id) => Object.hasOwn(counts, id));
    if (next === undefined) exhausted += 1;
    else counts[next] = (counts[next] ?? 0) + 1;
  }
  return { counts, exhausted };
}

/** Whoever has least now and, of those, in the newest earlier rounds. */
function weakest(left: readonly string[], rounds: readonly Readonly<Record<string, number>>[]): string[] {
  let tied = [...left];
  for (let n = rounds.length - 1; n >= 0 && tied.length > 1; n -= 1) {
    const counts = rounds[n] ?? {};
    const least = Math.min(...tied.map((id) => counts[id] ?? 0));
    tied = tied.filter((id) => (counts[id] ?? 0) === least);
  }
  return tied;
}
