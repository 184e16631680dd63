import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Paper } from '../../../core/domain/polls/paper.ts';
import { choose } from '../../../core/testing/builders.ts';
import { loadTexts, setLocale } from '../../lib/i18n.ts';
import { mark, more, options, sentences, some, times, votes, type Case } from '../../testing/poll-stage.ts';

beforeAll(async () => {
  Object.assign(globalThis, { document: { documentElement: { lang: '' } } });
  await loadTexts(['room']);
});
afterAll(() => setLocale('zh-CN', { choose: false }));

const marksOn = (marks: Record<string, Extract<Paper, { shape: 'mark' }>['mark']>): Paper => ({
  shape: 'marks',
  marks,
});
const turnout = (cast: number) => {
  const percent = `${Math.round((cast / 24) * 1_000) / 10}%`;
  return [
    `应投 24 人，已投 ${cast} 人，投票率 ${percent}；`,
    `24 eligible, ${cast} voted, turnout ${percent}; `,
  ] as const;
};

describe('the sentence of each kind', () => {
  const kinds: readonly (readonly [string, Case, string, string])[] = [
    [
      'two marks',
      { ask: { kind: 'yes_no' }, papers: votes(3, 1) },
      '赞成 3，占已投 75%；反对 1，占已投 25%。',
      'For: 3, 75% of votes cast; Against: 1, 25% of votes cast.',
    ],
    [
      'a condition',
      { ask: { kind: 'conditional', condition: '须保障绕行' }, papers: [mark('conditional')] },
      '有条件赞成（须保障绕行） 1，占已投 100%',
      '1, 100% of votes cast',
    ],
    [
      'consensus',
      {
        ask: { kind: 'consensus' },
        papers: [mark('agree'), { shape: 'mark', mark: 'block', reason: '没有绕行' }],
      },
      '同意 1，占已投 50%；弃权 0，占已投 0%；不同意 0，占已投 0%；反对并说明 1，占已投 50%。',
      '50% of votes cast',
    ],
    ['consent', { ask: { kind: 'consent' }, papers: [mark('agree')] }, '无异议 1', ': 1'],
    [
      'a temperature',
      { ask: { kind: 'temperature' }, papers: [mark('worried'), mark('promising')] },
      '看好 1，占已投 50%；不确定 0，占已投 0%；有顾虑 1',
      ': 1',
    ],
    [
      'an acclamation',
      { ask: { kind: 'acclamation' }, papers: [] },
      '无人提出异议——形成一致同意意见。',
      ' – unanimous.',
    ],
    [
      'a sign-up that is full',
      { ask: { kind: 'signup', target: 2 }, papers: votes(2, 1) },
      '报名 2 人，目标 2 人 ✓。',
      '2 signed up, target 2 ✓.',
    ],
    [
      'a sign-up that is not',
      { ask: { kind: 'signup', target: 3 }, papers: votes(2, 1) },
      '报名 2 人，目标 3 人 ✗。',
      '2 signed up, target 3 ✗.',
    ],
    [
      'one option',
      {
        ask: { kind: 'single', options: some, allowsNone: true },
        papers: [choose('o0'), choose('o0'), choose('none')],
      },
      '“甲”最多，2 票，占已投 66.7%；以上都不 1 票。',
      '“甲” has the most votes: 2, 66.7% of votes cast; ',
    ],
    [
      'a draw',
      { ask: { kind: 'single', options: some, allowsNone: false }, papers: [choose('o0'), choose('o1')] },
      '“甲”、“乙”得票相同，各 1 票，占已投 50%。',
      '“甲”, “乙” are level, votes each: 1, 50% of votes cast.',
    ],
    [
      'options that are judged',
      {
        ask: { kind: 'single', options: some, allowsNone: false },
        rules: { thresholds: [more('chosen', 'cast')] },
        papers: [choose('o0'), choose('o0'), choose('o1')],
      },
      '“甲”2 票，占已投 66.7%（>1/2 ✓），形成基本一致意见；“乙”1 票，占已投 33.3%（>1/2 ✗），存在分歧。',
      '“乙”: 1, 33.3% of votes cast (>1/2 ✗), differences remain.',
    ],
    [
      'many that are judged, each with its numbers',
      {
        ask: { kind: 'multiple', options, least: 1, most: 2 },
        rules: { thresholds: [more('chosen', 'cast')] },
        papers: times(2, choose('o0', 'o1')),
      },
      '“丙”0 票，占已投 0%（>1/2 ✗），另行研究；“丁”0 票，占已投 0%（>1/2 ✗），另行研究。',
      '“甲”: 2, 100% of votes cast (>1/2 ✓), unanimous; ',
    ],
    [
      'each',
      { ask: { kind: 'each', options: some, least: 1, most: 2 }, papers: [marksOn({ o0: 'yes', o1: 'no' })] },
      '“甲”赞同最多，1 票。',
      '“甲” has the most agreement: 1.',
    ],
    [
      'each, all against [B12]',
      {
        ask: { kind: 'each', options: some, least: 1, most: 2 },
        papers: times(2, marksOn({ o0: 'no', o1: 'no' })),
      },
      '“甲”反对 2，占已投 100%；“乙”反对 2，占已投 100%。',
      '“乙” Against: 2, 100% of votes cast.',
    ],
    [
      'hours that suit nobody [B12]',
      { ask: { kind: 'slots', options: some }, papers: [marksOn({ o0: 'no', o1: 'no' })] },
      '“甲”不行 1，占已投 100%；“乙”不行 1，占已投 100%。',
      '“甲”',
    ],
    [
      'a judged option and 以上都不 [B12]',
      {
        ask: { kind: 'single', options: some, allowsNone: true },
        rules: { thresholds: [more('chosen', 'cast')] },
        papers: [choose('o0'), choose('none')],
      },
      '“乙”0 票，占已投 0%（>1/2 ✗），另行研究；以上都不 1 票。',
      '“甲”',
    ],
    [
      'satisfaction in words',
      {
        ask: { kind: 'satisfaction', aspects: ['result'], scale: 'words' },
        papers: [
          marksOn({ result: 'mostly' }),
          marksOn({ result: 'dissatisfied' }),
          marksOn({ result: 'unknown' }),
        ],
      },
      '办理结果满意和基本满意 1，满意率 50%。',
      '1 satisfied or mostly satisfied, 50%.',
    ],
    [
      'satisfaction by numbers',
      {
        ask: { kind: 'satisfaction', aspects: ['attitude'], scale: 'hundred' },
        papers: [
          { shape: 'scores', scores: { attitude: 85 } },
          { shape: 'scores', scores: { attitude: 90 } },
        ],
      },
      '办理态度平均 87.5 分（2 人）。',
      'mean 87.5 (rated by 2).',
    ],
    [
      'hours',
      {
        ask: { kind: 'slots', options: some },
        papers: [marksOn({ o0: 'maybe', o1: 'yes' }), marksOn({ o0: 'maybe', o1: 'no' })],
      },
      '“甲”、“乙”同样合适，各 2 分。',
      '“甲”, “乙” suit equally, points each: 2.',
    ],
    [
      'paragraphs',
      {
        ask: { kind: 'paragraphs', options: options.slice(0, 3) },
        papers: [
          marksOn({ o0: 'agree' }),
          { shape: 'marks', marks: { o1: 'amend', o2: 'disagree' }, reasons: { o1: '改', o2: '删' } },
        ],
      },
      '无不同意见 1 段，有修改意见 1 段，有反对 1 段。',
      'paragraphs that nobody wants otherwise: 1, with changes asked for: 1, with objections: 1.',
    ],
    [
      'scores',
      {
        ask: { kind: 'score', options: some, lowest: 1, highest: 5 },
        papers: [
          { shape: 'scores', scores: { o0: 5, o1: 1 } },
          { shape: 'scores', scores: { o0: 4 } },
        ],
      },
      '“甲”平均分最高，4.5 分。',
      '“甲” has the highest mean: 4.5.',
    ],
    [
      'points',
      {
        ask: { kind: 'points', options: some, budget: 8, cap: 8 },
        papers: [{ shape: 'scores', scores: { o0: 3, o1: 5 } }],
      },
      '“乙”点数最多，5 点。',
      '“乙” has the most points: 5.',
    ],
    [
      'a ranking',
      {
        ask: { kind: 'ranking', options: some, least: 1, by: 'points' },
        papers: [{ shape: 'ranking', ranking: ['o1', 'o0'] }],
      },
      '“乙”积分最高，2 分。',
      '“乙” ranks highest, with points: 2.',
    ],
    [
      'a run-off',
      {
        ask: { kind: 'ranking', options: some, least: 1, by: 'runoff' },
        papers: [{ shape: 'ranking', ranking: ['o1', 'o0'] }],
      },
      '计票 1 轮；“乙”胜出，末轮 1 票。',
      'rounds counted: 1; “乙” wins, votes in the last round: 1.',
    ],
    [
      'a transferable vote',
      { ask: { kind: 'stv', options, seats: 1 }, papers: [{ shape: 'ranking', ranking: ['o2'] }] },
      '入选票数 1，计票 1 步；“丙”入选（名额 1）。',
      'quota 1, stages counted: 1; “丙” chosen (seats: 1).',
    ],
    [
      'answers',
      { ask: { kind: 'open', length: 20 }, papers: times(2, { shape: 'words', words: '路灯' }) },
      '收到回答 2 份，不同说法 1 种。',
      'answers: 2, different ones: 1.',
    ],
    [
      'seats',
      {
        ask: { kind: 'election', options: some, seats: 1, others: [] },
        rules: { profile: 'internal', thresholds: [more('yes', 'cast')] },
        papers: times(2, marksOn({ o0: 'yes', o1: 'no' })),
      },
      '“甲”○ 同意 2，占已投 100%（>1/2 ✓）；“乙”○ 同意 0，占已投 0%（>1/2 ✗）；“甲”入选（名额 1）。',
      '“甲” chosen (seats: 1).',
    ],
    [
      'a draw for a seat',
      {
        ask: { kind: 'election', options: some, seats: 1, others: [] },
        papers: [marksOn({ o0: 'yes' }), marksOn({ o1: 'yes' })],
      },
      '“甲”○ 同意 1，占已投 50%；“乙”○ 同意 1，占已投 50%；无人入选（名额 1）；“甲”、“乙”得票相同，最后名额空缺。',
      'nobody chosen (seats: 1); “甲”, “乙” draw, so the last seats stay empty.',
    ],
  ];
  it.each(kinds)('%s', async (_, one, chinese, english) => {
    const [zh, en] = await sentences(one);
    const [people, voters] = turnout(one.papers.length);
    // Whoever applauds casts no paper.
    const isCast = one.ask.kind !== 'acclamation';
    expect(zh.startsWith(people)).toBe(isCast);
    expect(en.startsWith(voters)).toBe(isCast);
    expect(zh).toContain(chinese);
    expect(en).toContain(english);
    // No clause without its words, no number without its place.
    expect(zh + en).not.toMatch(/room:|words:|undefined|NaN|\{\w+\}/);
  });
});
