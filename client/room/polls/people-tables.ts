import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import type { ChamberResult, PollResult } from '../../../core/domain/polls/result.ts';
import { isDetached } from '../../../core/domain/polls/rules.ts';
import { checkOf, unitOf } from '../../../core/domain/polls/clauses.ts';
import { percentShown, votesShown } from '../../../core/domain/polls/shares.ts';
import type { Translate } from '../../lib/i18n.ts';
import { markSaid } from '../../lib/marks-said.ts';
import { NOTHING, type NumberTable, type Row } from './reading.ts';
import { askedSaid, metSaid, outcomeSaid } from './sentence-words.ts';
import { groupCells } from './group-cells.ts';
import { itemWord } from './words.ts';

type Draft = Pick<PollDraft, 'ask' | 'rules'>;

const PEOPLE = [
  'due',
  'presentAtOpening',
  'presentAtStop',
  'entitled',
  'entitledPresent',
  'cast',
  'valid',
  'blank',
  'invalid',
  'silent',
] as const;

/** 应到 实到 应投 已投 有效 空白 废票 未按 of one chamber [B22]. */
export function peopleTable(t: Translate, { turnout }: Pick<ChamberResult, 'turnout'>): NumberTable {
  return {
    id: 'people',
    caption: t('room:polls.people.caption'),
    corner: t('room:polls.people.what'),
    columns: [t('room:polls.people.count')],
    rows: PEOPLE.map((what) => ({
      id: what,
      title: t(`room:polls.people.${what}`),
      cells: [String(turnout[what])],
    })),
    note: null,
  };
}

/** Every quorum and every threshold with its numbers; null where the rules set none. */
export function checksTable(
  t: Translate,
  { ask, rules }: Draft,
  { verdict }: Pick<ChamberResult, 'verdict'>,
): NumberTable | null {
  if (verdict === null) return null;
  const unit = unitOf(rules);
  const quorum = verdict.quorum.map((found): Row => {
    const title = t(`room:polls.checks.${found.what}`);
    const numbers = [
      String(found.part),
      String(found.whole),
      percentShown({ ...found, against: found }) ?? NOTHING,
    ];
    return {
      id: found.what,
      title,
      cells: [...numbers, askedSaid(t, checkOf(found)), metSaid(t, found.isMet), ''],
    };
  });
  const judged = verdict.judgements.flatMap(({ itemId, thresholds, outcome }) =>
    thresholds.map((found, n): Row => {
      const mark = found.on === 'chosen' ? t('room:polls.checks.chosen') : markSaid(t, ask, found.on);
      const title =
        itemId === null ? mark : t('room:polls.checks.of', { item: itemWord(t, ask, itemId), mark });
      const percent = percentShown({ part: found.part, whole: found.whole, against: found }) ?? NOTHING;
      const whole = t('room:polls.checks.whole', {
        base: t(`room:polls.base.${found.base}`),
        whole: votesShown(found.whole, unit),
      });
      const said =
        outcome === null || n < thresholds.length - 1 ? '' : outcomeSaid(t, { outcome, tie: rules.tie });
      const numbers = [votesShown(found.part, unit), whole, percent];
      return {
        id: `${itemId ?? ''} ${n}`,
        title,
        cells: [...numbers, askedSaid(t, checkOf(found)), metSaid(t, found.isMet), said],
      };
    }),
  );
  const rows = [...quorum, ...judged];
  if (rows.length === 0) return null;
  const columns = (['part', 'base', 'percent', 'asked', 'met', 'outcome'] as const).map((what) =>
    t(`room:polls.checks.${what}`),
  );
  return {
    id: 'checks',
    caption: t('room:polls.checks.caption'),
    corner: t('room:polls.checks.what'),
    columns,
    rows,
    note: null,
  };
}

/** Each role in a column: who could vote, who did, and what they said where it may be told [B4] [B5]. */
export function rolesTable(t: Translate, draft: Draft, { groups }: PollResult): NumberTable {
  const cells = groups.map(({ count }) => (count === null ? null : groupCells(t, draft, count)));
  const known = cells.find((one) => one !== null) ?? [];
  return {
    id: 'roles',
    caption: t('room:polls.byRole'),
    corner: t('room:polls.option'),
    columns: groups.map(({ role }) => t(`words:role.${role}`)),
    rows: [
      {
        id: 'entitled',
        title: t('room:polls.eligible'),
        cells: groups.map(({ entitled }) => String(entitled)),
      },
      { id: 'cast', title: t('room:polls.cast'), cells: groups.map(({ cast }) => String(cast)) },
      ...known.map(({ id, title }, n) => ({
        id: `of ${id}`,
        title,
        cells: cells.map((one) => one?.[n]?.cell ?? NOTHING),
      })),
    ],
    note: cells.includes(null) ? withheldSaid(t, draft.rules) : null,
  };
}

/** Why some roles are not told apart: papers carry no name, or so few of them voted [B5] [B18]. */
function withheldSaid(t: Translate, rules: Draft['rules']): string {
  if (isDetached(rules.secrecy)) return t('room:polls.withheld');
  return t('room:polls.smallCells', { count: rules.smallestCell });
}
