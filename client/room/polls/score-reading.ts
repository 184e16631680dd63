import { itemsOf } from '../../../core/domain/polls/ask.ts';
import type { CountOf } from '../../../core/domain/polls/count.ts';
import { meanOf, scoreShare, shareOf, spreadOf } from '../../../core/domain/polls/reading.ts';
import { percentShown } from '../../../core/domain/polls/shares.ts';
import { leadersOf } from '../../../core/domain/polls/standings.ts';
import type { Translate } from '../../lib/i18n.ts';
import { NOTHING, type Read, type Reading } from './reading.ts';
import { itemWord } from './words.ts';

/** Scores with their mean and how far they lie apart; points with their sum. */
export function readScores(t: Translate, read: Read, count: CountOf<'scores'>): Reading {
  return read.draft.ask.kind === 'points' ? readPoints(t, read, count) : readMeans(t, read, count);
}

function readMeans(t: Translate, { draft: { ask } }: Read, count: CountOf<'scores'>): Reading {
  const scale = ask.kind === 'score' ? ask : { lowest: 0, highest: 100 };
  const leaders = ask.kind === 'score' ? leadersOf(ask, count) : [];
  const lines = itemsOf(ask).map(({ id }) => ({
    id,
    title: itemWord(t, ask, id),
    mean: meanOf(count, id),
    scored: count.each[id],
  }));
  return {
    bars: lines.map(({ id, title, mean, scored }) => ({
      id,
      title,
      number:
        mean === null ? t('room:polls.noScore') : t('room:polls.mean', { mean, count: scored?.papers ?? 0 }),
      count: scored?.papers ?? 0,
      segments: [{ share: scoreShare(scale, mean), tone: 'for' }],
      leads: leaders.includes(id),
    })),
    tables: [
      {
        id: 'count',
        caption: t('room:polls.count.caption'),
        corner: t('room:polls.count.item'),
        columns: (['mean', 'spread', 'lowest', 'highest', 'scored'] as const).map((what) =>
          t(`room:polls.count.${what}`),
        ),
        rows: lines.map(({ id, title, mean, scored }) => ({
          id,
          title,
          cells: [mean, spreadOf(count, id), scored?.lowest, scored?.highest, scored?.papers ?? 0].map(
            (value) => String(value ?? NOTHING),
          ),
        })),
        note: t('room:polls.count.spreadNote'),
      },
    ],
  };
}

function readPoints(t: Translate, { draft: { ask } }: Read, count: CountOf<'scores'>): Reading {
  const leaders = leadersOf(ask, count);
  const lines = itemsOf(ask).map(({ id }) => {
    const { sum = 0, papers = 0 } = count.each[id] ?? {};
    return { id, title: itemWord(t, ask, id), sum, papers };
  });
  const all = lines.reduce((total, { sum }) => total + sum, 0);
  const percent = (sum: number) => percentShown({ part: sum, whole: all }) ?? NOTHING;
  return {
    bars: lines.map(({ id, title, sum }) => ({
      id,
      title,
      number: t('room:polls.count.pointsOf', { points: sum, percent: percent(sum) }),
      count: sum,
      segments: [{ share: shareOf(sum, all), tone: 'for' }],
      leads: leaders.includes(id),
    })),
    tables: [
      {
        id: 'count',
        caption: t('room:polls.count.caption'),
        corner: t('room:polls.option'),
        columns: (['points', 'ofPoints', 'givenBy'] as const).map((what) => t(`room:polls.count.${what}`)),
        rows: [
          ...lines.map(({ id, title, sum, papers }) => ({
            id,
            title,
            cells: [String(sum), percent(sum), String(papers)],
          })),
          {
            id: 'sum',
            title: t('room:polls.count.sum'),
            cells: [String(all), all === 0 ? NOTHING : '100%', ''],
            isSum: true,
          },
        ],
        note: null,
      },
    ],
  };
}
