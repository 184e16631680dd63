import { paperOf } from '../core/domain/polls/first-form.ts';
import { choicesOn } from '../core/domain/polls/paper.ts';
import { PollResult } from '../core/domain/polls/result.ts';
import { choose } from '../core/testing/builders.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../core/domain/canonical.ts';
import type { Envelope } from '../core/domain/events.ts';
import { applyAll } from '../core/domain/room/apply.ts';
import { EMPTY_ROOM } from '../core/domain/room/state.ts';
import { freshSeed } from '../core/testing/seed.ts';
import { check } from './checker.ts';
import type { Broken, Evidence } from './findings.ts';
import { extend, lineFrom, markOf } from './line.ts';
import { meeting } from './testing/meeting.ts';

/** A result in which an option has more papers than it got, and more people have voted. */
function withMore(result: unknown, option: string, papers: number, people = 0): PollResult {
  const { chambers, groups } = PollResult.parse(result);
  return {
    groups,
    chambers: chambers.map((chamber) => {
      const { count, turnout } = chamber;
      if (count?.of !== 'choices') throw new Error('not a choice');
      const choices = { ...count.choices, [option]: (count.choices[option] ?? 0) + papers };
      return {
        ...chamber,
        count: { ...count, choices },
        turnout: { ...turnout, cast: turnout.cast + people },
      };
    }),
  };
}

const promises = (broken: readonly Broken[]) => [...new Set(broken.map(({ promise }) => promise))];

/** The same evidence over another log, as every reader would then have heard it: only the log itself lies. */
function over(evidence: Evidence, log: readonly Envelope[]): Evidence {
  const numbered = log.map((envelope, index) => ({ ...envelope, seq: index + 1 }));
  return asHeard({ ...evidence, log: numbered });
}
function asHeard(evidence: Evidence): Evidence {
  const line = extend(lineFrom(0), evidence.log.map(markOf));
  return {
    ...evidence,
    late: applyAll(EMPTY_ROOM, evidence.log),
    heard: [{ reader: 'somebody', line: line ?? lineFrom(0), repeated: 0 }],
  };
}

/** Positions of events of a type. */
function placesOf(log: readonly Envelope[], type: Envelope['event']['type']): number[] {
  return log.flatMap(({ event }, index) => (event.type === type ? [index] : []));
}

describe('check', () => {
  const seed = freshSeed();
  // Where answers are lost a deed may be there or not; where all came, every untruth must be found.
  const meetings = fc.nat().map((n) => meeting(n, false));
  const some = fc.nat();
  const broken = (name: string, spoil: (evidence: Evidence, n: number) => Evidence | null, found: string) =>
    it(`${name} (seed ${seed})`, () => {
      fc.assert(
        fc.property(meetings, some, (evidence, n) => {
          const spoilt = spoil(evidence, n);
          fc.pre(spoilt !== null);
          expect(promises(check(spoilt))).toContain(found);
        }),
        { seed, numRuns: 50 },
      );
    });

  it(`finds nothing in a true history (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (n, isLossy) => {
        expect(check(meeting(n, isLossy))).toEqual([]);
      }),
      { seed, numRuns: 50 },
    );
  });

  for (const type of ['view:posted', 'ballot:cast', 'floor:requested'] as const) {
    broken(
      `finds a ${type} that was acknowledged and dropped`,
      (evidence, n) => {
        const places = placesOf(evidence.log, type);
        const at = places[n % places.length];
        return at === undefined ? null : over(evidence, evidence.log.toSpliced(at, 1));
      },
      'nothing acknowledged is lost',
    );
    broken(
      `finds a ${type} that was applied twice`,
      (evidence, n) => {
        const places = placesOf(evidence.log, type);
        const again = evidence.log[places[n % places.length] ?? -1];
        if (again === undefined) return null;
        const { event } = again;
        const renamed =
          event.type === 'view:posted'
            ? {
                ...again,
                event: { ...event, view: { ...event.view, id: crypto.randomUUID() as typeof event.view.id } },
              }
            : again;
        return over(evidence, evidence.log.toSpliced(evidence.log.indexOf(again) + 1, 0, renamed));
      },
      'nothing is there twice',
    );
  }

  broken(
    'finds a tally that is not the sum of the ballots',
    (evidence, n) =>
      over(
        evidence,
        evidence.log.map((envelope) => {
          const { event } = envelope;
          if (event.type !== 'poll:closed') return envelope;
          return { ...envelope, event: { ...event, result: withMore(event.result, 'a', 1 + (n % 3)) } };
        }),
      ),
    'the tally is the sum of the ballots',
  );
  broken(
    'finds a person who counts twice',
    (evidence) => {
      const log = evidence.log.map((envelope) => {
        const { event } = envelope;
        const [first] = event.type === 'poll:closed' ? (event.ballots ?? []) : [];
        if (event.type !== 'poll:closed' || event.ballots === null || first === undefined) return envelope;
        const result = withMore(event.result, choicesOn(paperOf(first.paper))[0] ?? '', 1, 1);
        return { ...envelope, event: { ...event, result, ballots: [...event.ballots, first] } };
      });
      return placesOf(log, 'ballot:cast').length === 0 ? null : over(evidence, log);
    },
    'one ballot a person',
  );
  broken(
    'finds a ballot that counts for something else',
    (evidence) => {
      let isSpoilt = false;
      const log = evidence.log.map((envelope) => {
        const { event } = envelope;
        const [first, ...others] = event.type === 'poll:closed' ? (event.ballots ?? []) : [];
        if (event.type !== 'poll:closed' || first === undefined) return envelope;
        isSpoilt = true;
        const other = choicesOn(paperOf(first.paper))[0] === 'a' ? 'y' : 'a';
        const spoilt = { by: first.by, paper: choose(other) };
        return { ...envelope, event: { ...event, ballots: [spoilt, ...others] } };
      });
      return isSpoilt ? over(evidence, log) : null;
    },
    'nothing acknowledged is lost',
  );
  broken(
    'finds a refused view that is there all the same',
    (evidence, n) => {
      const oks = evidence.steps.filter((step) => step.type === 'ok' && step.seq !== null);
      const views = new Set(
        evidence.steps.flatMap((step) =>
          step.type === 'invoke' && step.deed.kind === 'view' ? [step.op] : [],
        ),
      );
      const ok = oks.filter(({ op }) => views.has(op))[n % Math.max(1, views.size)];
      if (ok === undefined) return null;
      const steps = evidence.steps.map((step) =>
        step === ok ? { op: ok.op, at: ok.at, by: ok.by, type: 'fail' as const, why: 'no' } : step,
      );
      return { ...evidence, steps };
    },
    'what was refused is not there',
  );
  broken(
    'finds somebody who heard another order',
    (evidence, n) => {
      const { log } = evidence;
      const at = n % (log.length - 1);
      const [one, two] = [log[at], log[at + 1]];
      if (one === undefined || two === undefined) return null;
      if (canonical(one.event) === canonical(two.event) && one.by === two.by) return null;
      const swapped = log.toSpliced(at, 2, { ...two, seq: one.seq }, { ...one, seq: two.seq });
      const line = extend(lineFrom(0), swapped.map(markOf)) ?? lineFrom(0);
      return { ...evidence, heard: [{ reader: 'one', line, repeated: 0 }] };
    },
    'everybody hears the same in the same order',
  );
  broken(
    'finds somebody who never heard the last event',
    (evidence) => ({
      ...evidence,
      heard: [
        { reader: 'one', line: extend(lineFrom(0), evidence.log.slice(0, -1).map(markOf))!, repeated: 0 },
      ],
    }),
    'everybody hears the same in the same order',
  );
  broken(
    'finds a gap',
    ({ log, ...evidence }, n) => ({ ...evidence, log: log.toSpliced(n % (log.length - 1), 1) }),
    'the log has no gap',
  );
  broken(
    'finds a read that is older than what was acknowledged before it',
    (evidence) => ({
      ...evidence,
      steps: [
        ...evidence.steps,
        { op: -1, at: 1e9, by: 'x', type: 'invoke', deed: { kind: 'read' } },
        { op: -1, at: 1e9 + 1, by: 'x', type: 'ok', seq: 1 },
      ],
    }),
    'nobody reads less than was acknowledged before',
  );
  broken(
    'finds a late comer who is shown too little',
    (evidence) => ({ ...evidence, late: applyAll(EMPTY_ROOM, evidence.log.slice(0, -1)) }),
    'who comes late gets everything',
  );
});

describe('check, of a text', () => {
  const edit = { op: 1, at: 1, by: 'x', type: 'invoke', deed: { kind: 'edit', mark: '〔1〕' } } as const;
  const saved = { op: 1, at: 2, by: 'x', type: 'ok', seq: null } as const;
  const texts = (...all: string[]) => all.map((text, n) => ({ reader: `r${n}`, text }));
  const nothing: Evidence = { steps: [edit, saved], log: [], late: EMPTY_ROOM, heard: [], texts: [] };

  it('finds a saved edit that is gone, one that is there twice, and texts that differ', () => {
    expect(check({ ...nothing, texts: texts('〔1〕', '〔1〕') })).toEqual([]);
    expect(promises(check({ ...nothing, texts: texts('', '') }))).toEqual(['nothing acknowledged is lost']);
    expect(promises(check({ ...nothing, texts: texts('〔1〕〔1〕') }))).toEqual(['nothing is there twice']);
    expect(promises(check({ ...nothing, texts: texts('〔1〕', '') }))).toEqual([
      'everybody has the same text',
    ]);
  });
});
