import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ask } from '../../../core/domain/polls/ask.ts';
import { countPapers } from '../../../core/domain/polls/counting.ts';
import type { Paper } from '../../../core/domain/polls/paper.ts';
import type { PollResult } from '../../../core/domain/polls/result.ts';
import type { Turnout } from '../../../core/domain/polls/turnout.ts';
import { choose, poll } from '../../../core/testing/builders.ts';
import { currentText, loadTexts, setLocale } from '../../lib/i18n.ts';
import { counted, more, votes } from '../../testing/poll-stage.ts';
import { readCount } from './count-reading.ts';
import { rolesTable } from './people-tables.ts';
import type { PollRules } from '../../../core/domain/polls/rules.ts';
import type { NumberTable, Reading } from './reading.ts';
import { saySentence } from './sentence-words.ts';

const options = ['甲', '乙', '丙'].map((text, n) => ({ id: `o${n}`, text }));
type MarkOf = Extract<Paper, { shape: 'mark' }>['mark'];
const mark = (one: MarkOf): Paper => ({ shape: 'mark', mark: one });
const marks = (set: Record<string, MarkOf>): Paper => ({ shape: 'marks', marks: set });
const ranking = (...ids: string[]): Paper => ({ shape: 'ranking', ranking: ids });
const blank: Paper = { shape: 'blank' };

function read(ask: Ask, papers: readonly Paper[]): Reading {
  const draft = poll(0, { ask, roles: ['member'], allowsBlank: true });
  const blanks = papers.filter(({ shape }) => shape === 'blank').length;
  const cast = papers.length;
  const people = {
    due: 9,
    presentAtOpening: 9,
    presentAtStop: 9,
    entitled: 9,
    entitledPresent: 9,
    issued: 9,
  };
  const turnout: Turnout = { ...people, cast, blank: blanks, invalid: 0, valid: cast - blanks, silent: 0 };
  const weighed = papers.map((paper) => ({ paper, weight: 1 }));
  const count = countPapers(
    ask,
    weighed,
    options.map(({ id }) => id),
  );
  return readCount(
    currentText(),
    { draft, chamber: { turnout, unweighed: null, weighs: null, verdict: null } },
    count,
  );
}

const tableOf = ({ tables }: Reading): NumberTable => {
  const [table] = tables;
  if (table === undefined) throw new Error('no table');
  return table;
};
const row = (table: NumberTable, id: string) => table.rows.find((one) => one.id === id)?.cells;
const column = ({ rows }: NumberTable, n: number, isSum: boolean) =>
  rows.filter((one) => (one.isSum ?? false) === isSum).reduce((sum, { cells }) => sum + Number(cells[n]), 0);

beforeAll(async () => {
  Object.assign(globalThis, { document: { documentElement: { lang: '' } } });
  await loadTexts(['room']);
});
afterAll(() => setLocale('zh-CN', { choose: false }));

describe('shares beside the bars [B13]', () => {
  const half = { part: 1, whole: 2 };
  const papers = [...votes(13, 4, 2)];
  const readingOf = (rules: Partial<PollRules>) => {
    const { draft, chamber } = counted({ ask: { kind: 'yes_no_abstain' }, rules, papers });
    if (chamber.count === null) throw new Error('no count');
    // What must not be torn apart is joined by a space of its own.
    const sentence = saySentence(currentText(), draft, chamber).replace(/\u00a0/g, ' ');
    return { sentence, ...readCount(currentText(), { draft, chamber }, chamber.count) };
  };

  it('are of what the threshold asks for, as the sentence says, and it is said once where all agree', () => {
    const { bars, of, sentence, tables } = readingOf({ thresholds: [more('yes', 'present')] });
    expect(of).toBe('百分比占实到 19');
    expect(bars.map(({ number }) => number)).toEqual(['13 票 · 68.4%', '4 票 · 21.1%', '2 票 · 10.5%']);
    expect(sentence).toContain('赞成 13，占实到 68.4%（>1/2 ✓）');
    expect(tables[0]?.columns).toEqual(['票数', '占实到']);
  });

  it('name their base each, where thresholds have different ones', () => {
    const atMost = { on: 'no', relation: 'at_most', of: half, base: 'cast' } as const;
    const { bars, of, tables } = readingOf({ thresholds: [more('yes', 'due'), atMost], base: 'cast' });
    expect(of).toBeUndefined();
    expect(bars.map(({ number }) => number)).toEqual([
      '13 票 · 占应到 54.2%',
      '4 票 · 占已投 21.1%',
      '2 票 · 占已投 10.5%',
    ]);
    expect(tables[0]?.rows[0]?.cells).toEqual(['13', '54.2%（占应到）']);
  });

  it('leave out of 赞成与反对 what takes no side', () => {
    const { bars, of } = readingOf({ thresholds: [more('yes', 'yes_no')], base: 'disabled' });
    expect(of).toBe('百分比占赞成与反对 17');
    expect(bars.map(({ number }) => number)).toEqual(['13 票 · 76.5%', '4 票 · 23.5%', '2 票']);
  });

  it('are of what the rules name where nothing is judged', () => {
    expect(readingOf({ base: 'cast' }).of).toBe('百分比占已投 19');
    expect(readingOf({ base: 'disabled' }).bars[0]?.number).toBe('13 票');
  });
});

describe('the table beside the bars [ux V6]', () => {
  it('adds up to what was cast, blank papers among them [B22]', () => {
    const one = tableOf(read({ kind: 'yes_no_abstain' }, [mark('yes'), mark('yes'), mark('no'), blank]));
    expect(one.rows.map(({ title }) => title)).toEqual(['赞成', '反对', '弃权', '空白票', '已投']);
    expect(column(one, 0, false)).toBe(column(one, 0, true));
    expect(row(one, 'sum')).toEqual(['4', '']);
    const chosen = tableOf(
      read({ kind: 'single', options, allowsNone: true }, [choose('o1'), choose('none'), blank]),
    );
    expect(column(chosen, 0, false)).toBe(3);
    expect(row(chosen, 'none')).toEqual(['1', '33.3%']);
  });

  it('says why choices of several do not add up', () => {
    const table = tableOf(read({ kind: 'multiple', options, least: 1, most: 2 }, [choose('o0', 'o1')]));
    expect(table.rows.every(({ isSum }) => isSum !== true)).toBe(true);
    expect(table.note).toContain('已投 1 张票');
  });

  it('has a matrix for marks on several things, each row adding up to the valid papers', () => {
    const ask: Ask = { kind: 'statements', options, asksImportant: true };
    const papers = [
      marks({ o0: 'agree', o1: 'disagree' }),
      { ...marks({ o0: 'skip' }), important: ['o0'] } as Paper,
      blank,
    ];
    const reading = read(ask, papers);
    const table = tableOf(reading);
    expect(table.columns).toEqual(['赞同', '不赞同', '略过', '未表态', '有效票', '认为重要']);
    expect(row(table, 'o0')).toEqual(['1', '0', '1', '0', '2', '1']);
    expect(row(table, 'o2')).toEqual(['0', '0', '0', '2', '2', '0']);
    expect(reading.bars[0]?.segments).toEqual([
      { share: 0.5, tone: 'for' },
      { share: 0.5, tone: 'neutral' },
    ]);
  });

  it('keeps those who do not know outside of who is satisfied, and hours in the order of who can come', () => {
    const ask: Ask = { kind: 'satisfaction', aspects: ['attitude', 'result'], scale: 'words' };
    const asked = tableOf(
      read(ask, [
        marks({ attitude: 'satisfied', result: 'unknown' }),
        marks({ attitude: 'dissatisfied', result: 'unknown' }),
      ]),
    );
    expect(row(asked, 'attitude')?.slice(-1)).toEqual(['50%']);
    expect(row(asked, 'result')?.slice(-1)).toEqual(['—']);
    const hours = read({ kind: 'slots', options }, [marks({ o0: 'no', o1: 'maybe', o2: 'yes' })]);
    expect(tableOf(hours).rows.map(({ id }) => id)).toEqual(['o2', 'o1', 'o0']);
    expect(hours.bars[0]).toMatchObject({ id: 'o2', leads: true });
  });

  it('gives each paragraph its light', () => {
    const ask: Ask = { kind: 'paragraphs', options };
    const paper: Paper = { shape: 'marks', marks: { o0: 'agree', o1: 'amend' }, reasons: { o1: '改日期' } };
    const table = tableOf(read(ask, [paper, marks({ o0: 'agree' })]));
    expect(table.rows.map(({ cells }) => cells[cells.length - 1])).toEqual([
      '同意',
      '有修改意见',
      '无人表态',
    ]);
  });

  it('tells scores with their mean and spread, and points with their sum', () => {
    const scores = (set: Record<string, number>): Paper => ({ shape: 'scores', scores: set });
    const scored = tableOf(
      read({ kind: 'score', options, lowest: 1, highest: 5 }, [scores({ o0: 5 }), scores({ o0: 3 })]),
    );
    expect(row(scored, 'o0')).toEqual(['4', '1', '3', '5', '2']);
    expect(row(scored, 'o1')).toEqual(['—', '—', '—', '—', '0']);
    const points = tableOf(read({ kind: 'points', options, budget: 8, cap: 8 }, [scores({ o0: 6, o1: 2 })]));
    expect(row(points, 'sum')).toEqual(['8', '100%', '']);
    expect(column(points, 0, false)).toBe(8);
  });

  it('counts a run-off round by round, each adding up to the valid papers [B20]', () => {
    const ask: Ask = { kind: 'ranking', options, least: 1, by: 'runoff' };
    const papers = [ranking('o0'), ranking('o0', 'o1'), ranking('o1'), ranking('o1'), ranking('o2', 'o0')];
    const table = tableOf(read(ask, papers));
    expect(row(table, 'o2')).toEqual(['1（退出）', '—']);
    expect(row(table, 'o0')).toEqual(['2', '3']);
    expect(row(table, 'sum')).toEqual(['5', '5']);
  });

  it('counts seats stage by stage, to five decimals, each adding up to the papers [B21]', () => {
    const ask: Ask = { kind: 'stv', options, seats: 2 };
    const papers = [ranking('o0', 'o1'), ranking('o0', 'o2'), ranking('o0', 'o1'), ranking('o2')];
    const table = tableOf(read(ask, papers));
    expect(table.columns[0]).toBe('第 1 步 首选');
    expect(row(table, 'o0')?.[0]).toBe('3.00000 ✓');
    expect(new Set(row(table, 'sum'))).toEqual(new Set(['4.00000']));
    expect(row(table, 'o1')?.[1]).toBe('0.66666');
  });

  it('shows nobody in a seat without a quorum, and who only advises as advice [B12] [B24]', () => {
    const { draft, chamber } = counted({
      ask: { kind: 'stv', options, seats: 1 },
      rules: {
        quorum: { attendance: null, participation: { relation: 'more', of: { part: 1, whole: 2 } } },
      },
      papers: [ranking('o0')],
    });
    const bars = (verdict: typeof chamber.verdict) => {
      const { count } = chamber;
      if (count === null) throw new Error('no count');
      const reading = readCount(currentText(), { draft, chamber: { ...chamber, verdict } }, count);
      return reading.bars.map(({ number, leads }) => [number, leads]);
    };
    expect(bars(chamber.verdict)).toEqual(Array.from({ length: 3 }, () => ['未入选', false]));
    expect(saySentence(currentText(), draft, chamber)).toContain('无人入选');
    expect(bars(null)[0]).toEqual(['排序在前（仅供参考）', true]);
    expect(saySentence(currentText(), draft, { ...chamber, verdict: null })).toContain(
      '“甲”排序在前（名额 1，仅供参考）',
    );
  });

  it('lists answers with how many gave them', () => {
    const words = (text: string): Paper => ({ shape: 'words', words: text });
    const reading = read({ kind: 'open', length: 20 }, [words('路灯'), words('路灯'), words('绿化')]);
    expect(reading.bars).toEqual([]);
    expect(tableOf(reading).rows.map(({ title, cells }) => [title, ...cells])).toEqual([
      ['绿化', '1'],
      ['路灯', '2'],
    ]);
  });
});

describe(rolesTable, () => {
  const draft = poll(0, { ask: { kind: 'yes_no' }, roles: ['member', 'resident'] });
  const groups = (count: PollResult['groups'][number]['count']): PollResult => ({
    chambers: [],
    groups: [
      { role: 'member', entitled: 3, cast: 2, count },
      { role: 'resident', entitled: 4, cast: 1, count: null },
    ],
  });

  it('puts roles beside each other, and keeps back what would tell who chose what [B5] [B18]', () => {
    const table = rolesTable(currentText(), draft, groups({ of: 'marks', marks: { yes: 2, no: 0 } }));
    expect(table.columns).toEqual(['委员', '群众代表']);
    expect(row(table, 'entitled')).toEqual(['3', '4']);
    expect(row(table, 'of yes')).toEqual(['2', '—']);
    expect(table.note).toContain('少于 5 人');
    const secret = { ...draft, rules: { ...draft.rules, secrecy: 'secret' as const } };
    expect(rolesTable(currentText(), secret, groups(null)).note).toContain('不按身份公布');
    expect(rolesTable(currentText(), draft, groups(null)).rows).toHaveLength(2);
  });
});
