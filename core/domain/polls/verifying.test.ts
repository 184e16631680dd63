import { describe, expect, it } from 'vitest';
import { as, choose, participantId, poll, pollId, seated } from '../../testing/builders.ts';
import type { Ask } from './ask.ts';
import { fileOf, PollFile } from './exporting.ts';
import type { Paper } from './paper.ts';
import type { PollRules } from './rules.ts';
import { verifyPoll } from './verifying.ts';

/** A meeting in which three vote, and the file of it. */
function held(over: Partial<PollRules> = {}): PollFile {
  const t = seated({ open: true });
  t.must(as(0), { type: 'preparePoll', poll: poll(1, { ...majority, ...over }) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  const papers = [1, 3, 6].map((n) => choose(n === 6 ? 'n' : 'y'));
  for (const [index, n] of [1, 3, 6].entries())
    t.must(as(n), { type: 'castBallot', pollId: pollId(1), paper: papers[index] ?? choose('y') });
  t.must(as(0), { type: 'closePoll', pollId: pollId(1) }, { papers });
  const [closed] = t.room().polls;
  const file = closed?.phase === 'closed' ? fileOf(closed) : null;
  if (file === null) throw new Error('no file');
  return file;
}

/** The same of a poll that is 仅主持人可见, with a paper of each of the three. */
function hidden(ask: Ask, papers: readonly Paper[]): PollFile {
  const t = seated({ open: true });
  t.must(as(0), { type: 'preparePoll', poll: poll(1, { ask, secrecy: 'host' }) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  for (const [index, n] of [1, 3, 6].entries())
    t.must(as(n), { type: 'castBallot', pollId: pollId(1), paper: papers[index] ?? choose('y') });
  t.must(as(0), { type: 'closePoll', pollId: pollId(1) });
  const [closed] = t.room().polls;
  const file = closed?.phase === 'closed' ? fileOf(closed) : null;
  if (file === null) throw new Error('no file');
  return file;
}
const marks = (...all: readonly ('yes' | 'no')[]) => all.map((mark): Paper => ({ shape: 'mark', mark }));

const majority: Partial<PollRules> = {
  thresholds: [{ on: 'chosen', relation: 'more', of: { part: 1, whole: 2 }, base: 'cast' }],
};
const wrongIn = (file: PollFile) =>
  verifyPoll(file).findings.flatMap(({ check, holds }) => (holds ? [] : [check]));
const copy = (file: PollFile): PollFile => PollFile.parse(JSON.parse(JSON.stringify(file)));

describe(verifyPoll, () => {
  it.each(['open', 'named', 'secret'] as const)('finds a %s poll as it was held [B26]', (secrecy) => {
    const file = copy(held({ secrecy }));
    expect(verifyPoll(file)).toMatchObject({ holds: true, isRecounted: true });
  });

  it('finds whatever was changed afterwards [B26]', () => {
    const file = held();
    const [chamber] = file.result.chambers;
    const [first, ...others] = file.ballots ?? [];
    if (chamber === undefined || first === undefined || chamber.count?.of !== 'choices')
      throw new Error('no votes');
    const withChamber = (over: object) =>
      copy({ ...file, result: { ...file.result, chambers: [{ ...chamber, ...over }] } });
    expect(wrongIn(copy({ ...file, draft: { ...file.draft, question: '是否不同意？' } }))).toEqual(['seal']);
    expect(wrongIn(copy({ ...file, electorate: file.electorate.slice(1) }))).toContain('seal');
    expect(wrongIn(withChamber({ count: { of: 'choices', choices: { y: 3, n: 0, a: 0 } } }))).toEqual([
      'count',
    ]);
    expect(wrongIn(withChamber({ verdict: null }))).toEqual(['verdict']);
    expect(wrongIn(withChamber({ turnout: { ...chamber.turnout, cast: 2, valid: 2 } }))).toContain('turnout');
    const other = { ...first, paper: choose('n') };
    expect(wrongIn(copy({ ...file, ballots: [other, ...others] }))).toEqual(['count', 'verdict']);
    expect(wrongIn(copy({ ...file, ballots: [...others] }))).toContain('turnout');
    expect(wrongIn(copy({ ...file, ballots: [first, first, ...others] }))).toContain('voters');
    const stranger = { ...first, by: participantId(20) };
    expect(wrongIn(copy({ ...file, ballots: [stranger, ...others] }))).toContain('voters');
    const ghost = { ...first, paper: choose('ghost') };
    expect(wrongIn(copy({ ...file, ballots: [ghost, ...others] }))).toContain('papers');
  });

  it('names the first thing that differs [B26]', () => {
    const file = held();
    const [chamber] = file.result.chambers;
    const [first, ...others] = file.ballots ?? [];
    if (chamber === undefined || first === undefined) throw new Error('no votes');
    const firstWrong = (over: Partial<PollFile>) =>
      verifyPoll(copy({ ...file, ...over })).findings.find(({ holds }) => !holds)?.at;
    const withChamber = (over: object) => ({
      result: { ...file.result, chambers: [{ ...chamber, ...over }] },
    });
    expect(firstWrong({})).toBeUndefined();
    expect(firstWrong({ draft: { ...file.draft, question: '是否不同意？' } })).toMatchObject({
      of: 'seal',
      told: file.seal,
    });
    expect(firstWrong(withChamber({ count: { of: 'choices', choices: { y: 3, n: 0, a: 0 } } }))).toEqual({
      of: 'number',
      chamber: chamber.id,
      path: ['count', 'choices', 'n'],
      told: 0,
      ours: 1,
    });
    expect(firstWrong(withChamber({ turnout: { ...chamber.turnout, cast: 2, valid: 2 } }))).toEqual({
      of: 'number',
      chamber: chamber.id,
      path: ['turnout', 'cast'],
      told: 2,
      ours: 3,
    });
    expect(firstWrong({ ballots: [first, first, ...others.slice(1)] })).toEqual({
      of: 'voter',
      id: first.by,
      why: 'twice',
    });
    const ghost = { ...first, paper: choose('ghost') };
    expect(firstWrong({ ballots: [...others, ghost] })).toEqual({ of: 'paper', n: 3, by: first.by });
  });

  it('says that it could not count what is not for this reader', () => {
    const file = copy(held({ secrecy: 'host' }));
    expect(verifyPoll(file)).toMatchObject({ holds: true, isRecounted: false });
    // No paper of a secret poll can be erased but one of words: one that is missing was taken out.
    const bare = copy({ ...held({ secrecy: 'secret' }), papers: [] });
    expect(verifyPoll(bare)).toMatchObject({ holds: false });
    const [chamber] = file.result.chambers;
    if (chamber === undefined) throw new Error('no chamber');
    const count = { of: 'choices' as const, choices: { y: 1, n: 2, a: 0 } };
    const turned = copy({ ...file, result: { ...file.result, chambers: [{ ...chamber, count }] } });
    expect(wrongIn(turned)).toEqual(['verdict']);
  });

  /** A poll that is 仅主持人可见, and its file with something else in the place of a number. */
  function withNumber(file: PollFile, way: readonly (string | number)[], to: unknown): PollFile {
    const json: unknown = JSON.parse(JSON.stringify(file));
    let at = json as Record<string | number, unknown>;
    for (const name of way.slice(0, -1)) at = at[name] as typeof at;
    at[way[way.length - 1] ?? ''] = to;
    return PollFile.parse(json);
  }

  it('holds a count whose papers are not there within what papers can give [B26]', () => {
    const options = ['y', 'n', 'a'].map((id) => ({ id, text: id }));
    const asks: readonly (readonly [Ask, readonly Paper[], readonly (readonly [string, unknown])[]])[] = [
      [{ kind: 'yes_no' }, marks('yes', 'no', 'no'), [['marks.yes', 2]]],
      [
        { kind: 'multiple', options, least: 1, most: 2 },
        [choose('y', 'n'), choose('y'), choose('a')],
        [
          ['choices.y', 4],
          ['choices', { y: 3, n: 3, a: 3 }],
          ['choices', { y: 1, n: 1 }],
        ],
      ],
      [
        { kind: 'each', options, least: 1, most: 3 },
        [1, 2, 3].map((): Paper => ({ shape: 'marks', marks: { y: 'no', n: 'yes' } })),
        [
          ['each.y.yes', 900],
          ['each.y', { yes: 0, no: 1 }],
        ],
      ],
      [
        { kind: 'statements', options, asksImportant: true },
        [1, 2, 3].map((): Paper => ({ shape: 'marks', marks: { y: 'agree' }, important: ['y'] })),
        [
          ['important.y', 4],
          ['important.n', 1],
        ],
      ],
      [
        { kind: 'score', options, lowest: 1, highest: 5 },
        [1, 2, 5].map((n): Paper => ({ shape: 'scores', scores: { y: n } })),
        [
          ['each.y.papers', 700],
          ['each.y.sum', 13],
          ['each.y.squares', 1],
          ['each.y.highest', 6],
          ['each.n.sum', 1],
        ],
      ],
      [
        { kind: 'points', options, budget: 5, cap: 5 },
        [1, 2, 5].map((n): Paper => ({ shape: 'scores', scores: { y: n } })),
        [['each.y', { papers: 3, sum: 16, squares: 86, lowest: 5, highest: 6 }]],
      ],
      [
        { kind: 'ranking', options, least: 1, by: 'points' },
        [['y'], ['n', 'y'], ['y', 'a']].map((ranking): Paper => ({ shape: 'ranking', ranking })),
        [
          ['firsts.y', 4],
          ['points.y', 10],
          ['points.a', 7],
        ],
      ],
      [
        { kind: 'ranking', options, least: 1, by: 'runoff' },
        [['y'], ['n', 'y'], ['a', 'y']].map((ranking): Paper => ({ shape: 'ranking', ranking })),
        [
          ['winners', ['n']],
          ['rounds.0.counts.y', 2],
          ['rounds.0.exhausted', 1],
        ],
      ],
      [
        { kind: 'stv', options, seats: 1 },
        [['y'], ['y', 'n'], ['a', 'y']].map((ranking): Paper => ({ shape: 'ranking', ranking })),
        [
          ['elected', ['n']],
          ['quota', 1],
          ['stages.0.votes.y', 300_000],
        ],
      ],
      [
        { kind: 'election', options, seats: 1, others: [{ id: 'o', text: 'o' }] },
        [1, 2, 3].map((): Paper => ({ shape: 'marks', marks: { y: 'no' }, others: ['o'] })),
        [
          ['others.o', 4],
          ['each.y', { yes: 3, no: 0 }],
        ],
      ],
    ];
    for (const [ask, papers, changes] of asks) {
      const file = copy(hidden(ask, papers));
      expect(verifyPoll(file)).toMatchObject({ holds: true, isRecounted: false });
      for (const [way, to] of changes) {
        const other = withNumber(file, `result.chambers.0.count.${way}`.split('.'), to);
        expect({ kind: ask.kind, way, wrong: wrongIn(other)[0] }).toEqual({
          kind: ask.kind,
          way,
          wrong: 'count',
        });
      }
    }
    const file = copy(hidden({ kind: 'yes_no' }, marks('yes', 'no', 'no')));
    const group = { of: 'marks', marks: { yes: 1, no: 0 } };
    for (const to of [
      { of: 'marks', marks: { yes: 5_000, no: 0 } },
      { of: 'choices', choices: { y: 1 } },
    ])
      expect(wrongIn(withNumber(file, ['result', 'groups', 0, 'count'], to))).toEqual(['count']);
    // All of them for it, and of their chamber one alone.
    const all = file.result.groups.map((one) => ({ ...one, count: group }));
    expect(wrongIn(withNumber(file, ['result', 'groups'], all))).toEqual(['count']);
    const blank = { ...file.result.chambers[0]?.turnout, blank: 1, valid: 2 };
    expect(wrongIn(withNumber(file, ['result', 'chambers', 0, 'turnout'], blank))).toContain('turnout');
  });

  it('takes no count of tellers for one that was not made, and nobody for a deputy who cannot be one [B26] [B48] [B49]', () => {
    const t = seated({ open: true });
    const tellers = [1, 3].map(participantId);
    t.must(as(0), { type: 'preparePoll', poll: poll(1, { ask: { kind: 'counted' }, tellers }) });
    t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
    const totals = { issued: 3, yes: 3, no: 0, abstain: 0, blank: 0, invalid: 0 };
    for (const n of [1, 3]) t.must(as(n), { type: 'enterTotals', pollId: pollId(1), totals });
    t.must(as(0), { type: 'closePoll', pollId: pollId(1) });
    const [closed] = t.room().polls;
    const file = closed?.phase === 'closed' ? fileOf(closed) : null;
    const [chamber] = file?.result.chambers ?? [];
    if (file === null || chamber === undefined) throw new Error('no file');
    expect(verifyPoll(copy(file)).holds).toBe(true);
    const { totals: _totals, ...bare } = file;
    const nothing = {
      cast: 0,
      valid: 0,
      issued: 0,
      presentAtOpening: 0,
      presentAtStop: 0,
      entitledPresent: 0,
    };
    const turnout = { ...chamber.turnout, ...nothing, silent: 0 };
    const emptied = { ...chamber, turnout, count: null, verdict: null };
    expect(verifyPoll({ ...bare, result: { chambers: [emptied], groups: [] } }).holds).toBe(false);
    const voided = { by: 'office' as const, at: file.closedAt, why: '', confirmedAt: file.closedAt };
    const because = { ...voided, confirmedBy: participantId(0), cause: 'uncounted' as const };
    expect(wrongIn({ ...file, voided: because })).toEqual(['verdict']);
    const named = held();
    const [place = participantId(1), own = participantId(3)] = named.electorate.map(({ id }) => id);
    expect(wrongIn(copy({ ...named, stood: { [place]: participantId(77) } }))).toEqual([]);
    expect(wrongIn(copy({ ...named, stood: { [place]: own } }))).toEqual(['voters']);
    const [, ...others] = named.ballots ?? [];
    const unused = copy({ ...named, ballots: others, stood: { [place]: participantId(77) } });
    expect(wrongIn(unused)).toContain('voters');
  });
});
