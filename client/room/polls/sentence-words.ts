import type { Check, Clause, ShareSaid } from '../../../core/domain/polls/clauses.ts';
import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import type { ChamberResult } from '../../../core/domain/polls/result.ts';
import { sentenceOf } from '../../../core/domain/polls/sentence.ts';
import type { Translate } from '../../lib/i18n.ts';
import { markSaid } from '../../lib/marks-said.ts';
import { itemsQuoted, itemWord } from './words.ts';

type Draft = Pick<PollDraft, 'ask' | 'rules'>;

/**
 * The sentence of a result in the reader's language: 应到 24，实到 19（≥2/3 ✓）；赞成 13，占实到 68.4%（>1/2 ✓）——形成基本一致意见。
 */
export function saySentence(t: Translate, draft: Draft, chamber: ChamberResult, isVoid = false): string {
  const clauses = sentenceOf(draft, chamber, isVoid);
  const said = (wanted: (clause: Clause) => boolean) =>
    clauses
      .filter(wanted)
      .map((clause) => sayClause(t, draft, clause))
      .join(t('room:polls.verdict.and'));
  const counted = said(({ code }) => code !== 'outcome');
  const outcome = said(({ code }) => code === 'outcome');
  return outcome === ''
    ? t('room:polls.verdict.counted', { counted })
    : t('room:polls.verdict.concluded', { counted, outcome });
}

function sayClause(t: Translate, { ask, rules }: Draft, clause: Clause): string {
  switch (clause.code) {
    case 'attendance':
      return t('room:polls.verdict.attendance', { ...clause, check: checkSaid(t, clause.check) });
    case 'turnout': {
      const { entitled, cast, percent } = clause;
      const check = checkSaid(t, clause.check);
      return percent === null
        ? t('room:polls.verdict.turnoutOfNobody', { entitled, cast, check })
        : t('room:polls.verdict.turnout', { entitled, cast, percent, check });
    }
    case 'blank':
    case 'invalid':
    case 'silent':
      return t(`room:polls.verdict.${clause.code}`, { papers: clause.papers });
    case 'objections':
      return clause.papers === 0
        ? t('room:polls.verdict.unopposed')
        : t('room:polls.verdict.objections', { papers: clause.papers });
    case 'nobody':
    case 'withheld':
    case 'void':
    case 'uncounted':
      return t(`room:polls.verdict.${clause.code}`);
    case 'none':
      return t('room:polls.verdict.none', { none: t('words:pollNone'), votes: clause.votes });
    case 'mark': {
      const mark = markSaid(t, ask, clause.mark);
      return t('room:polls.verdict.mark', {
        mark,
        votes: clause.votes,
        shares: sharesSaid(t, clause.shares),
      });
    }
    case 'item':
      return itemSaid(t, { ask, rules }, clause);
    case 'leads': {
      const numbers = { votes: clause.votes, shares: sharesSaid(t, clause.shares) };
      const options = itemsQuoted(t, ask, clause.ids);
      return clause.ids.length > 1
        ? t(`room:polls.verdict.draws.${clause.by}`, { options, ...numbers })
        : t(`room:polls.verdict.leads.${clause.by}`, { options, ...numbers });
    }
    case 'satisfied': {
      const aspect = itemWord(t, ask, clause.aspect);
      return clause.percent === null
        ? t('room:polls.verdict.nobodyKnows', { aspect })
        : t('room:polls.verdict.satisfied', { aspect, votes: clause.votes, percent: clause.percent });
    }
    case 'mean':
      return t('room:polls.verdict.mean', {
        aspect: itemWord(t, ask, clause.aspect),
        mean: clause.mean,
        papers: clause.papers,
      });
    case 'target':
      return clause.isMet
        ? t('room:polls.verdict.targetMet', facts(clause))
        : t('room:polls.verdict.targetMissed', facts(clause));
    case 'lights':
    case 'answers':
    case 'quota':
    case 'rounds':
      return t(`room:polls.verdict.${clause.code}`, numbersOf(clause));
    case 'elected':
      return clause.ids.length === 0
        ? t('room:polls.verdict.nobodyElected', { seats: clause.seats })
        : t('room:polls.verdict.elected', { options: itemsQuoted(t, ask, clause.ids), seats: clause.seats });
    case 'favoured':
      return clause.ids.length === 0
        ? t('room:polls.verdict.nobodyFavoured', { seats: clause.seats })
        : t('room:polls.verdict.favoured', { options: itemsQuoted(t, ask, clause.ids), seats: clause.seats });
    case 'drawn':
      return t('room:polls.verdict.drawn', { options: itemsQuoted(t, ask, clause.ids) });
    case 'outcome': {
      const outcome = outcomeSaid(t, clause);
      return clause.ids.length === 0
        ? outcome
        : t('room:polls.verdict.outcomeOf', { options: itemsQuoted(t, ask, clause.ids), outcome });
    }
  }
}

function facts({ joined, target }: Extract<Clause, { code: 'target' }>) {
  return { joined, target };
}

function numbersOf(clause: Extract<Clause, { code: 'lights' | 'answers' | 'quota' | 'rounds' }>) {
  const { code: _, ...numbers } = clause;
  return numbers;
}

function itemSaid(t: Translate, { ask, rules }: Draft, clause: Extract<Clause, { code: 'item' }>): string {
  const item = itemWord(t, ask, clause.id);
  const numbers = { item, votes: clause.votes, shares: sharesSaid(t, clause.shares) };
  const counted =
    clause.on === 'chosen'
      ? t('room:polls.verdict.itemChosen', numbers)
      : t('room:polls.verdict.itemMark', { ...numbers, mark: markSaid(t, ask, clause.on) });
  if (clause.outcome === null) return counted;
  const outcome = outcomeSaid(t, { outcome: clause.outcome, tie: rules.tie });
  return t('room:polls.verdict.itemConcluded', { counted, outcome });
}

/** 形成基本一致意见; what a draw means is said by whoever the rules leave it to. */
export function outcomeSaid(
  t: Translate,
  { outcome, tie }: Pick<Extract<Clause, { code: 'outcome' }>, 'outcome' | 'tie'>,
): string {
  if (outcome !== 'tied') return t(`room:polls.outcome.${outcome}`);
  return tie === 'again' ? t('room:polls.outcome.tiedAgain') : t('room:polls.outcome.tiedHost');
}

function sharesSaid(t: Translate, shares: readonly ShareSaid[]): string {
  return shares.map((share) => shareSaid(t, share)).join('');
}

function shareSaid(t: Translate, { percent, base, whole, check }: ShareSaid): string {
  const name = baseSaid(t, base, whole === null);
  const checked = checkSaid(t, check);
  if (percent === null) return t('room:polls.verdict.shareOfNothing', { base: name, check: checked });
  return whole === null
    ? t('room:polls.verdict.share', { base: name, percent, check: checked })
    : t('room:polls.verdict.shareOf', { base: name, whole, percent, check: checked });
}

/**
 * What a share is a share of. isSaid: its number was named before; 实到 is what was said of the whole chamber, and where that is
 * another number it is the voters among them.
 */
export function baseSaid(t: Translate, base: ShareSaid['base'], isSaid: boolean): string {
  return base === 'present' && isSaid ? t('room:polls.base.there') : t(`room:polls.base.${base}`);
}

/** （≥2/3 ✓） */
function checkSaid(t: Translate, check: Check | null): string {
  if (check === null) return '';
  return t('room:polls.verdict.check', { asked: askedSaid(t, check), met: metSaid(t, check.isMet) });
}

/** ≥2/3 */
export function askedSaid(t: Translate, { relation, of }: Pick<Check, 'relation' | 'of'>): string {
  return t(`room:polls.relation.${relation}`, { of });
}

export function metSaid(t: Translate, isMet: boolean): string {
  return isMet ? t('room:polls.verdict.met') : t('room:polls.verdict.missed');
}
