import type { Stage } from './count.ts';

/** Votes are counted in hundred-thousandths: five decimal places, the rest is cut off (2007 No. 42, schedule 1, rule 48). */
export const VOTE = 100_000;

type Pile = { readonly ranking: readonly string[]; value: number };
type Standing = {
  readonly votes: Record<string, number>;
  readonly piles: Map<string, Pile[]>;
  untransferred: number;
};

type Election = {
  /** In the order of the lot. */
  readonly options: readonly string[];
  readonly seats: number;
  readonly rankings: readonly (readonly string[])[];
};

/**
 * Single transferable vote by the rules of Scottish local elections (Scottish Local Government Elections Order 2007, No. 42,
 * schedule 1, rules 45–52) [B21]. quota = floor(papers / (seats + 1)) + 1. A surplus moves every paper of whoever is elected to
 * its next continuing preference, each at surplus × its value / votes of the elected, cut off after five decimals; the
 * greatest surplus first. Without a surplus whoever has least is excluded, one at a time, and their papers move at their
 * value. Equals are told apart by the newest earlier stage at which they were not equal, else by the lot: whoever stands
 * earlier in it wins, be it a seat's order or staying in. Once as many continue as there are seats left, they fill them.
 * Without a paper nobody is elected.
 */
export function countStv({ options, seats, rankings }: Election): {
  quota: number;
  stages: Stage[];
  elected: string[];
} {
  const quota = Math.floor(rankings.length / (seats + 1)) + 1;
  const stages: Stage[] = [];
  const elected: string[] = [];
  const settled = new Set<string>();
  if (rankings.length === 0) return { quota, stages, elected };
  const now: Standing = {
    votes: Object.fromEntries(options.map((id) => [id, 0])),
    piles: new Map(options.map((id) => [id, []])),
    untransferred: 0,
  };
  const isOut = new Set<string>();
  const continuing = () => options.filter((id) => !isOut.has(id) && !elected.includes(id));
  const close = (what: Stage['what'], whose: string | null, filled: readonly string[] = []) => {
    const past = stages.map((stage) => stage.votes);
    const reached = continuing().filter((id) => (now.votes[id] ?? 0) >= quota * VOTE);
    const won = [...(filled.length > 0 ? filled : reached)].sort(strongerFirst(now.votes, past, options));
    elected.push(...won);
    stages.push({ what, whose, votes: { ...now.votes }, untransferred: now.untransferred, elected: won });
  };

  for (const ranking of rankings) give(now, { ranking, value: VOTE }, options);
  close('first', null);
  while (elected.length < seats) {
    const rest = continuing();
    if (rest.length <= seats - elected.length) {
      if (rest.length > 0) close('filled', null, rest);
      break;
    }
    const past = stages.map((stage) => stage.votes);
    const surplus = elected
      .filter((id) => !settled.has(id) && (now.votes[id] ?? 0) > quota * VOTE)
      .sort(strongerFirst(now.votes, past, options))[0];
    if (surplus !== undefined) {
      settled.add(surplus);
      passOn(now, surplus, quota * VOTE, rest);
      close('surplus', surplus);
    } else {
      const weakest = [...rest].sort(strongerFirst(now.votes, past, options))[rest.length - 1] ?? '';
      isOut.add(weakest);
      passOn(now, weakest, 0, continuing());
      close('excluded', weakest);
    }
  }
  return { quota, stages, elected };
}

/** More votes first; equals by the newest earlier stage that tells them apart, else as the lot has them. */
function strongerFirst(
  votes: Readonly<Record<string, number>>,
  past: readonly Readonly<Record<string, number>>[],
  lot: readonly string[],
) {
  return (a: string, b: string): number => {
    const stages = [votes, ...[...past].reverse()];
    for (const stage of stages) {
      const difference = (stage[b] ?? 0) - (stage[a] ?? 0);
      if (difference !== 0) return difference;
    }
    return lot.indexOf(a) - lot.indexOf(b);
  };
}

/** Moves the papers of somebody on, until they are left with what they keep. */
function passOn(now: Standing, from: string, keeps: number, to: readonly string[]): void {
  const held = now.votes[from] ?? 0;
  const papers = now.piles.get(from) ?? [];
  const isSurplus = keeps > 0;
  let moved = 0;
  for (const { ranking, value } of papers) {
    // Whole numbers below 2^53: value <= 10^5, held <= 5 000 papers x 10^5.
    const worth = isSurplus ? Math.floor((value * (held - keeps)) / held) : value;
    if (give(now, { ranking, value: worth }, to)) moved += worth;
  }
  now.piles.set(from, []);
  now.untransferred += held - keeps - moved;
  now.votes[from] = keeps;
}

/** Gives a paper to the first on it who can have it; false where nobody can. */
function give(now: Standing, paper: Pile, to: readonly string[]): boolean {
  const next = paper.ranking.find((id) => to.includes(id));
  if (next === undefined) return false;
  now.piles.get(next)?.push(paper);
  now.votes[next] = (now.votes[next] ?? 0) + paper.value;
  return true;
}
