import { itemsOf } from '../../../core/domain/polls/ask.ts';
import type { CountOf, Stage } from '../../../core/domain/polls/count.ts';
import { shareOf } from '../../../core/domain/polls/reading.ts';
import { leadersOf } from '../../../core/domain/polls/standings.ts';
import type { Translate } from '../../lib/i18n.ts';
import { NOTHING, type Bar, type NumberTable, type Read, type Reading } from './reading.ts';
import { itemWord } from './words.ts';

/** Votes of a count by single transferable vote are in hundred-thousandths, and shown as they are. */
const VOTE_DIGITS = 5;
const VOTE = 10 ** VOTE_DIGITS;

/** Ranking by points. */
export function readRanks(t: Translate, { draft: { ask }, chamber }: Read, count: CountOf<'ranks'>): Reading {
  const leaders = leadersOf(ask, count);
  const lines = linesOf(t, ask);
  const most = lines.length * chamber.turnout.valid;
  return {
    bars: lines.map(({ id, title }) => {
      const points = count.points[id] ?? 0;
      return {
        id,
        title,
        number: t('room:polls.count.rankPoints', { points }),
        count: points,
        segments: [{ share: shareOf(points, most), tone: 'for' }],
        leads: leaders.includes(id),
      };
    }),
    tables: [
      table(t, {
        columns: [t('room:polls.count.ranks'), t('room:polls.count.firsts')],
        rows: lines.map(({ id, title }) => ({
          id,
          title,
          cells: [String(count.points[id] ?? 0), String(count.firsts[id] ?? 0)],
        })),
        note: t('room:polls.count.ranksNote', { options: lines.length }),
      }),
    ],
  };
}

/** Ranking by run-off, round by round; each round adds up to the valid papers. */
export function readRunOff(
  t: Translate,
  { draft: { ask }, chamber }: Read,
  count: CountOf<'runoff'>,
): Reading {
  const { rounds, winners } = count;
  const { valid } = chamber.turnout;
  const lines = linesOf(t, ask).map((line) => {
    const stood = rounds.filter(({ counts }) => counts[line.id] !== undefined);
    return { ...line, last: stood[stood.length - 1]?.counts[line.id] ?? 0, rounds: stood.length };
  });
  const rest = (title: string, id: string, cell: (round: (typeof rounds)[number]) => number) => ({
    id,
    title,
    cells: rounds.map((round) => String(cell(round))),
    isSum: id === 'sum',
  });
  return {
    bars: lines.map(({ id, title, last, rounds: stood }): Bar => {
      const number = t('room:polls.count.inRound', { votes: last, round: stood });
      return {
        id,
        title,
        number,
        count: last,
        segments: [{ share: shareOf(last, valid), tone: 'for' }],
        leads: winners.includes(id),
      };
    }),
    tables: [
      table(t, {
        columns: rounds.map((_, n) => t('room:polls.count.round', { round: n + 1 })),
        rows: [
          ...lines.map(({ id, title }) => ({
            id,
            title,
            cells: rounds.map(({ counts, out }) => {
              const votes = counts[id];
              if (votes === undefined) return NOTHING;
              return out.includes(id) ? t('room:polls.count.goesOut', { votes }) : String(votes);
            }),
          })),
          rest(t('room:polls.count.exhausted'), 'exhausted', ({ exhausted }) => exhausted),
          rest(t('room:polls.people.valid'), 'sum', ({ counts, exhausted }) =>
            Object.values(counts).reduce((sum, votes) => sum + votes, exhausted),
          ),
        ],
        note: null,
      }),
    ],
  };
}

/** Several seats by transferable vote, stage by stage, to five decimals. */
export function readStv(
  t: Translate,
  { draft: { ask }, chamber: { verdict } }: Read,
  count: CountOf<'stv'>,
): Reading {
  const { stages, quota } = count;
  // Without its quorum nobody has a seat, whatever the papers come to; who only advises seats nobody.
  const first = verdict === null ? count.elected : (verdict.elected ?? []);
  const word = verdict === null ? t('room:polls.seat.favoured') : t('room:polls.seat.elected');
  const otherWord = verdict === null ? t('room:polls.seat.unfavoured') : t('room:polls.seat.without');
  const lines = linesOf(t, ask);
  const last = stages[stages.length - 1];
  const shown = (votes: number) => (votes / VOTE).toFixed(VOTE_DIGITS);
  const sum = ({ votes, untransferred }: Stage) =>
    Object.values(votes).reduce((all, one) => all + one, untransferred);
  return {
    bars: lines.map(({ id, title }) => {
      const votes = highest(stages, id);
      return {
        id,
        title,
        number: first.includes(id) ? word : otherWord,
        count: (last?.votes[id] ?? 0) / VOTE,
        segments: [{ share: Math.min(1, shareOf(votes, quota * VOTE)), tone: 'for' }],
        leads: first.includes(id),
      };
    }),
    tables: [
      table(t, {
        columns: stages.map(({ what, whose }, n) =>
          t(`room:polls.stage.${what}`, {
            stage: n + 1,
            option: whose === null ? '' : itemWord(t, ask, whose),
          }),
        ),
        rows: [
          ...lines.map(({ id, title }) => ({
            id,
            title,
            cells: stages.map((stage) => {
              const votes = shown(stage.votes[id] ?? 0);
              return stage.elected.includes(id) ? t('room:polls.count.isElected', { votes }) : votes;
            }),
          })),
          {
            id: 'untransferred',
            title: t('room:polls.count.untransferred'),
            cells: stages.map((stage) => shown(stage.untransferred)),
          },
          {
            id: 'sum',
            title: t('room:polls.people.valid'),
            cells: stages.map((stage) => shown(sum(stage))),
            isSum: true,
          },
        ],
        note: t('room:polls.count.quotaNote', { quota }),
      }),
    ],
  };
}

/** The most votes that somebody stood at: whoever was elected keeps the quota and gives the rest away. */
function highest(stages: readonly Stage[], id: string): number {
  return stages.reduce((most, { votes }) => Math.max(most, votes[id] ?? 0), 0);
}

function linesOf(t: Translate, ask: Read['draft']['ask']) {
  return itemsOf(ask).map(({ id }) => ({ id, title: itemWord(t, ask, id) }));
}

function table(t: Translate, parts: Pick<NumberTable, 'columns' | 'rows' | 'note'>): NumberTable {
  return { id: 'count', caption: t('room:polls.count.caption'), corner: t('room:polls.option'), ...parts };
}
