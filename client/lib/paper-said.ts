import type { Ask } from '../../core/domain/polls/ask.ts';
import { NONE } from '../../core/domain/polls/options.ts';
import type { Paper, PaperOf } from '../../core/domain/polls/paper.ts';
import type { Translate } from './i18n.ts';
import { itemsSaid, markSaid } from './marks-said.ts';

/** One thing that a paper says: an option that it names, or what it sets on an option. */
export type Line = { readonly id: string; readonly text: string };

/** What a paper says, line by line, in the order of the poll; a ranking in its own. */
export function paperSaid(t: Translate, ask: Ask, paper: Paper): readonly Line[] {
  const items = itemsSaid(t, ask);
  const textOf = (id: string) => items.find((item) => item.id === id)?.text ?? id;
  switch (paper.shape) {
    case 'blank':
      return [{ id: 'blank', text: t('words:pollBlank') }];
    case 'words':
      return [{ id: 'words', text: paper.words }];
    case 'mark':
      return [{ id: 'mark', text: withReason(t, markSaid(t, ask, paper.mark), paper.reason) }];
    case 'choices':
      return paper.choices.map((id) => ({ id, text: id === NONE ? t('words:pollNone') : textOf(id) }));
    case 'scores':
      return items.flatMap(({ id, text }) => {
        const score = paper.scores[id];
        return score === undefined ? [] : [{ id, text: t('words:paper.score', { option: text, score }) }];
      });
    case 'ranking':
      return paper.ranking.map((id, index) => ({
        id,
        text: t('words:paper.rank', { n: index + 1, option: textOf(id) }),
      }));
    case 'marks':
      return marksSaid(t, ask, paper);
  }
}

function marksSaid(t: Translate, ask: Ask, paper: PaperOf<'marks'>): readonly Line[] {
  const { marks, important = [], reasons = {}, others = [] } = paper;
  const set = itemsSaid(t, ask).flatMap(({ id, text }) => {
    const mark = marks[id];
    if (mark === undefined) return [];
    const said = t('words:paper.mark', { option: text, mark: markSaid(t, ask, mark) });
    const stressed = important.includes(id) ? t('words:paper.important', { said }) : said;
    return [{ id, text: withReason(t, stressed, reasons[id]) }];
  });
  const list = ask.kind === 'election' ? ask.others : [];
  const named = others.map((id) => ({
    id,
    text: t('words:paper.other', { name: list.find((other) => other.id === id)?.text ?? id }),
  }));
  return [...set, ...named];
}

function withReason(t: Translate, said: string, reason: string | undefined): string {
  return reason === undefined ? said : t('words:paper.reason', { said, reason });
}
