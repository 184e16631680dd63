import type { Cited } from '../citation.ts';
import { readCitations } from '../citing.ts';
import type { OutcomeNode } from '../outcome.ts';
import type { Question } from '../questions.ts';
import { standingOf, type Held, type WhyGone } from '../room/cited.ts';
import type { Room } from '../room/state.ts';
import { pollWords } from './poll-words.ts';
import { calledIn, COMMITMENT_WORDS, shortened, STANCE_WORDS, unitOf } from './words.ts';

/** Of what is cited so many characters stand in a footnote: the record has the whole. */
const NOTE_LENGTH = 200;

const KIND_WORDS: Readonly<Record<Cited['kind'], string>> = {
  view: '意见',
  reply: '部门答复',
  poll: '意向投票',
  question: '请回应事项',
  material: '材料',
};

const GONE_WORDS: Readonly<Record<WhyGone, string>> = {
  unknown: '记录中查无此项',
  withdrawn: '已撤回，不再列示',
  hidden: '已隐藏，不再列示',
  erased: '内容已依申请删除',
  voided: '该次投票作废',
  notYet: '尚无结果',
};

/** The footnotes of a text, one for each of its citations in their order [DO3]. */
export function notesOf(room: Room, text: OutcomeNode): string[] {
  return readCitations(text).citations.map(({ citation }) => noteOf(room, citation));
}

/** What a footnote says of something that is cited: what it is, whose, its words, and its row in the log. */
export function noteOf(room: Room, cited: Cited): string {
  const { held, why } = standingOf(room, cited);
  const kind = KIND_WORDS[cited.kind];
  if (held === null) return `${kind}：${GONE_WORDS[why ?? 'unknown']}。`;
  if (why !== null && why !== 'voided') return `${headOf(room, held)}：${GONE_WORDS[why]}。`;
  return shortened(`${headOf(room, held)}：${saidOf(held)}`, NOTE_LENGTH);
}

function headOf(room: Room, held: Held): string {
  switch (held.kind) {
    case 'view':
      return `意见，${calledIn(room, held.it.by)}，${STANCE_WORDS[held.it.stance]}（记录第${held.it.seq}条）`;
    case 'reply':
      return `部门答复，${unitOf(room, held.it.by)}，${COMMITMENT_WORDS[held.it.commitment]}（记录第${held.it.seq}条）`;
    case 'poll':
      return `意向投票“${held.it.draft.question}”`;
    case 'question': {
      const { to, toName } = held.it.hands[held.it.hands.length - 1] ?? held.it.hands[0];
      return `请${to === null ? toName : unitOf(room, to)}回应的事项`;
    }
    case 'material':
      return '材料';
  }
}

function saidOf(held: Held): string {
  switch (held.kind) {
    case 'view':
    case 'reply':
      return held.it.text;
    case 'poll':
      return pollWords(held.it);
    case 'question':
      return `${held.view === undefined ? '' : `${held.view.text} `}${questionWords(held.it)}`;
    case 'material':
      return `《${held.it.title}》（指纹${held.it.sha256.slice(0, 16)}）`;
  }
}

/** What has become of a question put to a department. */
export function questionWords({ state }: Question): string {
  switch (state.phase) {
    case 'open':
      return '未答复。';
    case 'passed':
      return '转由场外单位办理。';
    case 'answered':
      return '已当场答复。';
    case 'taken':
      return `带回办理，${state.dueDays}日内书面答复${state.note === '' ? '' : `：${state.note}`}`;
    case 'withdrawn':
      return '已撤回。';
  }
}
