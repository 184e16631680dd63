import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLL_WAYS } from '../../testing/arbitrary-asks.ts';
import { anyFile, isSigned } from '../../testing/arbitrary-files.ts';
import { freshSeed } from '../../testing/seed.ts';
import { PollFile } from './exporting.ts';
import { isByHand } from './totals.ts';
import { verifyBox } from './verifying-box.ts';
import { verifyPoll } from './verifying.ts';

const seed = freshSeed();
/** Files of each kind, of one secrecy or another, and how many of the places of each are changed. */
const FILES = 5;
const PLACES = 8;

/** What nothing in a file can answer for: when, who was there, and the reasons that papers give [B26]. */
const AS_TOLD = [
  /^(openedAt|closedAt)$/,
  /^result\.chambers\.\d+\.turnout\.(presentAtStop|entitledPresent)$/,
  /^(ballots|papers)\.\d+\.(paper\.)?reasons?(\.|$)/,
];

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

const TURNED: Readonly<Record<string, string>> = {
  yes: 'no',
  no: 'yes',
  lost: 'carried',
  divided: 'unanimous',
};
const CHANGES: readonly ((was: unknown) => unknown)[] = [
  (was) => (typeof was === 'number' ? was + 1 : typeof was === 'boolean' ? !was : null),
  (was) => (typeof was === 'number' ? was - 1 : typeof was === 'string' ? (TURNED[was] ?? `${was}甲`) : was),
];
/** More than any papers can give, of any kind. */
const FAR = 10 ** 12;
const FURTHER: typeof CHANGES = [(was) => (typeof was === 'number' ? was + FAR : was)];

async function holds(file: PollFile): Promise<boolean> {
  const box = await verifyBox(file, (_, ballot) => isSigned(ballot));
  return verifyPoll(file).holds && box.every((finding) => finding.holds);
}

/** Which changes are to be found: where papers are hidden a count can be another one that they could have given. */
function changesAt(name: string, isHidden: boolean): typeof CHANGES {
  if (AS_TOLD.some((told) => told.test(name))) return [];
  const isCounted =
    /^result\.(chambers\.\d+\.(count|unweighed|weighs|turnout)|groups\.\d+\.(count|cast))/.test(name);
  return isHidden && isCounted ? FURTHER : CHANGES;
}

describe(`a file of any kind that somebody changed [seed ${seed}]`, () => {
  it.each(POLL_WAYS)('of %s, of any secrecy, is found out [B26]', async (way) => {
    await fc.assert(
      fc.asyncProperty(anyFile(way), fc.infiniteStream(fc.nat()), async (file, picks) => {
        expect(verifyPoll(file).findings.filter((finding) => !finding.holds)).toEqual([]);
        expect(await holds(file)).toBe(true);
        const isHidden = file.draft.rules.secrecy === 'host' && !isByHand(file.draft);
        expect(verifyPoll(file).isRecounted).toBe(!isHidden);
        const all = leaves(file);
        // What is counted and judged most of all; the rest is under the seal.
        const first = all.filter(([name]) => name === 'result' || name === 'papers' || name === 'ballots');
        const missed: string[] = [];
        for (let n = 0; n < PLACES; n += 1) {
          const from = n % 3 === 0 || first.length === 0 ? all : first;
          const way = from[(picks.next().value ?? 0) % from.length] ?? [];
          for (const to of changesAt(way.join('.'), isHidden)) {
            const other = changed(file, way, to);
            if (other !== null && (await holds(other))) missed.push(way.join('.'));
          }
        }
        expect(missed).toEqual([]);
      }),
      { seed, numRuns: FILES, endOnFailure: true },
    );
  });
});
