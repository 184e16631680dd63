import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import { itemsOf } from '../../../core/domain/polls/ask.ts';
import { marksOf } from '../../../core/domain/polls/marks.ts';
import { NONE } from '../../../core/domain/polls/options.ts';
import { Turnout } from '../../../core/domain/polls/turnout.ts';
import { Outcome } from '../../../core/domain/polls/verdict.ts';
import type { BoxFinding } from '../../../core/domain/polls/verifying-box.ts';
import type { Place, PollFinding } from '../../../core/domain/polls/verifying.ts';
import type { Translate } from '../../lib/i18n.ts';
import { markSaid } from '../../lib/marks-said.ts';
import { outcomeSaid } from '../polls/sentence-words.ts';
import { chamberWord, itemWord } from '../polls/words.ts';

type Draft = Pick<PollDraft, 'ask' | 'rules'>;

/** Steps of the way to a number that have a name of their own. */
const PARTS = [
  'chambers',
  'count',
  'groups',
  'role',
  'unweighed',
  'weighs',
  'verdict',
  'voice',
  'quorum',
  'judgements',
  'thresholds',
  'part',
  'whole',
  'isMet',
  'outcome',
  'leaders',
  'elected',
  'drawn',
  'isTargetReached',
  'papers',
  'sum',
  'lowest',
  'highest',
  'important',
  'others',
  'points',
  'firsts',
  'rounds',
  'stages',
  'answers',
] as const;

/** What was checked, in plain words. papers: how many there were; isRecounted: whether they were there to be counted. */
export function checkSaid(
  t: Translate,
  { check, holds }: PollFinding,
  { papers, isRecounted }: { readonly papers: number; readonly isRecounted: boolean },
): string {
  if (!holds) return t(`recount:checks.${check}Wrong`);
  const isHidden = !isRecounted && (check === 'turnout' || check === 'count' || check === 'verdict');
  if (isHidden) return t(`recount:checks.${check}Hidden`);
  return t(`recount:checks.${check}`, { count: papers });
}

/** What was checked of the box. */
export function boxSaid(t: Translate, { check, holds }: BoxFinding): string {
  return holds ? t(`recount:box.${check}`) : t(`recount:box.${check}Wrong`);
}

/** Where it first differs. nameOf: what a voter is called, where that is known. */
export function placeSaid(
  t: Translate,
  draft: Draft,
  at: Place,
  nameOf: ((id: string) => string) | null,
): string {
  const who = (id: string) => nameOf?.(id) ?? t('recount:at.person', { id });
  switch (at.of) {
    case 'seal':
      return t('recount:at.seal', { told: sealShown(at.told), ours: sealShown(at.ours) });
    case 'voter':
      return t(`recount:at.${at.why}`, { who: who(at.id) });
    case 'paper':
      return at.by === null
        ? t('recount:at.paper', { n: at.n })
        : t('recount:at.paperOf', { n: at.n, who: who(at.by) });
    case 'number': {
      const chamber =
        at.chamber === '' || draft.rules.chambers.length < 2 ? [] : [chamberWord(t, draft.rules, at.chamber)];
      const steps = at.path.flatMap((step) => stepSaid(t, draft, step));
      return t('recount:at.number', {
        place: [...chamber, ...steps].join(t('recount:at.join')),
        told: valueSaid(t, draft, at.told),
        ours: valueSaid(t, draft, at.ours),
      });
    }
  }
}

/** The first letters of a fingerprint, to be compared by eye: 3f9a 12bc. */
export function sealShown(seal: string): string {
  return `${seal.slice(0, 4)} ${seal.slice(4, 8)}`;
}

/** One step of the way to a number, in the words of the screen; nothing for steps that only lead on. */
function stepSaid(t: Translate, { ask }: Draft, step: string): string[] {
  const others = ask.kind === 'election' ? ask.others : [];
  if (step === NONE || [...itemsOf(ask), ...others].some(({ id }) => id === step))
    return [itemWord(t, ask, step)];
  const mark = marksOf(ask.kind).find((one) => one === step);
  if (mark !== undefined) return [markSaid(t, ask, mark)];
  if (Object.hasOwn(Turnout.shape, step)) {
    const name = step as keyof Turnout;
    return name === 'issued' ? [] : [t(`room:polls.people.${name}`)];
  }
  const part = PARTS.find((one) => one === step);
  if (part !== undefined) return [t(`recount:parts.${part}`)];
  return /^\d+$/.test(step) ? [String(Number(step) + 1)] : [];
}

function valueSaid(t: Translate, { ask, rules }: Draft, value: unknown): string {
  if (value === null || value === undefined) return t('recount:at.nothing');
  if (typeof value === 'boolean') return value ? t('recount:at.yes') : t('recount:at.no');
  if (typeof value === 'number') return String(value);
  const outcome = Outcome.safeParse(value);
  if (outcome.success) return outcomeSaid(t, { outcome: outcome.data, tie: rules.tie });
  if (typeof value === 'string') return itemWord(t, ask, value);
  return t('recount:at.something');
}
