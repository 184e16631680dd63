import type { Count } from '../../../core/domain/polls/count.ts';
import type { Translate } from '../../lib/i18n.ts';
import { readEach } from './each-reading.ts';
import { readMarks } from './marks-reading.ts';
import { readRanks, readRunOff, readStv } from './rank-reading.ts';
import type { Read, Reading } from './reading.ts';
import { readScores } from './score-reading.ts';

/** Bars and tables of what one chamber said, by what was counted. */
export function readCount(t: Translate, read: Read, count: Count): Reading {
  switch (count.of) {
    case 'marks':
    case 'choices':
      return readMarks(t, read, count);
    case 'each':
      return readEach(t, read, count);
    case 'scores':
      return readScores(t, read, count);
    case 'ranks':
      return readRanks(t, read, count);
    case 'runoff':
      return readRunOff(t, read, count);
    case 'stv':
      return readStv(t, read, count);
    case 'answers':
      return { bars: [], tables: [answersTable(t, count.answers)] };
  }
}

function answersTable(t: Translate, answers: readonly { readonly words: string; readonly papers: number }[]) {
  return {
    id: 'answers',
    caption: t('room:polls.count.answersCaption'),
    corner: t('room:polls.count.answer'),
    columns: [t('room:polls.count.papers')],
    rows: answers.map(({ words, papers }, n) => ({ id: String(n), title: words, cells: [String(papers)] })),
    note: null,
  };
}
