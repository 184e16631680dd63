/** One round: papers for each option that is in, papers that name none of them, and who goes out. */
export type RunoffRound = {
  readonly counts: Readonly<Record<string, number>>;
  readonly exhausted: number;
  readonly out: readonly string[];
};

type Still = { readonly left: readonly string[]; readonly before: readonly RunoffRound[] };

/** 排序复选: rounds and winners, by recursion from one round to the next. */
export function recountRunoff(
  options: readonly string[],
  rankings: readonly (readonly string[])[],
): { readonly rounds: readonly RunoffRound[]; readonly winners: readonly string[] } {
  return nextRound(rankings, { left: options, before: [] });
}

function nextRound(
  rankings: readonly (readonly string[])[],
  { left, before }: Still,
): { readonly rounds: readonly RunoffRound[]; readonly winners: readonly string[] } {
  const firsts = rankings.map((ranking) => ranking.find((id) => left.includes(id)));
  const counts = Object.fromEntries(left.map((id) => [id, firsts.filter((first) => first === id).length]));
  const exhausted = firsts.filter((first) => first === undefined).length;
  const given = rankings.length - exhausted;
  const ends = (winners: readonly string[]) => ({
    rounds: [...before, { counts, exhausted, out: [] }],
    winners,
  });
  if (given === 0) return ends([]);
  const majority = left.filter((id) => 2 * Number(counts[id]) > given);
  if (majority.length > 0) return ends(majority);
  const out = weakest(left, [counts, ...before.map((round) => round.counts).reverse()]);
  if (out.length === left.length) return ends(left);
  return nextRound(rankings, {
    left: left.filter((id) => !out.includes(id)),
    before: [...before, { counts, exhausted, out }],
  });
}

/** Those with least by the first of the counts; of them those with least by the next; and so on. */
function weakest(
  ids: readonly string[],
  counts: readonly Readonly<Record<string, number>>[],
): readonly string[] {
  const [newest, ...earlier] = counts;
  if (newest === undefined || ids.length === 1) return ids;
  const least = Math.min(...ids.map((id) => Number(newest[id])));
  return weakest(
    ids.filter((id) => newest[id] === least),
    earlier,
  );
}
