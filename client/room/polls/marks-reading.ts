import type { CountOf } from '../../../core/domain/polls/count.ts';
import { unitOf } from '../../../core/domain/polls/clauses.ts';
import type { Base } from '../../../core/domain/polls/rules.ts';
import { basesSaid } from '../../../core/domain/polls/sentence.ts';
import { marksOf } from '../../../core/domain/polls/marks.ts';
import { shareOf } from '../../../core/domain/polls/reading.ts';
import { percentShown, votesShown } from '../../../core/domain/polls/shares.ts';
import { weightsOf } from '../../../core/domain/polls/result.ts';
import { judgedItems, leadersOf, type JudgedItem } from '../../../core/domain/polls/standings.ts';
import { baseOf } from '../../../core/domain/polls/verdict.ts';
import type { Translate } from '../../lib/i18n.ts';
import { markSaid } from '../../lib/marks-said.ts';
import { NOTHING, type Bar, type Read, type Reading, type Row, type Segment } from './reading.ts';
import { baseSaid } from './sentence-words.ts';
import { toneOf } from './tones.ts';
import { itemWord } from './words.ts';

type Line = {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly tone: Segment['tone'];
};

/** Marks on the question, or papers that name each option: one number for each. */
export function readMarks(t: Translate, read: Read, count: CountOf<'marks'> | CountOf<'choices'>): Reading {
  const { ask, rules } = read.draft;
  const { turnout } = read.chamber;
  const unit = unitOf(rules);
  const lines = linesOf(t, read, count);
  const shares = lines.map((line) => shareOfLine(read, count, line));
  const bases = [...new Set(shares.flatMap((share) => (share === null ? [] : [share.base])))];
  const [only] = bases;
  const isOne = bases.length === 1 && only !== undefined;
  const leaders = leadersOf(ask, count);
  const best = Math.max(0, ...lines.map((line) => line.count));
  const bars = lines.map((line, n): Bar => {
    const share = shares[n] ?? null;
    return {
      id: line.id,
      title: line.title,
      number: numberSaid(line, share),
      count: line.count / unit,
      segments: [
        {
          share: shareOf(line.count, share?.whole ?? weightsOf(read.chamber)?.cast ?? turnout.cast),
          tone: line.tone,
        },
      ],
      leads: count.of === 'choices' ? leaders.includes(line.id) : best > 0 && line.count === best,
    };
  });
  return {
    bars,
    ...(isOne && shares.some((share) => (share?.percent ?? null) !== null) ? { of: allOf(only) } : {}),
    tables: [table()],
  };

  /** 13 票 · 68.4%; with its base where others have another. */
  function numberSaid(line: Line, share: LineShare | null): string {
    const votes = t('room:polls.count.votes', { votes: votesShown(line.count, unit) });
    const percent = share?.percent ?? null;
    if (share === null || percent === null) return votes;
    return isOne
      ? t('room:polls.count.percent', { votes, percent })
      : t('room:polls.count.shared', { votes, base: baseWord(share.base), percent });
  }

  function allOf(base: ShareBase): string {
    const whole = shares.find((share) => share !== null)?.whole ?? 0;
    return t('room:polls.count.allOf', { base: baseWord(base), whole: votesShown(whole, unit) });
  }

  function baseWord(base: ShareBase): string {
    return baseSaid(t, base, basesSaid(read.draft, read.chamber).includes(base));
  }

  function table() {
    const { unweighed } = read.chamber;
    const plain =
      unweighed === null ? null : new Map(linesOf(t, read, unweighed).map((line) => [line.id, line.count]));
    const columns = [
      t(unit === 1 ? 'room:polls.count.papers' : 'room:polls.count.weighed'),
      ...(only === undefined
        ? []
        : [isOne ? t('room:polls.count.shareOf', { base: baseWord(only) }) : t('room:polls.checks.percent')]),
      ...(plain === null ? [] : [t('room:polls.count.unweighed')]),
    ];
    const rows = lines.map((line, n): Row => {
      const shared = only === undefined ? [] : [percentCell(shares[n] ?? null)];
      const alike = plain === null ? [] : [String(plain.get(line.id) ?? 0)];
      return { id: line.id, title: line.title, cells: [votesShown(line.count, unit), ...shared, ...alike] };
    });
    const isSummed = ask.kind !== 'multiple';
    return {
      id: 'count',
      caption: t('room:polls.count.caption'),
      corner: count.of === 'marks' ? t('room:polls.count.mark') : t('room:polls.option'),
      columns,
      rows: [...rows, ...(isSummed ? sumRows() : [])],
      note: isSummed ? null : t('room:polls.count.several', { cast: turnout.cast }),
    };
  }

  function percentCell(share: LineShare | null): string {
    if (share === null || share.percent === null) return NOTHING;
    if (isOne) return share.percent;
    return t('room:polls.count.percentOf', { base: baseWord(share.base), percent: share.percent });
  }

  /** Blank and invalid papers, and the sum, which is what was cast; where votes weigh differently people are counted beside. */
  function sumRows(): Row[] {
    const rest = columnsAfter();
    const row = (id: string, title: string, papers: number, isSum: boolean): Row => ({
      id,
      title,
      cells: unit === 1 ? [String(papers), ...rest] : [NOTHING, ...rest.slice(1), String(papers)],
      isSum,
    });
    return [
      ...(turnout.blank > 0 ? [row('blank', t('room:polls.people.blank'), turnout.blank, false)] : []),
      ...(turnout.invalid > 0
        ? [row('invalid', t('room:polls.people.invalid'), turnout.invalid, false)]
        : []),
      row('sum', t('room:polls.cast'), turnout.cast, true),
    ];
  }

  function columnsAfter(): string[] {
    return [...(only === undefined ? [] : ['']), ...(read.chamber.unweighed === null ? [] : [''])];
  }
}

type ShareBase = Exclude<Base, 'disabled'>;
type LineShare = { readonly base: ShareBase; readonly whole: number; readonly percent: string | null };

/**
 * What part of what a line is, in the base of the threshold that judges it, as the sentence says it: else in that of all
 * thresholds, where they have one and the mark is in it, else in that of the rules; null where there is none.
 */
function shareOfLine(
  { draft: { ask, rules }, chamber: { turnout, verdict, ...chamber } }: Read,
  count: CountOf<'marks'> | CountOf<'choices'>,
  line: Line,
): LineShare | null {
  const items = judgedItems(ask, count);
  const item = items.find((one) => one.id === line.id) ?? items[0];
  if (item === undefined) return null;
  const thresholds = verdict === null ? [] : rules.thresholds;
  // 以上都不 is counted and not judged.
  const on = count.of === 'choices' ? (item.id === line.id ? 'chosen' : null) : line.id;
  const judging = thresholds.find((threshold) => threshold.on === on);
  const bases = [...new Set(thresholds.map((threshold) => threshold.base))];
  const common = bases.length === 1 && isIn(item, bases[0], line.id) ? bases[0] : undefined;
  const base = judging?.base ?? common ?? rules.base;
  if (base === 'disabled') return null;
  const whole = baseOf(base, turnout, item, weightsOf(chamber));
  const against = judging === undefined ? {} : { against: judging };
  return { base, whole, percent: percentShown({ part: line.count, whole, ...against }) };
}

/** Whether a mark is among those that a base of marks counts; others count people or papers. */
function isIn(item: JudgedItem, base: ShareBase | undefined, mark: string): boolean {
  const known: readonly string[] = base === 'yes_no_abstain' ? [...item.sided, ...item.neutral] : item.sided;
  return (base !== 'yes_no' && base !== 'yes_no_abstain') || known.includes(mark);
}

function linesOf(t: Translate, { draft: { ask } }: Read, count: Read['chamber']['unweighed']): Line[] {
  if (count?.of === 'choices')
    return Object.entries(count.choices).map(([id, papers]) => ({
      id,
      title: itemWord(t, ask, id),
      count: papers,
      tone: 'for',
    }));
  if (count?.of !== 'marks') return [];
  return marksOf(ask.kind).flatMap((mark) => {
    const papers = count.marks[mark];
    return papers === undefined
      ? []
      : [{ id: mark, title: markSaid(t, ask, mark), count: papers, tone: toneOf(mark) }];
  });
}
