import { chanceOf } from './chance.ts';

/** How often people do things, each in times a minute. */
export type Rates = {
  /** Of each person. */
  readonly views: number;
  readonly reads: number;
  readonly floors: number;
  /** Of each editor. */
  readonly edits: number;
  /** Of the whole room. */
  readonly polls: number;
};

/** Something that is due: who is a person's number, for an edit an editor's. */
export type Due = { readonly atMs: number; readonly who: number } & (
  | { readonly kind: 'view' | 'read' | 'floor' | 'edit' }
  | { readonly kind: 'ballot'; readonly poll: number }
);

export type PollTimes = { readonly opensAtMs: number; readonly closesAtMs: number };
export type Schedule = { readonly dues: readonly Due[]; readonly polls: readonly PollTimes[] };

export type Hall = {
  readonly seed: number;
  readonly people: number;
  readonly editors: number;
  readonly lengthMs: number;
  readonly rates: Rates;
};

/** How many of a hundred on the roll vote. */
const TURNOUT = 0.9;

/** What everybody does and when: the same for the same seed, whatever the server makes of it. */
export function scheduleOf({ seed, people, editors, lengthMs, rates }: Hall): Schedule {
  const chance = chanceOf(seed);
  const minutes = lengthMs / 60_000;
  const spread = (count: number, kind: 'view' | 'read' | 'floor' | 'edit', perMinute: number): Due[] =>
    count === 0
      ? []
      : Array.from({ length: Math.round(count * perMinute * minutes) }, () => ({
          atMs: chance.next() * lengthMs,
          who: chance.below(count),
          kind,
        }));
  const polls = pollsIn(lengthMs, Math.max(rates.polls > 0 ? 1 : 0, Math.round(rates.polls * minutes)));
  const ballots = polls.flatMap(({ opensAtMs, closesAtMs }, poll) =>
    Array.from({ length: people }, (_, who): Due => {
      // A hall votes at once: most hands are up in the first third.
      const share = chance.next() ** 2;
      return { atMs: opensAtMs + share * (closesAtMs - opensAtMs) * 0.8, who, kind: 'ballot', poll };
    }).filter(() => chance.next() < TURNOUT),
  );
  const dues = [
    ...spread(people, 'view', rates.views),
    ...spread(people, 'read', rates.reads),
    ...spread(people, 'floor', rates.floors),
    ...spread(editors, 'edit', rates.edits),
    ...ballots,
  ];
  return { dues: dues.sort((a, b) => a.atMs - b.atMs), polls };
}

/** One after the other, each in its part of the time, open for three fifths of it. */
function pollsIn(lengthMs: number, count: number): readonly PollTimes[] {
  return Array.from({ length: count }, (_, index) => {
    const part = lengthMs / count;
    return { opensAtMs: part * (index + 0.2), closesAtMs: part * (index + 0.8) };
  });
}
