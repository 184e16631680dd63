import { itemsOf } from '../../../core/domain/polls/ask.ts';
import { unitOf } from '../../../core/domain/polls/clauses.ts';
import type { Count } from '../../../core/domain/polls/count.ts';
import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import { marksOf } from '../../../core/domain/polls/marks.ts';
import { meanOf } from '../../../core/domain/polls/reading.ts';
import { votesShown } from '../../../core/domain/polls/shares.ts';
import type { Translate } from '../../lib/i18n.ts';
import { markSaid } from '../../lib/marks-said.ts';
import { NOTHING } from './reading.ts';
import { itemWord } from './words.ts';

export type Cell = { readonly id: string; readonly title: string; readonly cell: string };

/** What one role said, in as many cells as the poll has marks or options: one column of the table by role. */
export function groupCells(
  t: Translate,
  { ask, rules }: Pick<PollDraft, 'ask' | 'rules'>,
  count: Count,
): Cell[] {
  const shown = (votes: number | undefined) => votesShown(votes ?? 0, unitOf(rules));
  const byItem = (cell: (id: string) => string): Cell[] =>
    itemsOf(ask).map(({ id }) => ({ id, title: itemWord(t, ask, id), cell: cell(id) }));
  switch (count.of) {
    case 'marks':
      return marksOf(ask.kind).flatMap((mark) => {
        const votes = count.marks[mark];
        return votes === undefined ? [] : [{ id: mark, title: markSaid(t, ask, mark), cell: shown(votes) }];
      });
    case 'choices':
      return Object.entries(count.choices).map(([id, votes]) => ({
        id,
        title: itemWord(t, ask, id),
        cell: shown(votes),
      }));
    case 'each':
      return byItem((id) => {
        const set = marksOf(ask.kind).flatMap((mark) => {
          const votes = count.each[id]?.[mark] ?? 0;
          const word = markSaid(t, ask, mark);
          return votes === 0 ? [] : [t('room:polls.count.markOf', { mark: word, votes: shown(votes) })];
        });
        return set.length === 0 ? '0' : set.join(t('room:polls.count.beside'));
      });
    case 'scores':
      return byItem((id) =>
        ask.kind === 'points' ? String(count.each[id]?.sum ?? 0) : String(meanOf(count, id) ?? NOTHING),
      );
    case 'ranks':
      return byItem((id) => String(count.points[id] ?? 0));
    case 'runoff':
      return byItem((id) => String(count.rounds[0]?.counts[id] ?? 0));
    case 'stv':
      return byItem((id) => shown(Math.round((count.stages[0]?.votes[id] ?? 0) / 100_000)));
    case 'answers':
      return [
        {
          id: 'answers',
          title: t('room:polls.count.answers'),
          cell: String(count.answers.reduce((sum, one) => sum + one.papers, 0)),
        },
      ];
  }
}
