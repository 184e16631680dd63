/*
 * 多席排序, a second time: single transferable vote by the Scottish rules. Papers lie in piles, each with the value that it
 * came at; every number is a bigint in hundred-thousandths of a vote, so that cutting off is what dividing them does.
 */

const ONE = 100_000n;

/** One stage as a result tells it: votes in hundred-thousandths. */
export type TransferStage = {
  readonly what: string;
  readonly whose: string | null;
  readonly votes: Readonly<Record<string, number>>;
  readonly untransferred: number;
  readonly elected: readonly string[];
};

/** A paper with somebody: whom it names, best first, and what it is worth there. */
type Held = { readonly ranking: readonly string[]; readonly worth: bigint };

/** How things stand after a stage. */
type Standing = {
  readonly piles: ReadonlyMap<string, readonly Held[]>;
  readonly votes: ReadonlyMap<string, bigint>;
  readonly lost: bigint;
  readonly elected: readonly string[];
  readonly excluded: readonly string[];
  /** Elected with a surplus that was not passed on. */
  readonly waiting: readonly string[];
  readonly stages: readonly TransferStage[];
  /** Votes after each stage, the newest first. */
  readonly past: readonly ReadonlyMap<string, bigint>[];
};

export type TransferElection = {
  readonly options: readonly string[];
  readonly seats: number;
  readonly rankings: readonly (readonly string[])[];
  /** The lot drawn beforehand: earlier is better. */
  readonly lots: readonly string[];
};

/** The count: the quota in whole papers, every stage, and who is elected in the order of it. */
export function recountTransfers(election: TransferElection): {
  readonly quota: number;
  readonly stages: readonly TransferStage[];
  readonly elected: readonly string[];
} {
  const quota = Math.floor(election.rankings.length / (election.seats + 1)) + 1;
  if (election.rankings.length === 0) return { quota, stages: [], elected: [] };
  const piles = new Map(
    election.options.map((id) => [
      id,
      election.rankings.filter(([first]) => first === id).map((ranking): Held => ({ ranking, worth: ONE })),
    ]),
  );
  const { stages, elected } = proceed(election, BigInt(quota) * ONE, firstStage(election, quota, piles));
  return { quota, stages, elected };
}

function firstStage(
  election: TransferElection,
  quota: number,
  piles: ReadonlyMap<string, readonly Held[]>,
): Standing {
  const before: Standing = {
    piles,
    votes: new Map([...piles].map(([id, pile]) => [id, BigInt(pile.length) * ONE])),
    lost: 0n,
    elected: [],
    excluded: [],
    waiting: [],
    stages: [],
    past: [],
  };
  return concluded(election, BigInt(quota) * ONE, before, { what: 'first', whose: null });
}

/** The stage that just happened: whoever reaches the quota is elected, and it is written down. */
function concluded(
  election: TransferElection,
  quota: bigint,
  standing: Standing,
  happened: { readonly what: string; readonly whose: string | null },
): Standing {
  const past = [standing.votes, ...standing.past];
  const reached = continuing(election, standing).filter((id) => votesOf(standing, id) >= quota);
  const chosen = ranked(election, past, reached);
  const stage: TransferStage = {
    ...happened,
    votes: Object.fromEntries([...standing.votes].map(([id, votes]) => [id, Number(votes)])),
    untransferred: Number(standing.lost),
    elected: chosen,
  };
  return {
    ...standing,
    past,
    elected: [...standing.elected, ...chosen],
    waiting: [...standing.waiting, ...chosen.filter((id) => votesOf(standing, id) > quota)],
    stages: [...standing.stages, stage],
  };
}

/** On to the next stage, until every seat is taken. */
function proceed(election: TransferElection, quota: bigint, standing: Standing): Standing {
  const left = election.seats - standing.elected.length;
  const inIt = continuing(election, standing);
  if (left <= 0 || inIt.length === 0) return standing;
  if (inIt.length <= left) return filled(election, standing, inIt);
  const [greatest] = ranked(election, standing.past, standing.waiting);
  const next =
    greatest === undefined ? excluded(election, standing) : passedOn(election, quota, standing, greatest);
  const happened =
    greatest === undefined
      ? { what: 'excluded', whose: next.excluded.at(-1) ?? null }
      : { what: 'surplus', whose: greatest };
  return proceed(election, quota, concluded(election, quota, next, happened));
}

function filled(election: TransferElection, standing: Standing, rest: readonly string[]): Standing {
  const [newest] = standing.stages.slice(-1);
  const chosen = ranked(election, standing.past, rest);
  const stage: TransferStage = {
    what: 'filled',
    whose: null,
    votes: newest?.votes ?? {},
    untransferred: Number(standing.lost),
    elected: chosen,
  };
  return { ...standing, elected: [...standing.elected, ...chosen], stages: [...standing.stages, stage] };
}

function passedOn(election: TransferElection, quota: bigint, standing: Standing, whose: string): Standing {
  const held = votesOf(standing, whose);
  const surplus = held - quota;
  const moving = (standing.piles.get(whose) ?? []).map(({ ranking, worth }): Held => ({
    ranking,
    worth: (surplus * worth) / held,
  }));
  const after = delivered(election, standing, whose, { moving, leaving: surplus });
  return { ...after, waiting: standing.waiting.filter((id) => id !== whose) };
}

function excluded(election: TransferElection, standing: Standing): Standing {
  const whose = ranked(election, standing.past, continuing(election, standing)).at(-1) ?? '';
  const out = { ...standing, excluded: [...standing.excluded, whose] };
  return delivered(election, out, whose, {
    moving: standing.piles.get(whose) ?? [],
    leaving: votesOf(standing, whose),
  });
}

/** Papers go to whom each names next among those who continue; what nobody takes, or cutting off loses, is lost. */
function delivered(
  election: TransferElection,
  standing: Standing,
  whose: string,
  { moving, leaving }: { readonly moving: readonly Held[]; readonly leaving: bigint },
): Standing {
  const open = continuing(election, standing).filter((id) => id !== whose);
  const nextOf = ({ ranking }: Held) => ranking.find((id) => open.includes(id));
  const gains = new Map(open.map((id) => [id, moving.filter((paper) => nextOf(paper) === id)]));
  const gained = [...gains].map(([id, papers]) => [id, sumOf(papers)] as const);
  const taken = gained.reduce((sum, [, worth]) => sum + worth, 0n);
  const votes = new Map(standing.votes).set(whose, votesOf(standing, whose) - leaving);
  for (const [id, worth] of gained) votes.set(id, votesOf(standing, id) + worth);
  const piles = new Map(standing.piles).set(whose, []);
  for (const [id, papers] of gains) piles.set(id, [...(piles.get(id) ?? []), ...papers]);
  return { ...standing, votes, piles, lost: standing.lost + leaving - taken };
}

/** The best first: by the newest votes, then by those before them, then by the lot. */
function ranked(
  { lots }: TransferElection,
  past: readonly ReadonlyMap<string, bigint>[],
  ids: readonly string[],
): readonly string[] {
  const better = (one: string, other: string): number => {
    const telling = past.find((votes) => votes.get(one) !== votes.get(other));
    if (telling === undefined) return lots.indexOf(one) - lots.indexOf(other);
    return (telling.get(one) ?? 0n) > (telling.get(other) ?? 0n) ? -1 : 1;
  };
  return [...ids].sort(better);
}

function continuing({ options }: TransferElection, { elected, excluded }: Standing): readonly string[] {
  return options.filter((id) => !elected.includes(id) && !excluded.includes(id));
}

const votesOf = ({ votes }: Standing, id: string) => votes.get(id) ?? 0n;
const sumOf = (papers: readonly Held[]) => papers.reduce((sum, { worth }) => sum + worth, 0n);
