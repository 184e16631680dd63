import type { By, RoomEvent } from '../events.ts';
import { ViewId, type ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import {
  NO_MODERATION,
  NO_SECRETS,
  type CaseState,
  type Moderation,
  type ModerationCase,
  type ModerationCounts,
  type ModerationSecrets,
} from '../moderation.ts';
import type { Enclosed } from '../pictures.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { unreachable } from '../result.ts';
import { answered, endedCases, waivedWith } from './apply-answers.ts';
import type { Room } from './state.ts';

type ModerationEvent = Extract<
  RoomEvent,
  {
    type:
      | 'view:held'
      | 'view:forgone'
      | 'view:passed'
      | 'reply:passed'
      | 'view:refused'
      | 'view:appealed'
      | 'view:upheld'
      | 'view:hidden'
      | 'view:restored'
      | 'view:reported'
      | 'reports:dismissed'
      | 'appeals:told'
      | 'cases:ended'
      | 'cases:waived'
      | 'moderation:ruled'
      | `silence:${string}`
      | `speaker:${string}`;
  }
>;
type Moderated = {
  readonly seq: number;
  readonly by: By;
  readonly at: string;
  readonly event: ModerationEvent;
};

/** The moderation of a room, of nothing where nothing was moderated. */
export function moderationOf({ moderation }: Pick<Room, 'moderation'>): Moderation {
  return moderation ?? NO_MODERATION;
}

/** Folds moderation. The counts come of every event, blanked or not; the secrets only of what was not blanked [X2]. */
export function applyModeration(room: Room, moderated: Moderated): Room {
  const before = moderationOf(room);
  const open = openly(before, moderated);
  const { secrets } = before;
  const kept = secretly(secrets, moderated);
  const counts = counted(before.counts, moderated.event);
  return { ...room, moderation: { ...open, counts, ...(kept === undefined ? {} : { secrets: kept }) } };
}

/** The room without the case of a view that its author took back. */
export function withoutCase(room: Room, viewId: ViewId): Room {
  const secrets = room.moderation?.secrets;
  if (room.moderation === undefined || secrets === undefined) return room;
  if (!secrets.cases.some((one) => one.viewId === viewId)) return room;
  return { ...room, moderation: { ...room.moderation, secrets: closed(secrets, viewId) } };
}

/**
 * The room without pictures in its cases that stand in a view of the room now: a corrected view that is published at once
 * takes them along, and leaves the refused one where it is [J1] [X8].
 */
export function withoutMoved(room: Room, { pictures: moved = [] }: Enclosed): Room {
  const secrets = room.moderation?.secrets;
  if (room.moderation === undefined || secrets === undefined || moved.length === 0) return room;
  const ids = new Set(moved.map(({ id }) => id));
  const cases = secrets.cases.map((one) => {
    const { pictures = [], ...rest } = one.view;
    const left = pictures.filter(({ id }) => !ids.has(id));
    if (left.length === pictures.length) return one;
    return { ...one, view: left.length === 0 ? rest : { ...rest, pictures: left } };
  });
  return { ...room, moderation: { ...room.moderation, secrets: { ...secrets, cases } } };
}

function openly(before: Moderation, { by, at, event }: Moderated): Moderation {
  switch (event.type) {
    case 'moderation:ruled':
      return { ...before, rules: event.rules };
    case 'cases:waived':
      return {
        ...before,
        ...waivedWith(before, { why: event.why, count: event.count, by: decider(by), at }, event),
      };
    case 'silence:ordered':
      return { ...before, silence: { by: decider(by), at } };
    case 'silence:lifted': {
      const { silence: _silence, ...rest } = before;
      return rest;
    }
    case 'speaker:muted':
      return { ...before, muted: [...before.muted, { id: event.participantId, by: decider(by), at }] };
    case 'speaker:unmuted':
      return { ...before, muted: before.muted.filter(({ id }) => id !== event.participantId) };
    default:
      return before;
  }
}

function counted(counts: ModerationCounts, event: ModerationEvent): ModerationCounts {
  const such = (more: Partial<ModerationCounts>) => ({ ...counts, ...more });
  const { waiting } = counts;
  switch (event.type) {
    case 'view:held':
      return such({ held: counts.held + 1, waiting: waiting + 1 });
    case 'view:forgone':
      return event.phase === 'waiting' || event.phase === 'appealed'
        ? such({ waiting: waiting - 1 })
        : counts;
    case 'view:passed':
      return such({ passed: counts.passed + 1, waiting: waiting - 1, ...overturn(counts, event) });
    case 'reply:passed':
      return such({ passed: counts.passed + 1, waiting: waiting - 1 });
    case 'view:refused':
      return such({ refused: plus(counts.refused, event.reason), waiting: waiting - 1 });
    case 'view:appealed':
      return such({
        appeals: counts.appeals + 1,
        ...(event.kind === 'held' ? { waiting: waiting + 1 } : {}),
      });
    case 'view:upheld':
      return such({ upheld: counts.upheld + 1, ...(event.kind === 'held' ? { waiting: waiting - 1 } : {}) });
    case 'view:hidden':
      return event.cause === 'reports'
        ? such({ hiddenByReports: counts.hiddenByReports + 1 })
        : such({ hidden: plus(counts.hidden, event.reason) });
    case 'view:restored':
      return such({ restored: counts.restored + 1, ...overturn(counts, event) });
    case 'view:reported':
      return such({ reports: counts.reports + 1 });
    case 'reports:dismissed':
      return such({ dismissed: (counts.dismissed ?? 0) + 1 });
    case 'cases:ended':
      return such({ ended: (counts.ended ?? 0) + event.count, waiting: 0 });
    case 'appeals:told':
      return such({ overturned: counts.overturned + event.overturned });
    default:
      return counts;
  }
}

function overturn(counts: ModerationCounts, { onAppeal }: { readonly onAppeal?: true | undefined }) {
  return onAppeal === true ? { overturned: counts.overturned + 1 } : {};
}

function plus(counts: ModerationCounts['refused'], reason: ReasonCode): ModerationCounts['refused'] {
  return { ...counts, [reason]: (counts[reason] ?? 0) + 1 };
}

function secretly(
  secrets: ModerationSecrets | undefined,
  moderated: Moderated,
): ModerationSecrets | undefined {
  const { event, at, seq } = moderated;
  switch (event.type) {
    case 'view:held': {
      if (event.held === null) return secrets;
      const { held } = event;
      const before = held.insteadOf === undefined ? secrets : closed(secrets ?? NO_SECRETS, held.insteadOf);
      return opened(before, { viewId: held.id, kind: 'held', view: held, at, state: { phase: 'waiting' } });
    }
    case 'view:hidden':
      return hidden(secrets, moderated, event);
    case 'view:reported': {
      if (event.report === null) return secrets;
      const { reports, ...rest } = secrets ?? NO_SECRETS;
      return { ...rest, reports: [...reports, { ...event.report, at, seq }] };
    }
    case 'speaker:muted': {
      if (event.why === '') return secrets;
      const { mutedWhy, ...rest } = secrets ?? NO_SECRETS;
      return { ...rest, mutedWhy: { ...mutedWhy, [event.participantId]: event.why } };
    }
    default:
      return secrets === undefined ? undefined : followed(secrets, moderated);
  }
}

/** What becomes of secrets that are held. */
function followed(secrets: ModerationSecrets, { by, at, event }: Moderated): ModerationSecrets {
  switch (event.type) {
    case 'view:forgone':
      return closed(event.phase === 'waiting' ? letGo(secrets, event.viewId) : secrets, event.viewId);
    case 'view:passed':
      return passed(secrets, event.view.id, { at, event });
    case 'reply:passed':
      return passed(secrets, ViewId.parse(event.reply.id), { at, event: {} });
    case 'view:restored': {
      const { viewId } = event;
      const open = closed(granted(waited(secrets, viewId, at), viewId, event), viewId);
      return answered(open, viewId, { answer: { at, why: '' } });
    }
    case 'reports:dismissed':
      return answered(secrets, event.viewId, { answer: { at, why: event.why }, seen: event.seen });
    case 'cases:ended':
      return { ...secrets, cases: endedCases(secrets.cases, at) };
    case 'appeals:told':
      return { ...secrets, overturned: secrets.overturned - event.overturned };
    case 'view:refused': {
      const { viewId, reason, why } = event;
      const state = { phase: 'refused', by: decider(by), at, reason, why } as const;
      return edited(refusedBy(waited(secrets, viewId, at), event), viewId, () => state);
    }
    case 'view:appealed':
      return edited(secrets, event.viewId, (state) =>
        state.phase === 'refused' ? { ...state, phase: 'appealed', appeal: event.why, at } : state,
      );
    case 'view:upheld':
      return edited(secrets, event.viewId, (state) => {
        if (state.phase !== 'appealed') return state;
        const { reason, why } = state;
        return { phase: 'upheld', by: decider(by), at, reason, why, answer: event.why };
      });
    case 'speaker:unmuted': {
      const mutedWhy = Object.fromEntries(
        Object.entries(secrets.mutedWhy).filter(([id]) => id !== event.participantId),
      );
      return { ...secrets, mutedWhy };
    }
    case 'moderation:ruled':
    case 'cases:waived':
    case 'silence:ordered':
    case 'silence:lifted':
    case 'view:held':
    case 'view:hidden':
    case 'view:reported':
    case 'speaker:muted':
      return secrets;
    default:
      return unreachable(event);
  }
}

function hidden(
  secrets: ModerationSecrets | undefined,
  { by, at }: Moderated,
  { viewId, cause, reason, why, was, account }: Extract<ModerationEvent, { type: 'view:hidden' }>,
): ModerationSecrets | undefined {
  if (was === null) return secrets;
  const state: CaseState =
    cause === 'reports' ? { phase: 'waiting' } : { phase: 'refused', by: decider(by), at, reason, why };
  const looked = waited(secrets ?? NO_SECRETS, viewId, at);
  const cleared = refusedBy(closed(looked, viewId), { viewId, account });
  const opening = opened(cleared, { viewId, kind: 'hidden', view: was, at, state });
  return cause === 'reports' ? opening : answered(opening, viewId);
}

function opened(secrets: ModerationSecrets = NO_SECRETS, one: ModerationCase): ModerationSecrets {
  return { ...secrets, cases: [...secrets.cases, one] };
}

/** What was held is published: it is no case any more. */
function passed(
  secrets: ModerationSecrets,
  id: ViewId,
  { at, event }: { readonly at: string; readonly event: { readonly onAppeal?: true | undefined } },
): ModerationSecrets {
  return closed(granted(waited(secrets, id, at), id, event), id);
}

/** Notes which account refused; nothing where the log does not say. */
function refusedBy(
  { refusers, ...rest }: ModerationSecrets,
  { viewId, account }: { readonly viewId: ViewId | null; readonly account?: string | undefined },
): ModerationSecrets {
  if (viewId === null) return { ...rest, refusers };
  const { [viewId]: _before, ...others } = refusers;
  return { ...rest, refusers: account === undefined ? others : { ...others, [viewId]: account } };
}

/** Counts a view that its author let go of before anybody had looked. */
function letGo({ forgone, ...rest }: ModerationSecrets, viewId: ViewId | null): ModerationSecrets {
  const by = rest.cases.find((one) => one.viewId === viewId)?.view.by;
  return { ...rest, forgone: by === undefined ? forgone : { ...forgone, [by]: (forgone[by] ?? 0) + 1 } };
}

/** Notes that an appeal is granted with this, where the event itself does not say so. */
function granted(
  secrets: ModerationSecrets,
  viewId: ViewId,
  { onAppeal }: { readonly onAppeal?: true | undefined },
): ModerationSecrets {
  const isAppealed = secrets.cases.some((one) => one.viewId === viewId && one.state.phase === 'appealed');
  return onAppeal === undefined && isAppealed ? { ...secrets, overturned: secrets.overturned + 1 } : secrets;
}

function closed(secrets: ModerationSecrets, viewId: ViewId | null): ModerationSecrets {
  return { ...secrets, cases: secrets.cases.filter((one) => one.viewId !== viewId) };
}

function edited(
  secrets: ModerationSecrets,
  viewId: ViewId | null,
  change: (state: CaseState) => CaseState,
): ModerationSecrets {
  const cases = secrets.cases.map((one) =>
    one.viewId === viewId ? { ...one, state: change(one.state) } : one,
  );
  return { ...secrets, cases };
}

/** Notes how long a view waited, when it did: an appeal is another matter. */
function waited(secrets: ModerationSecrets, viewId: ViewId | null, at: string): ModerationSecrets {
  const one = secrets.cases.find((other) => other.viewId === viewId);
  if (one?.state.phase !== 'waiting') return secrets;
  const waits = [...secrets.waits, Math.max(0, Date.parse(at) - Date.parse(one.at))];
  return { ...secrets, waits: waits.slice(-LIMITS.waitsKept) };
}

function decider(by: By): ParticipantId | 'office' {
  if (by === 'clock' || by === 'withheld') throw new Error('who moderates is named');
  return by;
}
