import { noteOf } from './notes.ts';
import { chinaDate } from './numbers.ts';
import { meetingAt, oneLine } from './parts.ts';
import { createBody, type Body, type Source } from './record.ts';
import { agreedIn, point, viewPoints, viewsOf } from './said.ts';
import { heading, paragraph } from './tree.ts';
import { COMMITMENT_WORDS, SOURCE_WORDS, unitOf } from './words.ts';

/** Of each part of it so many: whoever writes the proposal reads the record for the others. */
const MOST_EACH = 10;

/** 提案素材: 案由, 情况分析 and 建议, each of what was said and agreed, with its evidence [DO8]. */
export function proposalOf({ record }: Source): Body {
  const { room } = record;
  const body = createBody();
  const { note } = body;
  const topic = room.plan?.title ?? '';
  body.add(heading(1, '一、案由'));
  if (room.plan !== null) {
    const { background, source } = room.plan;
    const from = `本素材来自${chinaDate(meetingAt(record))}的协商，议题来源于${SOURCE_WORDS[source.kind]}。`;
    body.add(paragraph(`${background === '' ? `${topic}。` : oneLine(background)}${from}`));
  }
  body.add(heading(1, '二、情况分析'));
  const found = viewsOf(room, (stance) => stance !== 'question' && stance !== 'suggestion');
  body.add(...viewPoints(room, found, { note, most: MOST_EACH }));
  const answers = room.replies.filter(({ text }) => text !== '').slice(0, MOST_EACH);
  if (answers.length > 0) body.add(paragraph('有关部门的答复：'));
  answers.forEach((reply, n) => {
    const words = `${unitOf(room, reply.by)}（${COMMITMENT_WORDS[reply.commitment]}）：${oneLine(reply.text)}`;
    body.add(point(n + 1, [{ words }, { note: note(noteOf(room, { kind: 'reply', id: reply.id })) }]));
  });
  if (found.length + answers.length === 0) body.add(paragraph('见归档记录。'));
  body.add(heading(1, '三、建议'));
  const asked = viewsOf(room, (stance) => stance === 'suggestion');
  body.add(...viewPoints(room, asked, { note, most: MOST_EACH }));
  body.add(paragraph('协商形成的共识：'), ...agreedIn(record, note));
  return { title: [{ words: `关于“${topic}”的提案素材` }], blocks: body.blocks, notes: body.notes };
}
