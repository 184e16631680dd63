import { plainText } from '../outcome.ts';
import { chinaDate } from './numbers.ts';
import { notesOf } from './notes.ts';
import { textPartsOf } from './outcome-blocks.ts';
import { confirmedWords, leadOf, meetingAt, peopleBlocks, reservationsOf, taskBlocks } from './parts.ts';
import { createBody, type Body, type Source } from './record.ts';
import { paragraph, type Run } from './tree.ts';

/** 协商纪要: the sealed text whole, word by word, between when it was and who was there [DO2]. */
export function minutesOf({ record }: Source): Body {
  const { room, outcome } = record;
  const body = createBody();
  const text = textPartsOf(outcome);
  for (const words of notesOf(room, outcome)) body.note(words);
  // Whoever wrote the day into the text has begun it themselves.
  if (!plainText(outcome).includes(chinaDate(meetingAt(record)))) body.add(paragraph(leadOf(record)));
  body.add(...text.blocks);
  const kept = reservationsOf(room);
  if (kept.length > 0)
    body.add(paragraph('确认时提出的保留意见：'), ...kept.map((words) => paragraph(words)));
  const confirmed = confirmedWords(room);
  if (confirmed !== '') body.add(paragraph(confirmed));
  body.add(...peopleBlocks(room));
  const tasks = taskBlocks(record);
  if (tasks.length > 0)
    body.add({ kind: 'paragraph', runs: [{ words: '附件：任务清单', styles: ['label'] }] }, ...tasks);
  return { title: titleOf(text.title, record.room.plan), blocks: body.blocks, notes: body.notes };
}

function titleOf(own: readonly Run[] | null, plan: Source['record']['room']['plan']): readonly Run[] {
  if (own !== null) return own;
  // A text that is called by its kind alone says by its title what it is about.
  const called = plan?.documentTitle ?? '';
  return [{ words: called === '协商纪要' ? `关于“${plan?.title ?? ''}”的协商纪要` : called }];
}
