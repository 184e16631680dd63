import type { RoomEvent } from '../events.ts';
import { ReplyId, ViewId, type ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { NO_SECRETS, type HeldView, type ModerationCase } from '../moderation.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import { oncePer } from '../once-per.ts';
import { enclosedIn } from '../pictures.ts';
import { hasEnded } from '../sessions.ts';
import type { ReplyDraft, ViewDraft } from '../views.ts';
import { answeredBy, stillPut, withdrawnWith } from './asking.ts';
import { moderationOf } from './apply-moderation.ts';
import type { CommandOf } from './commands.ts';
import { takenOffWith } from './curating.ts';
import { saidCounts } from './earlier.ts';
import type { Facts } from './facts.ts';
import { guardLiveAct, type Who } from './guards.ts';
import { guardOffice } from './keeping-order.ts';
import { isOpen } from './open-cases.ts';
import type { Room, Seat } from './state.ts';

type ReviewCommand = CommandOf<'passView' | 'refuseView' | 'forgoView' | 'appealView' | 'decideAppeal'>;
type Decided = Result<readonly RoomEvent[], Refusal>;

/** Rules of looking at views before they are published, with due process [X2]–[X4]. */
export function decideReview(
  room: Room,
  who: Who,
  command: ReviewCommand,
  { account }: Pick<Facts, 'account'> = {},
): Decided {
  const { viewId } = command;
  switch (command.type) {
    case 'passView': {
      const one = guardDecide(room, who, viewId);
      return one.ok ? published(room, one.value) : one;
    }
    case 'refuseView': {
      const one = guardDecide(room, who, viewId);
      const { reason, why } = command;
      const by = account === undefined ? {} : { account };
      return one.ok ? ok([{ type: 'view:refused', viewId, reason, why, ...by }]) : one;
    }
    case 'forgoView': {
      const one = guardOwnCase(room, who, viewId);
      if (!one.ok) return one;
      const often = guardLetGo(room, one.value);
      return often.ok ? forgone(room, one.value) : often;
    }
    case 'appealView': {
      const one = guardOwnCase(room, who, viewId);
      if (!one.ok) return one;
      const { kind, state } = one.value;
      if (state.phase === 'waiting') return refuse('NOT_REFUSED');
      if (state.phase !== 'refused') return refuse('APPEALED_ALREADY');
      return ok([{ type: 'view:appealed', viewId, kind, why: command.why }]);
    }
    case 'decideAppeal':
      return decideAppeal(room, who, command, account);
    default:
      return unreachable(command);
  }
}

type Sent = Pick<CommandOf<'postView'>, 'questions' | 'insteadOf'> & {
  readonly view: ViewDraft & Pick<HeldView, 'reply'>;
  /** Held for a word of the organisation's list [X10]. */
  readonly byWord?: boolean;
};

/** A reply as what is kept from the room: of no stance that would be shown. */
export function heldReply({ id, toViews, commitment, text }: ReplyDraft): Sent['view'] {
  return { id: ViewId.parse(id), stance: 'info', text, replyTo: null, reply: { toViews, commitment } };
}

/**
 * A view of somebody whose views are looked at first. It is not in the room: what it asks and answers is judged again
 * when it is published [X2].
 */
export function heldInstead(room: Room, { id }: Seat, sent: Sent): Decided {
  const { view, questions = [], insteadOf, byWord = false } = sent;
  const { cases } = secretsOf(room);
  const waiting = cases.filter(({ view: { by }, state }) => by === id && state.phase === 'waiting');
  if (waiting.length >= LIMITS.heldWaitingEach)
    return refuse('HELD_WAITING', { max: LIMITS.heldWaitingEach });
  if (cases.filter(isOpen).length >= LIMITS.casesPerSession) return refuse('SESSION_FULL');
  const held: HeldView = { ...view, by: id, itemId: room.currentItemId, questions: [...questions] };
  const why = byWord ? { byWord: true as const } : {};
  return ok([
    { type: 'view:held', viewId: null, held: { ...held, ...takingPlace(room, id, insteadOf), ...why } },
  ]);
}

/**
 * The refused view whose place a corrected one takes; nothing where there is none, or none any more: a case may be
 * settled while its author writes, and what they write is heard all the same. It is let go of within the event that
 * holds the new one, and not at all by one that is published at once: everybody would see which view had been refused
 * [X8].
 */
export function takingPlace(
  room: Room,
  by: ParticipantId,
  insteadOf: ViewId | undefined,
): { insteadOf?: ViewId } {
  const one = insteadOf === undefined ? undefined : caseOf(room, insteadOf);
  if (one === undefined || one.view.by !== by || one.kind !== 'held') return {};
  return isOpen(one) ? {} : { insteadOf: one.viewId };
}

/** What is said of granted appeals when the record is made: how many there were, of all at once [X8]. */
export function toldAppeals(room: Room): RoomEvent[] {
  const { overturned } = secretsOf(room);
  return overturned === 0 ? [] : [{ type: 'appeals:told', overturned }];
}

/** The case of a view, where this room knows of it: only the folder of the whole log does. */
export function caseOf(room: Pick<Room, 'moderation'>, viewId: ViewId): ModerationCase | undefined {
  const cases = room.moderation?.secrets?.cases;
  return cases === undefined ? undefined : casesById(cases).get(viewId);
}

// Asked for each picture that is looked at.
const casesById = oncePer(
  (cases: readonly ModerationCase[]) => new Map(cases.map((one) => [one.viewId, one])),
);

function forgone(room: Room, { viewId, kind, state }: ModerationCase): Decided {
  // What was published is taken back as any view is [V9].
  if (kind === 'hidden')
    return ok([
      { type: 'view:withdrawn', viewId },
      ...withdrawnWith(room, viewId),
      ...takenOffWith(room, viewId),
    ]);
  // What ended with its session is nobody's to let go of.
  if (state.phase === 'ended') return refuse('DECIDED_ALREADY');
  return ok([{ type: 'view:forgone', viewId, phase: state.phase }]);
}

/** What is sent, let go of and sent again makes everybody's log longer and nobody the wiser [X2]. */
function guardLetGo(room: Room, { state, view }: ModerationCase): Result<null, Refusal> {
  const count = secretsOf(room).forgone[view.by] ?? 0;
  const isTooOften = state.phase === 'waiting' && count >= LIMITS.forgoneEach;
  return isTooOften ? refuse('FORGONE_TOO_OFTEN', { max: LIMITS.forgoneEach }) : ok(null);
}

/**
 * Whether somebody refused or hid this view themselves: by their seat, or by the account behind it. Without marks the
 * office is one: who of it did is not known.
 */
export function isRefuser(
  room: Pick<Room, 'moderation'>,
  { viewId, state }: Pick<ModerationCase, 'viewId' | 'state'>,
  { who, account }: { readonly who: Who; readonly account?: string | undefined },
): boolean {
  if (!('by' in state)) return false;
  const refuser = room.moderation?.secrets?.refusers[viewId];
  if (refuser !== undefined && account !== undefined && refuser === account) return true;
  if (state.by !== deciderOf(who)) return false;
  return state.by !== 'office' || refuser === undefined || account === undefined;
}

function decideAppeal(
  room: Room,
  who: Who,
  { viewId, upheld }: CommandOf<'decideAppeal'>,
  account: string | undefined,
): Decided {
  const one = guardCase(room, who, viewId);
  if (!one.ok) return one;
  const { kind, state, view } = one.value;
  if (state.phase !== 'appealed') return refuse('DECIDED_ALREADY');
  // Nobody is the judge of what they have said themselves [X4].
  if (isRefuser(room, one.value, { who, account })) return refuse('APPEAL_BY_ANOTHER');
  if (upheld !== null) return ok([{ type: 'view:upheld', viewId, kind, why: upheld }]);
  if (kind === 'held') return published(room, one.value);
  return ok([restored(view)]);
}

/** The words of a hidden view stand again, and what went with them. */
export function restored(view: HeldView): Extract<RoomEvent, { type: 'view:restored' }> {
  const enclosed = enclosedIn(view);
  const words = { type: 'view:restored', viewId: view.id, text: view.text } as const;
  return Object.keys(enclosed).length === 0 ? words : { ...words, enclosed };
}

/** Makes a held view one of the room, with the questions that can still be put. */
function published(room: Room, { view }: ModerationCase): Decided {
  if (view.reply !== undefined) return publishedReply(room, view, view.reply);
  if (saidCounts(room).views >= LIMITS.viewsPerSession) return refuse('SESSION_FULL');
  const { by: author, itemId, id, stance, text, replyTo, masked, maskedBeside } = view;
  const covered = {
    ...(masked === undefined ? {} : { masked }),
    ...(maskedBeside === undefined ? {} : { maskedBeside }),
  };
  return ok([
    {
      type: 'view:passed',
      view: { id, stance, text, replyTo, ...enclosedIn(view) },
      author,
      itemId,
      ...covered,
    },
    ...stillPut(room, view).map((question): RoomEvent => ({
      type: 'question:put',
      question,
      from: 'author',
      author,
    })),
  ]);
}

/** The same of a reply, with the questions that it still answers. */
function publishedReply(room: Room, held: HeldView, answer: NonNullable<HeldView['reply']>): Decided {
  if (saidCounts(room).replies >= LIMITS.viewsPerSession) return refuse('SESSION_FULL');
  const { by: author, itemId, text, masked } = held;
  const reply = { id: ReplyId.parse(held.id), ...answer, text };
  const seat = room.participants[author];
  // Behind the meeting no department answers any more.
  const answered = seat === undefined || hasEnded(room.state) ? [] : answeredBy(room, seat, reply);
  return ok([
    { type: 'reply:passed', reply, author, itemId, ...(masked === undefined ? {} : { masked }) },
    ...answered.map((event) => (event.type === 'question:answered' ? { ...event, author } : event)),
  ]);
}

/** A held view that waits, for somebody who may decide on it: not their own. */
function guardDecide(room: Room, who: Who, viewId: ViewId): Result<ModerationCase, Refusal> {
  const one = guardCase(room, who, viewId);
  if (!one.ok) return one;
  const { kind, state } = one.value;
  return kind === 'held' && state.phase === 'waiting' ? one : refuse('DECIDED_ALREADY');
}

/** What is kept from the room, for somebody who moderates: never their own. */
export function guardCase(room: Room, who: Who, viewId: ViewId): Result<ModerationCase, Refusal> {
  const allowed = guardOffice(room, who, 'view:moderate');
  if (!allowed.ok) return allowed;
  const one = caseOf(room, viewId);
  if (one === undefined) return refuse('VIEW_UNKNOWN');
  return who.kind === 'participant' && one.view.by === who.id ? refuse('OWN_VIEW') : ok(one);
}

function guardOwnCase(room: Room, who: Who, viewId: ViewId): Result<ModerationCase, Refusal> {
  const seat = guardLiveAct(room, who, 'view:appeal');
  if (!seat.ok) return seat;
  const one = caseOf(room, viewId);
  // Of another's it is not even said that there is one.
  return one === undefined || one.view.by !== seat.value.id ? refuse('VIEW_UNKNOWN') : ok(one);
}

function secretsOf(room: Room) {
  return moderationOf(room).secrets ?? NO_SECRETS;
}

function deciderOf(who: Who): ParticipantId | 'office' {
  return who.kind === 'participant' ? who.id : 'office';
}
