import type { Count } from '../polls/count.ts';
import { marksOf, type Mark } from '../polls/marks.ts';
import { NONE } from '../polls/options.ts';
import type { ClosedPoll, Poll } from '../polls/poll.ts';
import type { ChamberResult } from '../polls/result.ts';
import type { Outcome } from '../polls/verdict.ts';
import { TITLES } from '../names.ts';

const MARK_WORDS: Readonly<Record<Mark, string>> = {
  yes: '赞成',
  conditional: '有条件赞成',
  no: '反对',
  abstain: '弃权',
  agree: '同意',
  amend: '有修改意见',
  disagree: '不同意',
  block: '反对并说明',
  skip: '略过',
  promising: '看好',
  unsure: '不确定',
  worried: '有顾虑',
  satisfied: '满意',
  mostly: '基本满意',
  dissatisfied: '不满意',
  unknown: '不了解',
  maybe: '勉强可以',
};

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  unanimous: '一致同意',
  broad: '基本一致',
  divided: '存在分歧',
  further: '另行研究',
  carried: '通过',
  lost: '未通过',
  tied: '票数相同',
  no_quorum: '未达到规定人数',
};

/** Of long polls only so many options are told in a sentence. */
const MOST_ITEMS = 12;

/** What came of a poll, in one sentence: people, counts and level of agreement; its numbers as this reader is told them. */
export function pollWords(poll: Poll): string {
  if (poll.phase !== 'closed') return '尚未结束，没有结果。';
  if (poll.result === null) return '结果未公布。';
  const said = poll.result.chambers.map((chamber) => chamberWords(poll, chamber));
  const isVoid = poll.voided !== undefined;
  return `${isVoid ? '本次投票作废，以下不计：' : ''}${said.join('；')}。`;
}

function chamberWords(poll: ClosedPoll, { id, turnout, count, verdict }: ChamberResult): string {
  const { chambers } = poll.draft.rules;
  const roles = chambers.find((one) => one.id === id)?.roles ?? [];
  const who = chambers.length > 1 ? `${roles.map((role) => TITLES[role]).join('、')}：` : '';
  const people =
    poll.draft.ask.kind === 'acclamation' ? '' : `应投${turnout.entitled}人，实投${turnout.cast}人，`;
  const counted = count === null ? '票数不公布' : countWords(poll, count);
  const outcomes = poll.voided === undefined ? (verdict?.judgements ?? []) : [];
  const whole = outcomes.find(({ itemId, outcome }) => itemId === null && outcome !== null)?.outcome;
  const level = whole === undefined || whole === null ? '' : `，${OUTCOME_WORDS[whole]}`;
  return `${who}${people}${counted}${level}`;
}

function countWords(poll: ClosedPoll, count: Count): string {
  const named = optionNames(poll);
  const each = <V>(of: Readonly<Record<string, V>>, say: (value: V) => string): string => {
    const entries = Object.entries(of);
    const told = entries.slice(0, MOST_ITEMS).map(([id, value]) => `${named(id)}${say(value)}`);
    return `${told.join('，')}${entries.length > MOST_ITEMS ? '，余略' : ''}`;
  };
  const weight = poll.draft.rules.weights === null ? 1 : 1_000_000;
  const votes = (n: number) => `${Math.round((n / weight) * 100) / 100}票`;
  switch (count.of) {
    case 'marks':
      return marksOf(poll.draft.ask.kind)
        .map((mark) => `${MARK_WORDS[mark]}${votes(count.marks[mark] ?? 0)}`)
        .join('、');
    case 'choices':
      return each(count.choices, votes);
    case 'each':
      return each(
        count.each,
        (marks) =>
          `（${Object.entries(marks)
            .map(([mark, n]) => `${MARK_WORDS[mark as Mark]}${votes(n)}`)
            .join('、')}）`,
      );
    case 'scores':
      return each(count.each, ({ papers, sum }) =>
        papers === 0 ? '无评分' : `平均${Math.round((sum / papers) * 100) / 100}分`,
      );
    case 'ranks':
      return each(count.points, (points) => `${points}分`);
    case 'runoff':
      return `逐轮淘汰后领先：${count.winners.map(named).join('、')}`;
    case 'stv':
      return `多席排序结果：${count.elected.map(named).join('、')}`;
    case 'answers':
      return `收到${count.answers.reduce((sum, { papers }) => sum + papers, 0)}份回答`;
  }
}

function optionNames({ draft: { ask } }: ClosedPoll): (id: string) => string {
  const options = 'options' in ask ? ask.options : [];
  const others = 'others' in ask ? ask.others : [];
  const aspects: Readonly<Record<string, string>> = {
    attitude: '办理态度',
    result: '办理结果',
    [NONE]: '以上都不',
  };
  const names = new Map<string, string>([...options, ...others].map(({ id, text }) => [id, text]));
  return (id) => `“${names.get(id) ?? aspects[id] ?? id}”`;
}
