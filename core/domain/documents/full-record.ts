import type { Amendment } from '../amendments.ts';
import type { Remark } from '../remarks.ts';
import { itemOf } from '../room/known-ids.ts';
import { speakerOf, type Room, type Turn } from '../room/state.ts';
import type { Reply, View } from '../views.ts';
import { notesOf } from './notes.ts';
import { chinaTime, chineseNumber } from './numbers.ts';
import { textPartsOf } from './outcome-blocks.ts';
import {
  confirmedWords,
  factsOf,
  meetingDay,
  oneLine,
  peopleBlocks,
  reservationsOf,
  taskBlocks,
} from './parts.ts';
import { pollWords } from './poll-words.ts';
import { createBody, type Body, type Source } from './record.ts';
import { byItem, point } from './said.ts';
import { heading, paragraph, type Block } from './tree.ts';
import { calledIn, COMMITMENT_WORDS, STANCE_WORDS, unitOf } from './words.ts';

/**
 * 全程记录: everything that was said, in its order and with its row in the log; polls, what was proposed and remarked on
 * the text, reservations, tasks, and the text whole with its evidence [DO8].
 */
export function fullRecordOf({ record }: Source): Body {
  const { room, outcome } = record;
  const body = createBody();
  for (const words of notesOf(room, outcome)) body.note(words);
  const parts: readonly (readonly [string, readonly Block[]])[] = [
    ['会议概况', [paragraph(`${meetingDay(record)}。${factsOf(record)}`), ...agendaBlocks(room)]],
    ['发言和意见', saidBlocks(room)],
    ['意向投票', pollBlocks(room)],
    ['对文本的修改建议', (room.amendments ?? []).map((one, n) => listed(n, amendmentWords(room, one)))],
    ['对文本的批注', (room.remarks ?? []).map((one, n) => listed(n, remarkWords(room, one)))],
    ['确认和保留意见', confirmedBlocks(room)],
    ['任务清单', taskBlocks(record)],
    ['到会情况', peopleBlocks(room)],
  ];
  parts
    .filter(([, blocks]) => blocks.length > 0)
    .forEach(([title, blocks], n) => body.add(heading(1, `${chineseNumber(n + 1)}、${title}`), ...blocks));
  const text = textPartsOf(outcome);
  body.add({ kind: 'paragraph', runs: [{ words: '附件：封存的文本', styles: ['label'] }] });
  if (text.title !== null) body.add({ kind: 'paragraph', runs: [...text.title] });
  body.add(...text.blocks);
  const title = [{ words: `关于“${room.plan?.title ?? ''}”的协商全程记录` }];
  return { title, blocks: body.blocks, notes: body.notes };
}

function listed(n: number, words: string): Block {
  return point(n + 1, [{ words }]);
}

/** The agenda with its real times. */
function agendaBlocks({ agenda }: Room): Block[] {
  const rows = agenda.map(({ title, minutes, startedAt, endedAt }, n) => [
    String(n + 1),
    title,
    `${minutes}分钟`,
    startedAt === null ? '未进行' : between(startedAt, endedAt),
  ]);
  const columns = [
    { title: '序号', percent: 10 },
    { title: '议程', percent: 50 },
    { title: '计划', percent: 15 },
    { title: '实际时间', percent: 25 },
  ];
  return rows.length === 0 ? [] : [{ kind: 'table', columns, rows }];
}

function between(from: string, to: string | null): string {
  return to === null ? `${chinaTime(from)}起` : `${chinaTime(from)}至${chinaTime(to)}`;
}

type Said = { readonly itemId: string | null; readonly at: string; readonly words: string };

/** Turns, views and answers by item, as they came. */
function saidBlocks(room: Room): Block[] {
  const all: Said[] = [
    ...room.turns.map((turn) => ({
      itemId: turn.itemId,
      at: turn.startedAt,
      words: turnWords(room, turn),
    })),
    ...room.views.map((view) => ({ itemId: view.itemId, at: view.at, words: viewWords(room, view) })),
    ...room.replies.map((reply) => ({ itemId: reply.itemId, at: reply.at, words: replyWords(room, reply) })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return byItem(room, all).flatMap(({ title, said }, n) => [
    heading(2, `（${chineseNumber(n + 1)}）${title}`),
    ...said.map(({ at, words }) => paragraph(`${chinaTime(at)}　${words}`)),
  ]);
}

function turnWords(room: Room, turn: Turn): string {
  const speaker = speakerOf(turn);
  const venue = room.plan?.venues.find(({ id }) => id === turn.venueId)?.name ?? '';
  const who = speaker === null ? '' : calledIn(room, speaker);
  return `${[venue, who].filter((word) => word !== '').join('　')}发言，${between(turn.startedAt, turn.endedAt)}。`;
}

function viewWords(room: Room, view: View): string {
  const head = `第${view.seq}条　${calledIn(room, view.by)}（${STANCE_WORDS[view.stance]}）：`;
  if (view.withdrawnAt !== undefined) return `${head}已撤回，不再列示。`;
  if (view.hidden !== undefined) return `${head}已隐藏，不再列示。`;
  if (view.text === '') return `${head}内容已依申请删除。`;
  const to = view.replyTo === null ? undefined : itemOf(room.views, view.replyTo);
  return `${head}${to === undefined ? '' : `（回应第${to.seq}条）`}${oneLine(view.text)}`;
}

function replyWords(room: Room, { seq, by, commitment, text, toViews }: Reply): string {
  const to = toViews.flatMap((id) => itemOf(room.views, id) ?? []).map((view) => `第${view.seq}条`);
  const head = `第${seq}条　${unitOf(room, by)}答复（${COMMITMENT_WORDS[commitment]}${to.length === 0 ? '' : `，对${to.join('、')}`}）：`;
  return `${head}${text === '' ? '内容已依申请删除。' : oneLine(text)}`;
}

function pollBlocks({ polls }: Room): Block[] {
  return polls.map((poll, n) => listed(n, `${oneLine(poll.draft.question)}　${pollWords(poll)}`));
}

function quoted(words: string): string {
  return words === '' ? '（内容已依申请删除）' : `“${oneLine(words)}”`;
}

function amendmentWords(room: Room, { anchor, words, why, by, state }: Amendment): string {
  const change = words === null ? '建议删去' : `建议改为${quoted(words)}`;
  const reason = why === '' ? '' : `理由：${oneLine(why)}。`;
  return `${calledIn(room, by)}：对${quoted(anchor.quote)}，${change}。${reason}${amendedWords(room, state)}`;
}

function amendedWords(room: Room, state: Amendment['state']): string {
  switch (state.phase) {
    case 'waiting':
      return '未处理。';
    case 'withdrawn':
      return '已由本人撤回。';
    case 'accepted':
      return `${calledIn(room, state.by)}采纳${state.byHand === true ? '，文字另行改定' : ''}。`;
    case 'declined':
      return `${calledIn(room, state.by)}未采纳${state.why === '' ? '' : `：${oneLine(state.why)}`}。`;
  }
}

function remarkWords(room: Room, { anchor, words, by, answers, resolved }: Remark): string {
  const said = answers.map((one) => `${calledIn(room, one.by)}答：${answerWords(one.words)}`);
  const end = resolved === undefined ? '' : `（${calledIn(room, resolved.by)}标为已解决）`;
  return `${[`${calledIn(room, by)}：对${quoted(anchor.quote)}，${answerWords(words)}`, ...said].join('　')}${end}`;
}

function answerWords(words: string): string {
  return words === '' ? '内容已依申请删除。' : oneLine(words);
}

function confirmedBlocks(room: Room): Block[] {
  const confirmed = confirmedWords(room);
  const kept = reservationsOf(room);
  if (confirmed === '') return [];
  return [
    paragraph(confirmed),
    ...(kept.length === 0 ? [paragraph('没有人提出保留意见。')] : kept.map((words) => paragraph(words))),
  ];
}
