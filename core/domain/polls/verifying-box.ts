import { canonical } from '../canonical.ts';
import { fingerprintOf, nullifierOf, rootOf, type BoxBallot, type BoxContent, type BoxKey } from './box.ts';
import type { PollFile } from './exporting.ts';
import { turnoutOfAll } from './reading.ts';

/**
 * What is held against the box of a file [B34]. key: the fingerprint that the seal covers is the key's; roster: each is on the
 * roll, once, and as many as the result says; tokens: each was spent once, and there are no more ballots than tokens;
 * signatures: each token was signed with the key; root: the ballots are those that the chain was told of; ballots: the papers
 * that were counted are those of the box.
 */
export const BOX_CHECKS = ['key', 'roster', 'tokens', 'signatures', 'root', 'ballots'] as const;
export type BoxCheck = (typeof BOX_CHECKS)[number];
/** wrong: whose they are, trackers, ids or hashes, the first few; empty where it holds. */
export type BoxFinding = {
  readonly check: BoxCheck;
  readonly holds: boolean;
  readonly wrong: readonly string[];
};

/** Whether a token's signature is one of this key: WebCrypto's in a browser, OpenSSL's in Node.js. */
export type Verifies = (key: BoxKey, ballot: BoxBallot) => boolean | Promise<boolean>;

const MOST_NAMED = 5;

/**
 * Holds a box against its poll; [] for a file without one. root: as the chain tells it, where it was read there and not from
 * the file itself.
 */
export async function verifyBox(
  file: PollFile,
  verifies: Verifies,
  { root }: { readonly root?: string } = {},
): Promise<readonly BoxFinding[]> {
  const { key, box, draft } = file;
  if (key === undefined || box === undefined) return [];
  const found = (check: BoxCheck, wrong: readonly string[]): BoxFinding => {
    return { check, holds: wrong.length === 0, wrong: wrong.slice(0, MOST_NAMED) };
  };
  const ours = rootOf(draft.id, box.ballots);
  return [
    found('key', fingerprintOf(key.spki) === key.fingerprint ? [] : [key.fingerprint]),
    found('roster', wrongOnRoster(file, box)),
    found('tokens', wrongTokens(box)),
    found('signatures', await forgedIn(box, key, verifies)),
    found('root', box.root === ours && (root ?? ours) === ours ? [] : [root ?? box.root]),
    found('ballots', areSame(file, box) ? [] : [String(box.ballots.length)]),
  ];
}

function wrongOnRoster({ electorate, result }: PollFile, { roster }: BoxContent): string[] {
  const roll = new Set<string>(electorate.map(({ id }) => id));
  const seen = new Set<string>();
  const wrong = roster.filter((id) => {
    const isWrong = !roll.has(id) || seen.has(id);
    seen.add(id);
    return isWrong;
  });
  const issued = result.chambers.reduce((sum, { turnout }) => sum + turnout.issued, 0);
  return roster.length === issued ? wrong : [...wrong, String(issued)];
}

function wrongTokens({ roster, ballots }: BoxContent): string[] {
  const seen = new Set<string>();
  const twice = ballots.map(({ msg }) => nullifierOf(msg)).filter((one) => seen.size === seen.add(one).size);
  return ballots.length <= roster.length ? twice : [...twice, String(ballots.length)];
}

async function forgedIn({ ballots }: BoxContent, key: BoxKey, verifies: Verifies): Promise<string[]> {
  const wrong: string[] = [];
  for (const ballot of ballots) if (!(await verifies(key, ballot))) wrong.push(nullifierOf(ballot.msg));
  return wrong;
}

/** The same papers, as often, in whatever order. */
function areSame({ papers, result }: PollFile, { ballots }: BoxContent): boolean {
  const sorted = (all: readonly unknown[]) => canonical(all.map(canonical).sort());
  const isCast = turnoutOfAll(result).cast === ballots.length;
  return isCast && sorted(papers) === sorted(ballots.map(({ paper }) => paper));
}
