import type { PollKind } from '../../../core/domain/polls/ask.ts';
import type { CountOf } from '../../../core/domain/polls/count.ts';
import { unitOf } from '../../../core/domain/polls/clauses.ts';
import { marksOf, type Mark } from '../../../core/domain/polls/marks.ts';
import { lightOf, shareOf } from '../../../core/domain/polls/reading.ts';
import { satisfiedOf } from '../../../core/domain/polls/sentence-counts.ts';
import { votesShown } from '../../../core/domain/polls/shares.ts';
import { leadersOf } from '../../../core/domain/polls/standings.ts';
import type { Translate } from '../../lib/i18n.ts';
import { markSaid } from '../../lib/marks-said.ts';
import { NOTHING, type Bar, type Read, type Reading, type Row } from './reading.ts';
import { toneOf } from './tones.ts';
import { itemWord } from './words.ts';

type Marks = Readonly<Partial<Record<Mark, number>>>;
type Item = { readonly id: string; readonly title: string; readonly marks: Marks };

/** Marks on each of several things: a matrix, whose rows add up to the valid papers. */
export function readEach(t: Translate, read: Read, count: CountOf<'each'>): Reading {
  const { ask, rules } = read.draft;
  const { turnout, unweighed, verdict } = read.chamber;
  const unit = unitOf(rules);
  const items = itemsOf();
  const known = marksOf(ask.kind);
  const leaders = leadersOf(ask, count);
  const others = Object.entries(count.others ?? {})
    .filter(([, votes]) => votes > 0)
    .map(([id, votes]): Item => ({ id, title: itemWord(t, ask, id), marks: { yes: votes } }));
  const extra = extraColumns();
  const alike = unweighed?.of === 'each' ? unweighed.each : null;
  const columns = [
    ...known.map((mark) => markSaid(t, ask, mark)),
    ...(unit === 1 ? [t('room:polls.count.unmarked'), t('room:polls.people.valid')] : []),
    ...(alike === null ? [] : [t('room:polls.count.unweighed')]),
    ...extra.map(({ title }) => title),
  ];
  return {
    bars: [...items, ...others].map(bar),
    tables: [
      {
        id: 'count',
        caption: t('room:polls.count.caption'),
        corner: t('room:polls.count.item'),
        columns,
        rows: [...items.map((item) => row(item, true)), ...others.map((item) => row(item, false))],
        note: ask.kind === 'satisfaction' ? t('room:polls.count.satisfiedNote') : null,
      },
    ],
  };

  function itemsOf(): Item[] {
    const listed = Object.entries(count.each).map(([id, marks]) => ({
      id,
      title: itemWord(t, ask, id),
      marks,
    }));
    if (ask.kind !== 'slots') return listed;
    return listed.sort((a, b) => hours(b.marks) - hours(a.marks));
  }

  function row({ id, title, marks }: Item, isListed: boolean): Row {
    const set = known.reduce((sum, mark) => sum + (marks[mark] ?? 0), 0);
    const numbers = known.map((mark) =>
      isListed || mark === 'yes' ? votesShown(marks[mark] ?? 0, unit) : NOTHING,
    );
    const sums = isListed ? [String(turnout.valid - set), String(turnout.valid)] : [NOTHING, NOTHING];
    const beside = known.map((mark) => String(alike?.[id]?.[mark] ?? 0)).join(t('room:polls.count.beside'));
    return {
      id,
      title,
      cells: [
        ...numbers,
        ...(unit === 1 ? sums : []),
        ...(alike === null ? [] : [beside]),
        ...extra.map(({ cell }) => cell({ id, title, marks })),
      ],
    };
  }

  function extraColumns(): { readonly title: string; readonly cell: (item: Item) => string }[] {
    switch (ask.kind) {
      case 'statements':
        return count.important === null
          ? []
          : [
              {
                title: t('room:polls.count.important'),
                cell: ({ id }) => String(count.important?.[id] ?? 0),
              },
            ];
      case 'satisfaction':
        return [
          {
            title: t('room:polls.count.satisfied'),
            cell: ({ marks }) => satisfiedOf(marks).percent ?? NOTHING,
          },
        ];
      case 'slots':
        return [{ title: t('room:polls.count.slotPoints'), cell: ({ marks }) => String(hours(marks)) }];
      case 'paragraphs':
        return [{ title: t('room:polls.count.light'), cell: ({ marks }) => lightWord(marks) }];
      case 'election':
        return [{ title: t('room:polls.checks.outcome'), cell: ({ id }) => seatWord(id) }];
      default:
        return [];
    }
  }

  function lightWord(marks: Marks): string {
    return t(`room:polls.light.${lightOf(marks) ?? 'none'}`);
  }

  function seatWord(id: string): string {
    if (verdict?.elected?.includes(id) === true) return t('room:polls.seat.elected');
    return verdict?.drawn.includes(id) === true ? t('room:polls.seat.drawn') : NOTHING;
  }

  function bar({ id, title, marks }: Item): Bar {
    const votes = marks.yes ?? marks.agree ?? marks.satisfied ?? 0;
    const set = known.filter((mark) => (marks[mark] ?? 0) > 0);
    const said = set.map((mark) =>
      t('room:polls.count.markOf', {
        mark: markSaid(t, ask, mark),
        votes: votesShown(marks[mark] ?? 0, unit),
      }),
    );
    const isChosen = verdict?.elected?.includes(id) ?? false;
    return {
      id,
      title,
      number: said.length === 0 ? t('room:polls.count.nobody') : said.join(t('room:polls.count.beside')),
      count: votes / unit,
      segments: set.map((mark) => ({
        share: shareOf(marks[mark] ?? 0, Math.max(1, turnout.valid) * unit),
        tone: toneOf(mark),
      })),
      leads: ask.kind === 'election' ? isChosen : STAND.includes(ask.kind) && leaders.includes(id),
    };
  }
}

/** Kinds whose items stand against each other. */
const STAND: readonly PollKind[] = ['each', 'statements', 'slots'];

/** By what hours stand: twice whoever can, and whoever could. */
function hours({ yes = 0, maybe = 0 }: Marks): number {
  return 2 * yes + maybe;
}
