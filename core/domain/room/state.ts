import { DEFAULT_FLOOR_RULES, type FloorOverride, type FloorRules, type RequestKind } from '../floor.ts';
import type { AgendaItemId, LocalId, ParticipantId, PollId, ViewId } from '../ids.ts';
import type { CheckInWay, Participant, Role } from '../people.ts';
import type { Poll } from '../polls/poll.ts';
import type { AskedAs } from '../polls/stricter.ts';
import type { AgendaItem, SessionPlan, SessionState } from '../sessions.ts';
import type { SealedText } from '../course-events.ts';
import type { Amendment } from '../amendments.ts';
import type { AssentedParagraph } from '../assents.ts';
import type { By } from '../events.ts';
import type { Material } from '../materials.ts';
import type { MergeStep } from '../merges.ts';
import { oncePer } from '../once-per.ts';
import type { Moderation } from '../moderation.ts';
import type { Names } from '../names.ts';
import type { Question, Waiver } from '../questions.ts';
import type { Reopening, Signing } from '../signing.ts';
import type { Remark } from '../remarks.ts';
import type { ScreenScene } from '../screen.ts';
import type { Task } from '../tasks.ts';
import type { ViewChange } from './view-change.ts';
import type { Earlier, Reply, Stance, View } from '../views.ts';

/** A check-in that stands. */
export type CheckedIn = {
  readonly at: string;
  readonly venueId: LocalId;
  readonly way: CheckInWay;
  /** Where they sat before it, if elsewhere, and since when they were on leave: as it is again once it is undone. */
  readonly from?: LocalId;
  readonly leaveAt?: string;
  /** The check-in that stands again once this one is undone; LIMITS.checkInsKept deep at most [M8]. */
  readonly previous?: CheckedIn;
};

/** A participant in the room, with what happened to their seat. */
export type Seat = Participant & {
  /** When they came in, to the meeting if they have come to it; null while only expected. */
  readonly enteredAt: string | null;
  /** They were here before the doors of the meeting opened, and have not come to it yet. */
  readonly isEarly?: true;
  /** How they were checked in beside that, the newest; absent where nobody did [M2]. */
  readonly checkedIn?: CheckedIn;
  /** A check-in that was taken back: how often that was, and the last [M8]; absent where none was. */
  readonly undone?: {
    readonly times: number;
    readonly at: string;
    readonly by: By;
    readonly way: CheckInWay;
  };
  /** Since when they are on leave; absent where they are not [M4]. */
  readonly leaveAt?: string;
  /** Why they are or, having been checked in since, were; until the meeting is over; '' for readers who may not see it, absent where nobody said. */
  readonly leaveWhy?: string;
  /** When they answered that they will come; absent where they have not [I2]. */
  readonly acceptedAt?: string;
  /** Who stands in their place, and as what; they themselves only watch [I3]. */
  readonly deputy?: { readonly id: ParticipantId; readonly role: Role; readonly at: string };
  /** Since when they wait in the lobby: not in the session yet. Kept where they were turned away [H2]. */
  readonly waitingAt?: string;
  /** Why they were turned away, until the meeting is over; '' for readers who may not see it. */
  readonly turnedAwayWhy?: string;
  /** In whose place they stand. */
  readonly deputyOf?: ParticipantId;
  /** Removed people keep their row, so that what they said keeps its author. */
  readonly removedAt: string | null;
};

/** Somebody who waits for the floor. */
export type FloorRequest = {
  readonly participantId: ParticipantId;
  readonly at: string;
  /** Absent: a speech. */
  readonly kind?: RequestKind;
  /** What they said they would speak for. */
  readonly stance?: Stance;
  /** Asked for before the session opened (预约发言). */
  readonly isBooked?: true;
  /** For which venue they asked; absent: for themselves [F10]. */
  readonly venueId?: LocalId;
};

/** How a turn is timed; absent in sessions of before there were limits. */
export type TurnTime = {
  /** Its length in seconds, extensions included. */
  readonly seconds: number;
  /** Of those, what was added to it. */
  readonly extraSeconds: number;
  /** Seconds beyond its length after which the clock ends it; null: never. */
  readonly graceSeconds: number | null;
  /** Since when it stands still, and whether because the whole session was paused; null while it runs. */
  readonly paused: { readonly at: string; readonly withSession: boolean } | null;
  /** How long it has stood still before that, in milliseconds. */
  readonly pausedMs: number;
};

/** A turn at the floor, with its real times. */
export type Turn = {
  /** Null: a venue has the floor, and not a person. */
  readonly participantId: ParticipantId | null;
  /** The venue that has it; absent where a person does [F10]. */
  readonly venueId?: LocalId;
  /** Who spoke for the venue, once that was said [F11]. */
  readonly speakerId?: ParticipantId;
  readonly itemId: AgendaItemId | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Absent: a speech. */
  readonly kind?: RequestKind;
  readonly stance?: Stance;
  readonly time?: TurnTime;
  /** The rules that giving it went beyond [F8]. */
  readonly overrides?: readonly FloorOverride[];
};

/** A change of the agenda, kept for the record. */
export type AgendaChange = { readonly at: string; readonly by: By } & (
  | {
      readonly what: 'minutes';
      readonly from: AgendaItemId;
      readonly to: AgendaItemId;
      readonly minutes: number;
    }
  | { readonly what: 'order'; readonly itemId: AgendaItemId }
  | {
      readonly what: 'added' | 'removed';
      readonly itemId: AgendaItemId;
      readonly title: string;
      readonly minutes: number;
    }
);
/** Why a session is in its state, and until when; what does not apply is null. */
export type StateNote = {
  readonly why: string | null;
  readonly until: string | null;
  readonly by: By;
  readonly at: string;
  /** collecting: when it began, however often it was extended; absent in old logs. */
  readonly since?: string;
};

/** The live picture of one session, folded from its events. JSON all through. */
export type Room = {
  /** Seq of the last event that was applied; 0 for the empty room. */
  readonly seq: number;
  readonly plan: Omit<SessionPlan, 'agenda'> | null;
  readonly state: SessionState;
  /** Absent where nothing is said of the state. */
  readonly note?: StateNote;
  /** That the plan was approved; absent where it needed no approval. */
  readonly approval?: {
    readonly at: string;
    readonly isOwn: boolean;
    /** The plan's date for collecting had gone by, and nobody has begun to collect since [S15]. */
    readonly missedCollecting?: true;
  };
  /** It was cancelled before it was decided: known to those who prepared it, and to nobody else [S8]. */
  readonly neverPublished?: true;
  readonly openedAt: string | null;
  /** When it was closed, cancelled or aborted. */
  readonly closedAt: string | null;
  readonly hostId: ParticipantId | null;
  readonly participants: Readonly<Record<ParticipantId, Seat>>;
  /** Guests who scan a code wait until they are let in; absent where they do not [H1]. */
  readonly hasLobby?: true;
  /** How people are shown; absent where they are shown by the names of their accounts [U1]. */
  readonly names?: Names;
  readonly agenda: readonly AgendaItem[];
  readonly currentItemId: AgendaItemId | null;
  /** What was changed of the agenda as it was planned; absent where nothing was [A8]. */
  readonly agendaChanges?: readonly AgendaChange[];
  readonly views: readonly View[];
  readonly replies: readonly Reply[];
  /** What was merged and split, step by step; absent until the first. groupsOf says what stands together now [C3]. */
  readonly merges?: readonly MergeStep[];
  /** The view that is put before everybody; absent where none is [C2]. */
  readonly spotlight?: { readonly viewId: ViewId; readonly at: string };
  /** What the big screen was told to show; absent until it is told: it follows the room [C5]. */
  readonly screen?: ScreenScene;
  /** What lies beside the session to be read, in its order, with what was withdrawn; absent until the first [Y1]. */
  readonly materials?: readonly Material[];
  /** Views put to departments, all of them; absent until the first, as in what was sealed before there were any. */
  readonly questions?: readonly Question[];
  /** Present where the session was closed over questions that waited. */
  readonly waiver?: Waiver;
  /** Absent where nothing was ever moderated, as in what was sealed before there was any. */
  readonly moderation?: Moderation;
  readonly polls: readonly Poll[];
  /** Ids of prepared polls that were dropped, which name no other poll; absent until one was [B41]. */
  readonly droppedPolls?: readonly PollId[];
  /** What they asked, and how: nothing asks the same more loosely; absent until one was, as in logs of before [B40]. */
  readonly droppedAs?: readonly AskedAs[];
  /** The rules of discussion; absent until somebody sets them [F4]. */
  readonly floorRules?: FloorRules;
  /** Who waits for the floor, as they came; floorQueue says in what order they are called. */
  readonly queue: readonly FloorRequest[];
  /** Turns so far; the last one without endedAt holds the floor. */
  readonly turns: readonly Turn[];
  readonly tasks: readonly Task[];
  readonly text: SealedText | null;
  /** When the meeting was over whose text was still to be written; absent where both ended at once [N1]. */
  readonly endedAt?: string;
  /** The text that people are, or were, asked to confirm; absent while it is written, and where it was sealed at once. */
  readonly signing?: Signing;
  /** How often the text went back to be written on; absent where it never did. */
  readonly reopenings?: readonly Reopening[];
  /** What people would have otherwise in the text, as they said it; absent until the first [O10]. */
  readonly amendments?: readonly Amendment[];
  /** What people remarked on words of the text, with the answers; absent until the first [O13]. */
  readonly remarks?: readonly Remark[];
  /** Paragraphs of the text that somebody agrees with, or has; absent until the first [O16]. */
  readonly assents?: readonly AssentedParagraph[];
  /** Everybody who ever endorsed a view, in the order in which they first did; absent where nobody has [V6]. */
  readonly endorsers?: readonly ParticipantId[];
  /** What was said before the part that is held here; absent where everything is [R1]. */
  readonly earlier?: HeldEarlier;
};

/** What a room knows of the part that it does not hold. */
export type HeldEarlier = Earlier & {
  /** What happened to earlier views is known from this seq on: a page from before it does not join. */
  readonly since: number;
  /** The newest seq, as of then, at which an earlier view changed; 0: none did. */
  readonly changedAt: number;
  /** Changes of earlier views that are not held, for the pages that bring them; oldest first. */
  readonly late: readonly ViewChange[];
};

/** The room before its first event. */
export const EMPTY_ROOM: Room = {
  seq: 0,
  plan: null,
  state: 'scheduled',
  openedAt: null,
  closedAt: null,
  hostId: null,
  participants: {},
  agenda: [],
  currentItemId: null,
  views: [],
  replies: [],
  polls: [],
  queue: [],
  turns: [],
  tasks: [],
  text: null,
};

/** Whether somebody is in the session now: neither removed nor waiting to be let in. */
export function isIn({ removedAt, waitingAt }: Seat): boolean {
  return removedAt === null && waitingAt === undefined;
}

/** The seat of somebody who is in the session now; undefined when unknown, removed, or waiting in the lobby. */
export function seatOf(room: Room, id: ParticipantId): Seat | undefined {
  const seat = Object.hasOwn(room.participants, id) ? room.participants[id] : undefined;
  return seat !== undefined && isIn(seat) ? seat : undefined;
}

const seatsIn = oncePer((participants: Room['participants']): Readonly<Record<ParticipantId, Seat>> =>
  Object.fromEntries(Object.entries(participants).filter(([, seat]) => isIn(seat))),
);

/** Seats of everybody who is in the session now. */
export function seatsOf({ participants }: Pick<Room, 'participants'>): Readonly<Record<ParticipantId, Seat>> {
  return seatsIn(participants);
}

/** The rules of discussion that hold now [F4]. */
export function floorRulesOf({ floorRules }: Pick<Room, 'floorRules'>): FloorRules {
  return floorRules ?? DEFAULT_FLOOR_RULES;
}

/** Whether somebody waits for the floor for themselves. */
export function isQueued({ queue }: Pick<Room, 'queue'>, id: ParticipantId): boolean {
  return queue.some((entry) => entry.participantId === id && entry.venueId === undefined);
}

/** Who speaks in a turn, as far as that is known: whoever has the floor, or was named at the venue that has it. */
export function speakerOf({ participantId, speakerId }: Turn): ParticipantId | null {
  return participantId ?? speakerId ?? null;
}

/** The turn that goes on now, if any. */
export function currentTurn(room: Room): Turn | undefined {
  const last = room.turns[room.turns.length - 1];
  return last?.endedAt === null ? last : undefined;
}
