import type { Ask } from '../../core/domain/polls/ask.ts';
import type { PollDraft } from '../../core/domain/polls/draft.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';
import { chamberResult, type ChamberResult } from '../../core/domain/polls/result.ts';
import type { PollRules, Threshold } from '../../core/domain/polls/rules.ts';
import type { Turnout } from '../../core/domain/polls/turnout.ts';
import { poll } from '../../core/testing/builders.ts';
import { currentText, setLocale } from '../lib/i18n.ts';
import { saySentence } from '../room/polls/sentence-words.ts';

const HALF = { part: 1, whole: 2 };
export const options = ['甲', '乙', '丙', '丁'].map((text, n) => ({ id: `o${n}`, text }));
export const some = options.slice(0, 2);
export const more = (on: Threshold['on'], base: Threshold['base'] = 'present'): Threshold => ({
  on,
  relation: 'more',
  of: HALF,
  base,
});
export const mark = (one: Extract<Paper, { shape: 'mark' }>['mark']): Paper => ({ shape: 'mark', mark: one });
export const times = (n: number, paper: Paper): Paper[] => Array.from({ length: n }, () => paper);

export type Case = {
  readonly ask: Ask;
  readonly rules?: Partial<PollRules>;
  readonly papers: readonly Paper[];
  readonly people?: Partial<Turnout>;
};

export function counted({ ask, rules = {}, papers, people = {} }: Case): {
  draft: PollDraft;
  chamber: ChamberResult;
} {
  const draft = poll(0, { ask, roles: ['member'], ...rules });
  const blank = papers.filter(({ shape }) => shape === 'blank').length;
  const cast = papers.length;
  const turnout: Turnout = {
    due: 24,
    presentAtOpening: 19,
    presentAtStop: 20,
    entitled: 24,
    entitledPresent: 19,
    issued: 24,
    cast,
    blank,
    invalid: 0,
    valid: cast - blank,
    silent: 0,
    ...people,
  };
  const [chamber] = draft.rules.chambers;
  if (chamber === undefined) throw new Error('no chamber');
  const { weights } = draft.rules;
  const weighed = papers.map((paper, n) => ({
    paper,
    weight: weights === null ? 1 : 1_000_000 + n * 500_000,
  }));
  const lots = 'options' in ask ? ask.options.map(({ id }) => id) : [];
  return { draft, chamber: chamberResult(draft, chamber, { turnout, papers: weighed, lots }) };
}

export async function sentences(one: Case): Promise<readonly [string, string]> {
  const { draft, chamber } = counted(one);
  await setLocale('zh-CN', { choose: false });
  // What must not be torn apart at the end of a line is joined by a space of its own.
  const say = () => saySentence(currentText(), draft, chamber).replace(/\u00a0/g, ' ');
  const chinese = say();
  await setLocale('en', { choose: false });
  return [chinese, say()];
}

export const votes = (yes: number, no: number, abstain = 0) => [
  ...times(yes, mark('yes')),
  ...times(no, mark('no')),
  ...times(abstain, mark('abstain')),
];
