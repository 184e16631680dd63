import { readCitations } from '../citing.ts';
import type { View } from '../views.ts';
import { noteOf, notesOf } from './notes.ts';
import { chineseNumber } from './numbers.ts';
import { factsOf, meetingDay, oneLine, signedBlock, standingViews, taskBlocks } from './parts.ts';
import { createBody, type Body, type Source } from './record.ts';
import { heading, paragraph, type Block, type Run } from './tree.ts';

/** Of the views on an item so many stand in a report, key points first: the record has the others. */
const MOST_VIEWS = 8;

/**
 * 协商专报: what the meeting was, what was said on each item with whose it is as a footnote, what was agreed with its evidence,
 * and who does what by when. Nothing of it is written anew: words are those of the record.
 */
export function reportOf({ record, template }: Source): Body {
  const { room, outcome } = record;
  const body = createBody();
  const topic = room.plan?.title ?? '';
  body.add(
    paragraph(`${meetingDay(record)}，围绕“${topic}”开展了协商。现将有关情况报告如下。`),
    heading(1, '一、协商工作开展情况'),
    paragraph(factsOf(record)),
    heading(1, '二、主要意见'),
  );
  const said = itemsWithViews(room);
  if (said.length === 0) body.add(paragraph('会上没有提出书面意见。'));
  said.forEach(({ title, views }, n) => {
    if (said.length > 1) body.add(heading(2, `（${chineseNumber(n + 1)}）${title}`));
    views.slice(0, MOST_VIEWS).forEach((view, at) => {
      const note = body.note(noteOf(room, { kind: 'view', id: view.id }));
      body.add(point(at + 1, [{ words: oneLine(view.text) }, { note }]));
    });
    if (views.length > MOST_VIEWS)
      body.add(paragraph(`另有${views.length - MOST_VIEWS}条意见，见归档记录。`));
  });
  body.add(heading(1, '三、形成的共识'), ...agreedIn({ room, outcome }, body.note));
  const tasks = taskBlocks(record);
  if (tasks.length > 0) body.add(heading(1, '四、任务分工'), ...tasks);
  body.add(paragraph('特此报告。'), signedBlock(template.office, record.sealedAt));
  return { title: [{ words: `关于“${topic}”协商情况的报告` }], blocks: body.blocks, notes: body.notes };
}

/** The sentences of what was agreed, each with what it rests on. */
function agreedIn(
  { room, outcome }: Pick<Source['record'], 'room' | 'outcome'>,
  note: (words: string) => number,
): Block[] {
  const reading = readCitations(outcome);
  const words = notesOf(room, outcome);
  const agreed = reading.sentences.filter(({ isConsensus }) => isConsensus);
  if (agreed.length === 0) return [paragraph('见协商纪要。')];
  return agreed.map((sentence, n) =>
    point(n + 1, [
      { words: sentence.words },
      ...sentence.citations.map(({ number }): Run => ({ note: note(words[number - 1] ?? '') })),
    ]),
  );
}

function point(n: number, runs: Run[]): Block {
  return { kind: 'paragraph', mark: `${n}.`, runs };
}

/** What was said of substance on each item, key points first. */
function itemsWithViews(room: Source['record']['room']) {
  const standing = standingViews(room).filter(({ stance }) => stance !== 'question');
  const known = new Set<string>(room.agenda.map(({ id }) => id));
  const ordered = (views: readonly View[]) => [
    ...views.filter(({ keyPoint }) => keyPoint !== undefined),
    ...views.filter(({ keyPoint }) => keyPoint === undefined),
  ];
  const items = room.agenda.map(({ id, title }) => ({
    title,
    views: ordered(standing.filter(({ itemId }) => itemId === id)),
  }));
  const rest = standing.filter(({ itemId }) => itemId === null || !known.has(itemId));
  return [...items, { title: '会前和其他意见', views: ordered(rest) }].filter(
    ({ views }) => views.length > 0,
  );
}
