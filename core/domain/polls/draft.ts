import { z } from 'zod';
import { AgendaItemId, LocalId, PollId, TaskId, ViewId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { may } from '../people.ts';
import { line } from '../text.ts';
import { Ask, type PollKind } from './ask.ts';
import { MARKS_OF, ONE_MARK, type Mark } from './marks.ts';
import { isByHand } from './totals.ts';
import { isDetached, PollRules, type Base } from './rules.ts';

/** What a poll is about, where it is about something in particular: a view, a paragraph of the text, a task, an agenda item. */
export const About = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('view'), viewId: ViewId }),
  z.strictObject({ what: z.literal('paragraph'), paragraphId: LocalId }),
  z.strictObject({ what: z.literal('task'), taskId: TaskId }),
  z.strictObject({ what: z.literal('item'), itemId: AgendaItemId }),
]);
export type About = z.infer<typeof About>;

const Parts = z.strictObject({
  id: PollId,
  question: line(LIMITS.questionLength),
  ask: Ask,
  rules: PollRules,
  about: About.nullable(),
  /** The poll that was void and is held again with this one [B43]. */
  rerunOf: PollId.optional(),
});
type Parts = z.infer<typeof Parts>;

/**
 * An indicative poll (意向投票) as it is prepared. Rules that nobody could meet are refused here, with the field named
 * [B9].
 */
export const PollDraft = Parts.superRefine((draft, context) => {
  for (const { path, why } of faultsOf(draft))
    context.addIssue({ code: 'custom', path: [...path], message: why });
});
export type PollDraft = z.infer<typeof PollDraft>;

/** Where rules do not fit what is asked, or each other. */
export type DraftFault = { readonly path: readonly (string | number)[]; readonly why: string };

/** Every fault of a draft whose parts are well formed [B9]. */
export function faultsOf(draft: Parts): readonly DraftFault[] {
  return [
    ...thresholdFaults(draft),
    ...paperFaults(draft),
    ...secrecyFaults(draft),
    ...peopleFaults(draft),
    ...timeFaults(draft),
  ];
}

/**
 * What can be counted and is not held in a room: tellers of ballots, proxies; and 实名公开 whose counts wait, because every
 * paper is read at once there, so that nothing is left to be shown later [B11].
 */
export function unofferedFaults({ ask, rules }: Parts): DraftFault[] {
  const why = 'not offered yet';
  const faults: DraftFault[] = [];
  if (rules.proxies.length > 0) faults.push({ path: ['rules', 'proxies'], why });
  if (rules.tellers.length > 0 && !isByHand({ ask, rules })) faults.push({ path: ['rules', 'tellers'], why });
  if (rules.secrecy === 'open' && rules.shown !== 'live')
    faults.push({ path: ['rules', 'shown'], why: 'papers are read at once' });
  return faults;
}

/** What a threshold can be set on: a mark of the kind, the papers that name an option, or nothing. */
export function judgedBy(kind: PollKind): readonly (Mark | 'chosen')[] {
  switch (kind) {
    case 'single':
    case 'multiple':
      return ['chosen'];
    case 'yes_no':
    case 'yes_no_abstain':
    case 'conditional':
    case 'consensus':
    case 'consent':
    case 'counted':
    case 'each':
    case 'statements':
    case 'satisfaction':
    case 'election':
    case 'paragraphs':
      return MARKS_OF[kind];
    default:
      return [];
  }
}

/** Kinds whose papers carry reasons, so that they are never kept apart from a name [B12]. */
const REASONED: readonly PollKind[] = ['consensus', 'consent', 'paragraphs', 'acclamation', 'counted'];

function thresholdFaults({ ask, rules }: Parts): DraftFault[] {
  const allowed = judgedBy(ask.kind);
  const quotas = Object.entries(rules.quorum).flatMap(([name, quota]) =>
    quota !== null && quota.relation === 'more' && quota.of.part === quota.of.whole
      ? [{ path: ['rules', 'quorum', name], why: 'more than all' }]
      : [],
  );
  return [
    ...quotas,
    ...rules.thresholds.flatMap(({ on, relation, of, base }, n): DraftFault[] => {
      const path = ['rules', 'thresholds', n];
      // Satisfaction from 0 to 100 has no marks.
      const isScored = ask.kind === 'satisfaction' && ask.scale === 'hundred';
      if (isScored || !allowed.includes(on)) return [{ path: [...path, 'on'], why: 'not of this kind' }];
      if (relation === 'more' && of.part === of.whole)
        return [{ path: [...path, 'of'], why: 'more than all' }];
      if (rules.weights !== null && OF_PEOPLE.includes(base))
        return [{ path: [...path, 'base'], why: 'people have no weight' }];
      const isOfMarks = base === 'yes_no' || base === 'yes_no_abstain';
      return isOfMarks && on === 'chosen' ? [{ path: [...path, 'base'], why: 'not of this kind' }] : [];
    }),
  ];
}

/** What papers of the kind cannot hold, or are not there to show. */
function paperFaults({ ask, rules }: Parts): DraftFault[] {
  const isOneMark = ask.kind !== 'counted' && ONE_MARK.some((kind) => kind === ask.kind);
  const faults: DraftFault[] = [];
  if (isByHand({ ask, rules }) && (rules.chambers.length > 1 || rules.weights !== null))
    faults.push({ path: ['rules', 'chambers'], why: 'hands are counted together' });
  if (rules.reason !== 'none' && !isOneMark)
    faults.push({ path: ['rules', 'reason'], why: 'not of this kind' });
  if (rules.quorum.participation !== null && ask.kind === 'acclamation')
    faults.push({ path: ['rules', 'quorum', 'participation'], why: 'whoever applauds casts no paper' });
  return faults;
}

/** Bases that are people, whom weights do not count. */
const OF_PEOPLE: readonly Base[] = ['due', 'entitled', 'present'];

function secrecyFaults({ ask, rules }: Parts): DraftFault[] {
  const { secrecy, shown, reason, weights, proxies } = rules;
  const faults: DraftFault[] = [];
  // What counts show one by one tells who chose what.
  if ((shown === 'live' || shown === 'after_own') && secrecy !== 'open')
    faults.push({ path: ['rules', 'shown'], why: 'counts that move name their voters' });
  if (isDetached(secrecy)) {
    if (isByHand({ ask, rules })) faults.push({ path: ['rules', 'secrecy'], why: 'tellers count them' });
    else if (REASONED.includes(ask.kind))
      faults.push({ path: ['rules', 'secrecy'], why: 'reasons name their authors' });
    if (reason !== 'none') faults.push({ path: ['rules', 'reason'], why: 'detached papers carry none' });
    if (rules.chambers.length > 1)
      faults.push({ path: ['rules', 'chambers'], why: 'detached papers are counted together' });
    if (weights !== null) faults.push({ path: ['rules', 'weights'], why: 'a weight gives its voter away' });
    if (proxies.length > 0) faults.push({ path: ['rules', 'proxies'], why: 'a proxy gives its voter away' });
  }
  return faults;
}

function peopleFaults({ ask, rules }: Parts): DraftFault[] {
  const { eligible, chambers, tellers, proxies, weights, base } = rules;
  const faults: DraftFault[] = [];
  const seated = chambers.flatMap(({ roles }) => roles);
  const isSame =
    seated.length === eligible.roles.length && eligible.roles.every((role) => seated.includes(role));
  if (!isSame || new Set(seated).size !== seated.length)
    faults.push({ path: ['rules', 'chambers'], why: 'each role in one chamber' });
  if (new Set(chambers.map(({ id }) => id)).size !== chambers.length)
    faults.push({ path: ['rules', 'chambers'], why: 'duplicate' });
  if (!chambers.some(({ voice }) => voice === 'decides'))
    faults.push({ path: ['rules', 'chambers'], why: 'one chamber decides' });
  if (eligible.roles.some((role) => !may(role, 'poll:vote')))
    faults.push({ path: ['rules', 'eligible', 'roles'], why: 'does not vote' });
  if (tellers.length === 1 || new Set(tellers).size !== tellers.length)
    faults.push({ path: ['rules', 'tellers'], why: 'two or none' });
  if (ask.kind === 'counted' && tellers.length !== 2)
    faults.push({ path: ['rules', 'tellers'], why: 'two count' });
  if (
    new Set(proxies.map(({ to }) => to)).size !== proxies.length ||
    proxies.some(({ from, to }) => from === to)
  )
    faults.push({ path: ['rules', 'proxies'], why: 'one each' });
  if (new Set(proxies.map(({ from }) => from)).size !== proxies.length)
    faults.push({ path: ['rules', 'proxies'], why: 'one each' });
  if (weights !== null && !WEIGHED.includes(ask.kind))
    faults.push({ path: ['rules', 'weights'], why: 'not of this kind' });
  if (weights !== null && OF_PEOPLE.includes(base))
    faults.push({ path: ['rules', 'base'], why: 'people have no weight' });
  return faults;
}

/** Kinds whose counts are sums, so that a vote can weigh more. */
export const WEIGHED: readonly PollKind[] = [
  'yes_no',
  'yes_no_abstain',
  'conditional',
  'single',
  'multiple',
  'each',
];

function timeFaults({ ask, rules }: Parts): DraftFault[] {
  const { time, quorum } = rules;
  const both = time.seconds !== null && time.endsAt !== null;
  const isEndless = time.seconds === null && time.endsAt === null;
  return [
    // Hands are counted as long as it takes.
    ...(isByHand({ ask, rules }) && (!isEndless || time.closesWhenAllVoted)
      ? [{ path: ['rules', 'time'], why: 'tellers end it' }]
      : []),
    ...(both ? [{ path: ['rules', 'time', 'endsAt'], why: 'one end' }] : []),
    ...(time.extensionSeconds !== null && isEndless
      ? [{ path: ['rules', 'time', 'extensionSeconds'], why: 'no end to put off' }]
      : []),
    // Over days nobody sits together who could be counted [B27].
    ...(time.endsAt !== null && quorum.attendance !== null
      ? [{ path: ['rules', 'quorum', 'attendance'], why: 'attendance is of a meeting' }]
      : []),
  ];
}
