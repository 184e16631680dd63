import type { Ask } from '../../../core/domain/polls/ask.ts';
import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import { turnoutOfAll } from '../../../core/domain/polls/reading.ts';
import {
  isDetached,
  WEIGHT_UNIT,
  type PollRules,
  type Quota,
  type Threshold,
} from '../../../core/domain/polls/rules.ts';
import { formatDateTime, formatDuration, formatTimeExact } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import { markSaid } from '../../lib/marks-said.ts';
import { rolesSaid } from '../../lib/roles-said.ts';
import { isOneMark } from './paper.ts';

/** Whether a vote can be changed: the same words before voting and on the ballot. */
export function changeSaid(t: Translate, { secrecy }: Pick<PollRules, 'secrecy'>): string {
  return isDetached(secrecy) ? t('room:polls.rules.final') : t('room:polls.rules.changeable');
}

/** Who sees what, before and after voting. A poll from when 实名公开 could keep its counts back is held as 实名结果后公开 [B10]. */
export function secrecySaid(t: Translate, rules: PollRules): string {
  const isKept = rules.secrecy === 'open' && rules.shown !== 'live';
  return t(`room:polls.rules.secrecy.${isKept ? 'named' : rules.secrecy}`);
}

/** When a poll ends. endsAt: the instant, once it is open. */
export function endSaid(t: Translate, { time }: PollRules, endsAt: string | null): string {
  const at = endsAt ?? time.endsAt;
  const end =
    at !== null
      ? time.endsAt === null
        ? t('room:polls.rules.endsAt', { time: formatTimeExact(at) })
        : t('room:polls.rules.endsAtDays', { time: formatDateTime(at) })
      : time.seconds !== null
        ? t('room:polls.rules.endsAfter', { count: time.seconds })
        : t('room:polls.rules.ends');
  return time.closesWhenAllVoted ? `${end}${t('room:polls.rules.endsWhenAll')}` : end;
}

/** What a box can do and what it cannot, told before anybody votes [B10]. */
const LIMITS_OF_BOX = ['token', 'wait', 'device', 'operator', 'show'] as const;

/**
 * Whether papers are published without names, whole, and say so much that a rare one, or a pattern that somebody was told to mark,
 * tells whose it is: said in sight of whoever votes, on the form and with the result [B10].
 */
export function isTelling({ secrecy }: Pick<PollRules, 'secrecy'>, kind: Ask['kind']): boolean {
  return isDetached(secrecy) && kind !== 'single' && !isOneMark(kind);
}

/** Whose votes weigh something else than 1, by name; '' where all weigh the same [B17]. */
export function weightsSaid(t: Translate, { weights }: PollRules, nameOf: (id: string) => string): string {
  if (weights === null) return '';
  const people = Object.entries(weights).map(([id, weight]) =>
    t('room:polls.rules.weight', { who: nameOf(id), weight: weight / WEIGHT_UNIT }),
  );
  if (people.length === 0) return '';
  return t('room:polls.rules.weights', { people: people.join(t('room:polls.roles')) });
}

/** Everything else that a voter may want to know of the rules, sentence by sentence [B10]–[B13]. */
export function rulesSaid(t: Translate, poll: Poll): readonly string[] {
  const { rules, ask } = poll.draft;
  return [
    ...(rules.secrecy === 'host' ? [t('room:polls.rules.hostMore')] : []),
    ...(rules.secrecy === 'secret' ? [t('room:polls.rules.secretMore')] : []),
    ...(rules.secrecy === 'verifiable'
      ? LIMITS_OF_BOX.map((name) => t(`room:polls.box.limits.${name}`))
      : []),
    t(`room:polls.rules.shown.${rules.shown}`),
    ...extensionSaid(t, poll),
    whoSaid(t, poll),
    ...whoMoreSaid(t, rules),
    ...chambersSaid(t, rules),
    ...quorumSaid(t, rules),
    ...thresholdsSaid(t, ask, rules),
    ...(rules.allowsBlank ? [t('room:polls.rules.blank')] : []),
    ...(rules.reason === 'none' ? [] : [t(`room:polls.rules.reason.${rules.reason}`)]),
  ];
}

/** Whether, and by how much, the end can be put off [B44]. */
function extensionSaid(t: Translate, poll: Poll): readonly string[] {
  const { extensionSeconds } = poll.draft.rules.time;
  if (extensionSeconds === null) return [];
  const isExtended = poll.phase !== 'prepared' && poll.isExtended === true;
  const time = formatDuration(extensionSeconds * 1_000);
  return [t(isExtended ? 'room:pollLife.wasExtended' : 'room:pollLife.mayExtend', { time })];
}

function whoSaid(t: Translate, poll: Poll): string {
  const roles = rolesSaid(t, poll.draft.rules.eligible.roles);
  if (poll.phase === 'prepared') return t('room:polls.rules.whoNotOpened', { roles });
  const isCounted = poll.phase === 'closed' && poll.result !== null;
  const count = isCounted ? turnoutOfAll(poll.result).entitled : poll.electorate.length;
  return t('room:polls.rules.who', { roles, count });
}

function whoMoreSaid(t: Translate, { eligible }: PollRules): readonly string[] {
  const { presence, withoutGuests, people, affiliations } = eligible;
  return [
    ...(people === null ? [] : [t('room:polls.rules.people', { count: people.length })]),
    ...(affiliations.length === 0
      ? []
      : [t('room:polls.rules.affiliations', { units: affiliations.join(t('room:polls.roles')) })]),
    ...(presence === 'any' ? [] : [t(`room:polls.rules.presence.${presence}`)]),
    ...(withoutGuests ? [t('room:polls.rules.withoutGuests')] : []),
  ];
}

function chambersSaid(t: Translate, { chambers }: PollRules): readonly string[] {
  if (chambers.length < 2) return [];
  return chambers.map(({ voice, roles }) =>
    t(`room:polls.rules.chamber.${voice}`, { roles: rolesSaid(t, roles) }),
  );
}

function quorumSaid(t: Translate, { quorum }: PollRules): readonly string[] {
  const said = (name: 'attendance' | 'participation', quota: Quota | null) =>
    quota === null
      ? []
      : [
          t(`room:polls.rules.quorum.${name}`, {
            relation: t(`words:relation.${quota.relation}`),
            ...quota.of,
          }),
        ];
  return [...said('attendance', quorum.attendance), ...said('participation', quorum.participation)];
}

function thresholdsSaid(t: Translate, ask: Ask, { thresholds, tie, profile }: PollRules): readonly string[] {
  if (thresholds.length === 0) return [t(`room:polls.rules.noThreshold.${profile}`)];
  return [
    ...thresholds.map((threshold) =>
      t(`room:polls.rules.threshold.${profile}`, thresholdFacts(t, ask, threshold)),
    ),
    ...(tie === 'fails' ? [] : [t(`room:polls.rules.tie.${tie}`)]),
    t(`room:polls.rules.profile.${profile}`),
  ];
}

function thresholdFacts(t: Translate, ask: Ask, { on, relation, of, base }: Threshold) {
  return {
    what: on === 'chosen' ? t('room:polls.rules.chosen') : markSaid(t, ask, on),
    relation: t(`words:relation.${relation}`),
    base: t(`words:base.${base}`),
    ...of,
  };
}

/** The fingerprint of the frozen rules, short enough to be compared by eye: 3f9a 12bc; '' where there is none [B6]. */
export function sealSaid(poll: Poll): string {
  if (poll.phase === 'prepared' || poll.seal === '') return '';
  return `${poll.seal.slice(0, 4)} ${poll.seal.slice(4, 8)}`;
}

/** Whether a poll is one of a consultation, which decides nothing. */
export function isIndicative({ rules }: Pick<PollDraft, 'rules'>): boolean {
  return rules.profile === 'consultation';
}
