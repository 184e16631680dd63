import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { as, choose, poll, pollId, seated } from '../../testing/builders.ts';
import { fileOf, PollFile } from './exporting.ts';
import { SECRECIES } from './rules.ts';
import { verifyPoll } from './verifying.ts';

const seed = Date.now() % 2 ** 31;

/** What a file tells of itself and nothing in it can answer for: when, who was there, who cast for whom, and words [B26]. */
const AS_TOLD = [
  /^(openedAt|closedAt)$/,
  /^result\.chambers\.\d+\.turnout\.(presentAtStop|entitledPresent)$/,
  /^settled\.\d+\.(isFor|why|at|by\.)/,
];

function held(secrecy: (typeof SECRECIES)[number], votes: readonly boolean[]): PollFile {
  const t = seated({ open: true });
  const half = { part: 1, whole: 2 };
  const rules = {
    secrecy,
    shown: secrecy === 'open' ? ('live' as const) : ('after_close' as const),
    quorum: { attendance: { relation: 'at_least' as const, of: { part: 0, whole: 2 } }, participation: null },
    thresholds: [{ on: 'chosen' as const, relation: 'more' as const, of: half, base: 'due' as const }],
    tie: 'host' as const,
  };
  t.must(as(1), { type: 'enterRoom' });
  t.must(as(0), { type: 'preparePoll', poll: poll(1, rules) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  const papers = votes.map((isFor) => choose(isFor ? 'y' : 'n'));
  for (const [n, paper] of papers.entries())
    t.must(as([1, 3, 6][n] ?? 1), { type: 'castBallot', pollId: pollId(1), paper });
  t.must(as(0), { type: 'closePoll', pollId: pollId(1) }, { papers });
  const [closed] = t.room().polls;
  const file = closed?.phase === 'closed' ? fileOf(closed) : null;
  if (file === null) throw new Error('no file');
  return PollFile.parse(JSON.parse(JSON.stringify(file)));
}

/** The ways to everything in a file that is no object or list. */
function leaves(value: unknown, way: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...way]];
  return Object.entries(value).flatMap(([name, part]) => leaves(part, [...way, name]));
}

function changed(file: PollFile, way: readonly string[], to: (was: unknown) => unknown): PollFile | null {
  const copy: unknown = JSON.parse(JSON.stringify(file));
  let at = copy as Record<string, unknown>;
  for (const name of way.slice(0, -1)) at = at[name] as Record<string, unknown>;
  const last = way[way.length - 1] ?? '';
  at[last] = to(at[last]);
  const parsed = PollFile.safeParse(copy);
  return parsed.success && JSON.stringify(parsed.data) !== JSON.stringify(file) ? parsed.data : null;
}

const CHANGES: readonly ((was: unknown) => unknown)[] = [
  (was) => (typeof was === 'number' ? was + 1 : typeof was === 'boolean' ? !was : null),
  (was) => (typeof was === 'number' ? Math.max(0, was - 1) : typeof was === 'string' ? `${was}甲` : was),
  (was) => (was === 'y' ? 'n' : was === 'n' ? 'y' : was === 'member' ? 'resident' : was),
  (was) => (was === 'carried' || was === 'broad' ? 'unanimous' : was === 'divided' ? 'broad' : was),
];

describe('a file that somebody changed', () => {
  const some = fc.record({
    // Of 仅主持人可见 no file has the papers.
    secrecy: fc.constantFrom(...SECRECIES.slice(0, 4).filter((secrecy) => secrecy !== 'host')),
    votes: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
  });

  it(`is found out, whichever of its fields it was, but for what it can only tell (seed ${seed}) [B26]`, () => {
    fc.assert(
      fc.property(some, ({ secrecy, votes }) => {
        const file = held(secrecy, votes);
        expect(verifyPoll(file)).toMatchObject({ holds: true, isRecounted: true, isRollSealed: true });
        const missed = leaves(file).flatMap((way) =>
          CHANGES.flatMap((to) => {
            const other = changed(file, way, to);
            const name = way.join('.');
            if (other === null || AS_TOLD.some((told) => told.test(name))) return [];
            return verifyPoll(other).holds ? [name] : [];
          }),
        );
        expect([...new Set(missed)]).toEqual([]);
      }),
      { seed, numRuns: 12 },
    );
  });

  it('is found out where people, roles or papers were left out of it [B26]', () => {
    const file = held('secret', [true, false]);
    const [chamber] = file.result.chambers;
    if (chamber === undefined) throw new Error('no chamber');
    const turned = { ...chamber, count: { of: 'choices' as const, choices: { y: 2, n: 0, a: 0 } } };
    const forged: PollFile = { ...file, papers: [], result: { ...file.result, chambers: [turned] } };
    expect(verifyPoll(forged).holds).toBe(false);
    expect(verifyPoll({ ...file, result: { ...file.result, groups: [] } }).holds).toBe(false);
    expect(verifyPoll({ ...file, roll: [] }).holds).toBe(false);
  });
});
