/** One closed secret poll as whoever holds the database sees it, beside what each voter really chose. */
export type SecretPoll = {
  /** What each voter chose: only the virtual people know it. */
  readonly chosen: ReadonlyMap<string, string>;
  /** Who voted, in the order of the log. */
  readonly ballots: readonly { readonly by: string; readonly xmin: string }[];
  /** The papers in their order on the disk; row is everything that stands in it. */
  readonly papers: readonly {
    readonly id: string;
    readonly xmin: string;
    readonly choice: string;
    readonly row: string;
  }[];
  /** Choices in the order in which the close published them. */
  readonly published: readonly string[];
  /** Choices that somebody found by trying each option against the hash of a voter's command. */
  readonly tried: ReadonlyMap<string, string>;
};

type Guesses = ReadonlyMap<string, string>;
type Linker = (poll: SecretPoll) => Guesses;

function inOrder(ballots: SecretPoll['ballots'], choices: readonly string[]): Guesses {
  return new Map(ballots.flatMap(({ by }, n) => (choices[n] === undefined ? [] : [[by, choices[n]]])));
}
function sorted(poll: SecretPoll, column: 'id' | 'xmin'): readonly string[] {
  return [...poll.papers]
    .sort((a, b) => (a[column].padStart(40, '0') < b[column].padStart(40, '0') ? -1 : 1))
    .map(({ choice }) => choice);
}

/** Ways to join a paper with its voter. */
const LINKERS: Readonly<Record<string, Linker>> = {
  'the order on the disk': ({ ballots, papers }) =>
    inOrder(
      ballots,
      papers.map(({ choice }) => choice),
    ),
  'the order backwards': ({ ballots, papers }) =>
    inOrder(
      ballots.toReversed(),
      papers.map(({ choice }) => choice),
    ),
  'the order that was published': ({ ballots, published }) => inOrder(ballots, published),
  'the order of ids': (poll) => inOrder(poll.ballots, sorted(poll, 'id')),
  'the order of transactions': (poll) => inOrder(poll.ballots, sorted(poll, 'xmin')),
  'the same transaction': ({ ballots, papers }) =>
    new Map(
      ballots.flatMap(({ by, xmin }) => {
        const mates = ballots.filter((other) => other.xmin === xmin);
        const place = mates.findIndex((other) => other.by === by);
        const found = papers.filter((paper) => paper.xmin === xmin)[place];
        return found === undefined ? [] : [[by, found.choice]];
      }),
    ),
  'a name in the row': ({ ballots, papers }) =>
    new Map(
      ballots.flatMap(({ by }) => {
        const found = papers.find(({ row }) => row.includes(by));
        return found === undefined ? [] : [[by, found.choice]];
      }),
    ),
  'the hash of the command': ({ tried }) => tried,
};

/** So many standard deviations above chance are no chance any more: one in some millions. */
const SURE = 5;

/** Which linkers know more than chance does, over all polls together. */
export function findLinks(polls: readonly SecretPoll[]): string[] {
  return Object.entries(LINKERS).flatMap(([name, link]) => {
    let [hits, expected, variance] = [0, 0, 0];
    for (const poll of polls) {
      const size = poll.papers.length;
      if (size < 2) continue;
      for (const [by, guess] of link(poll)) {
        const choice = poll.chosen.get(by);
        if (choice === undefined) continue;
        const share = poll.papers.filter((paper) => paper.choice === choice).length / size;
        hits += guess === choice ? 1 : 0;
        expected += share;
        // Papers are laid to voters without putting back: those of a small poll hang together.
        variance += (share * (1 - share) * size) / (size - 1);
      }
    }
    const most = expected + SURE * Math.sqrt(variance);
    if (hits <= most) return [];
    return [`${name} tells ${hits} choices, where chance tells ${Math.round(expected)}`];
  });
}
