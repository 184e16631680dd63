import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ask } from '../../../core/domain/polls/ask.ts';
import { judgePaper } from '../../../core/domain/polls/judging.ts';
import { currentText, loadTexts, setLocale } from '../../lib/i18n.ts';
import { saySentence } from '../../room/polls/sentence-words.ts';
import { exampleOf, resultOf } from './examples.ts';
import { askOf, EMPTY_FORM } from './poll-form.ts';
import { KIND_GROUPS } from './poll-kinds.ts';

const form = { ...EMPTY_FORM, options: ['x', 'y', 'z'] };
const kinds = KIND_GROUPS.flatMap((group) => [...group.kinds]);
const asks: readonly Ask[] = [
  ...kinds.map((kind) => askOf({ ...form, kind })),
  askOf({ ...form, kind: 'ranking', rankingBy: 'runoff' }),
  askOf({ ...form, kind: 'satisfaction', scale: 'hundred' }),
];
const words = { names: ['甲', '乙', '丙'], answers: ['没人接', '太暗', '影响通行'] };
const nameOf = (ask: Ask) =>
  [ask.kind, 'by' in ask ? ask.by : '', 'scale' in ask ? ask.scale : '']
    .filter((part) => part !== '')
    .join(' ');

beforeAll(async () => {
  Object.assign(globalThis, { document: { documentElement: { lang: '' } } });
  await loadTexts(['room', 'examples']);
});
afterAll(() => setLocale('zh-CN', { choose: false }));

describe('worked examples', () => {
  it('are of papers that polls take', () => {
    for (const ask of asks) {
      const example = exampleOf(ask, words);
      expect(Ask.safeParse(example.ask).success, nameOf(ask)).toBe(true);
      const { draft } = resultOf(example);
      for (const [, paper] of example.papers)
        expect([nameOf(ask), ask.kind === 'counted' || judgePaper(draft, paper).ok]).toEqual([
          nameOf(ask),
          true,
        ]);
    }
  });

  it('say what the engine counts', async () => {
    await setLocale('zh-CN', { choose: false });
    const said = asks.map((ask) => {
      const { draft, chamber } = resultOf(exampleOf(ask, words));
      return `${nameOf(ask)}: ${saySentence(currentText(), draft, chamber).replace(/\u00a0/g, ' ')}`;
    });
    expect(said).toMatchInlineSnapshot(`
      [
        "conditional: 应投 24 人，已投 20 人，投票率 83.3%；赞成 11，占已投 55%；有条件赞成 4，占已投 20%；不赞成 3，占已投 15%；弃权 2，占已投 10%。",
        "yes_no_abstain: 应投 24 人，已投 20 人，投票率 83.3%；赞成 13，占已投 65%（>1/2 ✓）；反对 5；弃权 2——形成基本一致意见。",
        "yes_no: 应投 24 人，已投 20 人，投票率 83.3%；赞成 13，占已投 65%（>1/2 ✓）；反对 7——形成基本一致意见。",
        "consensus: 应投 24 人，已投 20 人，投票率 83.3%；同意 15，占已投 75%（≥2/3 ✓）；弃权 2；不同意 2；反对并说明 1，占已投 5%（≤1/10 ✓）——形成基本一致意见。",
        "consent: 应投 24 人，已投 19 人，投票率 79.2%；无异议 18，占已投 94.7%；有异议 1，占已投 5.3%。",
        "acclamation: 提出异议 1 人——存在分歧。",
        "counted: 应投 24 人，已投 20 人，投票率 83.3%；赞成 13，占已投 65%（>1/2 ✓）；反对 7；弃权 0——形成基本一致意见。",
        "single: 应投 24 人，已投 20 人，投票率 83.3%；“甲”最多，12 票，占已投 60%。",
        "multiple: 应投 24 人，已投 20 人，投票率 83.3%；“甲”最多，15 票，占已投 75%。",
        "each: 应投 24 人，已投 20 人，投票率 83.3%；“甲”赞成 18，占已投 90%（>1/2 ✓），形成基本一致意见；“乙”赞成 7，占已投 35%（>1/2 ✗），存在分歧。",
        "election: 应到 24，实到 24；应投 24 人，已投 20 人，投票率 83.3%；“甲”○ 同意 15，占应到 62.5%（>1/2 ✓）；“乙”○ 同意 14，占应到 58.3%（>1/2 ✓）；“丙”○ 同意 6，占应到 25%（>1/2 ✗）；“甲”、“乙”入选（名额 2）。",
        "score: 应投 24 人，已投 5 人，投票率 20.8%；“甲”平均分最高，4.2 分。",
        "points: 应投 24 人，已投 5 人，投票率 20.8%；“乙”点数最多，17 点。",
        "satisfaction words: 应投 24 人，已投 20 人，投票率 83.3%；办理态度满意和基本满意 17，满意率 94.4%；办理结果满意和基本满意 14，满意率 70%。",
        "ranking points: 应投 24 人，已投 12 人，投票率 50%；“乙”积分最高，28 分。",
        "stv: 应投 24 人，已投 20 人，投票率 83.3%；入选票数 7，计票 2 步；“甲”、“乙”入选（名额 2）。",
        "statements: 应投 24 人，已投 20 人，投票率 83.3%；“甲”赞同最多，13 票。",
        "temperature: 应投 24 人，已投 20 人，投票率 83.3%；看好 9，占已投 45%；不确定 7，占已投 35%；有顾虑 4，占已投 20%。",
        "open: 应投 24 人，已投 4 人，投票率 16.7%；收到回答 4 份，不同说法 2 种。",
        "slots: 应投 24 人，已投 11 人，投票率 45.8%；“甲”最合适，19 分。",
        "signup: 应投 24 人，已投 15 人，投票率 62.5%；报名 12 人，目标 10 人 ✓。",
        "paragraphs: 应投 24 人，已投 18 人，投票率 75%；无不同意见 1 段，有修改意见 1 段，有反对 0 段。",
        "ranking runoff: 应投 24 人，已投 12 人，投票率 50%；计票 2 轮；“乙”胜出，末轮 7 票。",
        "satisfaction hundred: 应投 24 人，已投 3 人，投票率 12.5%；办理态度平均 80 分（3 人）；办理结果平均 70 分（3 人）。",
      ]
    `);
  });
});
