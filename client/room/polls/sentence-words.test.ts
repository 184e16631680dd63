import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Paper } from '../../../core/domain/polls/paper.ts';
import type { PollRules } from '../../../core/domain/polls/rules.ts';
import type { Turnout } from '../../../core/domain/polls/turnout.ts';
import { currentText, loadTexts, setLocale } from '../../lib/i18n.ts';
import { counted, more, sentences, votes } from '../../testing/poll-stage.ts';
import { saySentence } from './sentence-words.ts';

const ABSTAIN = { kind: 'yes_no_abstain' } as const;
const QUORUM: PollRules['quorum'] = {
  attendance: { relation: 'at_least', of: { part: 2, whole: 3 } },
  participation: null,
};
beforeAll(async () => {
  Object.assign(globalThis, { document: { documentElement: { lang: '' } } });
  await loadTexts(['room']);
});
afterAll(() => setLocale('zh-CN', { choose: false }));

describe('the sentence of a verdict [B12]', () => {
  it('has every number, every quorum and every threshold, and whether it is met', async () => {
    const one = {
      ask: ABSTAIN,
      rules: { quorum: QUORUM, thresholds: [more('yes')] },
      papers: votes(13, 4, 2),
    };
    expect(await sentences(one)).toEqual([
      '应到 24，实到 19（≥2/3 ✓）；应投 24 人，已投 19 人，投票率 79.2%；赞成 13，占实到 68.4%（>1/2 ✓）；反对 4；弃权 2——形成基本一致意见。',
      '24 due, 19 present (≥2/3 ✓); 24 eligible, 19 voted, turnout 79.2%; For: 13, 68.4% of those present (>1/2 ✓); Against: 4; Abstain: 2 – broadly agreed.',
    ]);
  });

  const outcomes: readonly (readonly [
    string,
    Partial<PollRules>,
    readonly Paper[],
    Partial<Turnout>,
    string,
    string,
  ])[] = [
    ['unanimous', {}, votes(19, 0), {}, '——形成一致同意意见。', '– unanimous.'],
    [
      'divided',
      {},
      votes(9, 10),
      {},
      '9，占实到 47.4%（>1/2 ✗）；反对 10；弃权 0——存在分歧。',
      '– differences remain.',
    ],
    ['further', {}, votes(13, 0), { presentAtOpening: 15 }, '应到 24，实到 15（≥2/3 ✗）', '– to be studied.'],
    [
      'tied host',
      { tie: 'host' },
      votes(9, 9),
      {},
      '——票数相同，由主持人提出处理意见。',
      '– a draw, left to the host.',
    ],
    [
      'tied again',
      { tie: 'again' },
      votes(9, 9),
      {},
      '——票数相同，另行投票。',
      '– a draw, to be voted on again.',
    ],
    ['carried', { profile: 'internal' }, votes(13, 4), {}, '——通过。', '– carried.'],
    ['lost', { profile: 'internal' }, votes(4, 13), {}, '——未通过。', '– not carried.'],
    [
      'no quorum',
      { profile: 'internal' },
      votes(13, 0),
      { presentAtStop: 3 },
      '——未达到规定人数。',
      '– the required number was not reached.',
    ],
  ];
  it.each(outcomes)(
    'says %s in the words of its profile',
    async (_, rules, papers, people, chinese, english) => {
      const set = { quorum: QUORUM, thresholds: [more('yes')], ...rules };
      const [zh, en] = await sentences({ ask: ABSTAIN, rules: set, papers, people });
      expect(zh).toContain(chinese);
      expect(en).toContain(english);
      if (set.profile !== 'internal') expect(zh).not.toMatch(/通过|否决/);
    },
  );

  it('tells several thresholds, wholes that were not named before, and shares of nothing', async () => {
    const thresholds = [
      more('yes', 'due'),
      more('yes', 'valid'),
      { ...more('no', 'yes_no'), relation: 'at_most' as const },
    ];
    const blank: Paper = { shape: 'blank' };
    const rules = { thresholds, allowsBlank: true };
    const [zh] = await sentences({
      ask: ABSTAIN,
      rules,
      papers: [...votes(10, 0, 2), blank],
      people: { silent: 6, invalid: 1 },
    });
    expect(zh).toBe(
      '应到 24，实到 19；应投 24 人，已投 13 人，投票率 54.2%；赞成 10，占应到 41.7%（>1/2 ✗），占有效票 12 的 83.3%（>1/2 ✓）；反对 0，占赞成与反对 10 的 0%（≤1/2 ✓）；弃权 2；空白票 1；废票 1；在场未按 6——存在分歧。',
    );
    const [nothing] = await sentences({
      ask: ABSTAIN,
      rules: { thresholds: [more('yes', 'yes_no')] },
      papers: votes(0, 0, 3),
    });
    expect(nothing).toContain('赞成 0，赞成与反对为 0（>1/2 ✗）');
  });

  it('shows as many digits as the sign beside them needs [B13]', async () => {
    const rules = { thresholds: [more('yes', 'cast')] };
    const [zh] = await sentences({
      ask: ABSTAIN,
      rules,
      papers: votes(1_251, 1_249),
      people: { entitled: 2_500 },
    });
    expect(zh).toContain('赞成 1251，占已投 50.04%（>1/2 ✓）');
  });

  it('says that nobody voted, and that so few did that it is not told', async () => {
    expect(await sentences({ ask: ABSTAIN, papers: [] })).toEqual([
      '应投 24 人，已投 0 人，投票率 0%；没有人投票。',
      '24 eligible, 0 voted, turnout 0%; nobody voted.',
    ]);
    const { draft, chamber } = counted({ ask: ABSTAIN, papers: votes(1, 0) });
    await setLocale('zh-CN', { choose: false });
    expect(saySentence(currentText(), draft, { ...chamber, count: null })).toContain('不公布得票');
  });

  it('counts weighed votes by their weights, and people by their heads', async () => {
    const rules = { thresholds: [more('yes', 'cast')], weights: {} };
    const [zh] = await sentences({ ask: { kind: 'yes_no' }, rules, papers: votes(2, 0) });
    expect(zh).toContain('已投 2 人');
    expect(zh).toContain('赞成 2.5，');
  });
});
