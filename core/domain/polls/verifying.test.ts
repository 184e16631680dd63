import { describe, expect, it } from 'vitest';
import { as, choose, participantId, poll, pollId, seated } from '../../testing/builders.ts';
import { fileOf, PollFile } from './exporting.ts';
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
});
