import { chineseNumber } from './numbers.ts';
import { factsOf, meetingDay, signedBlock, taskBlocks } from './parts.ts';
import { createBody, type Body, type Source } from './record.ts';
import { agreedIn, byItem, viewPoints, viewsOf } from './said.ts';
import { heading, paragraph } from './tree.ts';

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
  const said = byItem(
    room,
    viewsOf(room, (stance) => stance !== 'question'),
  );
  if (said.length === 0) body.add(paragraph('会上没有提出书面意见。'));
  said.forEach(({ title, said: views }, n) => {
    if (said.length > 1) body.add(heading(2, `（${chineseNumber(n + 1)}）${title}`));
    body.add(...viewPoints(room, views, { note: body.note, most: MOST_VIEWS }));
  });
  body.add(heading(1, '三、形成的共识'), ...agreedIn({ room, outcome }, body.note));
  const tasks = taskBlocks(record);
  if (tasks.length > 0) body.add(heading(1, '四、任务分工'), ...tasks);
  body.add(paragraph('特此报告。'), signedBlock(template.office, record.sealedAt));
  return { title: [{ words: `关于“${topic}”协商情况的报告` }], blocks: body.blocks, notes: body.notes };
}
