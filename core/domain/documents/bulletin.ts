import { factsOf, meetingDay } from './parts.ts';
import { daysLater } from './numbers.ts';
import { createBody, type Body, type Source } from './record.ts';
import { agreedIn, point, viewPoints, viewsOf } from './said.ts';
import { heading, paragraph } from './tree.ts';

/** A bulletin is read on the way: so many views, key points first. */
const MOST_VIEWS = 5;

/** 简报: the session on a page: what it was, its main views, what was agreed, and who does what by when [DO8]. */
export function bulletinOf({ record }: Source): Body {
  const { room, sealedAt } = record;
  const body = createBody();
  const topic = room.plan?.title ?? '';
  const who = room.plan?.studioName ?? '';
  body.add(
    paragraph(
      `${meetingDay(record)}，${who === '' ? '有关单位' : who}就“${topic}”开展协商。${factsOf(record)}`,
    ),
  );
  const views = viewsOf(room, (stance) => stance !== 'question');
  if (views.length > 0)
    body.add(heading(1, '一、主要意见'), ...viewPoints(room, views, { note: body.note, most: MOST_VIEWS }));
  body.add(heading(1, `${views.length > 0 ? '二' : '一'}、形成的共识`), ...agreedIn(record, body.note));
  if (room.tasks.length > 0) {
    body.add(heading(1, `${views.length > 0 ? '三' : '二'}、下一步工作`));
    room.tasks.forEach(({ department, task, dueDays }, n) =>
      body.add(point(n + 1, [{ words: `${department}：${task}（${daysLater(sealedAt, dueDays)}前）` }])),
    );
  }
  return { title: [{ words: `围绕“${topic}”开展协商` }], blocks: body.blocks, notes: body.notes };
}
