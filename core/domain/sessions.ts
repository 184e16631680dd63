import { z } from 'zod';
import { AgendaItemId, DocumentId, Instant, LocalId, SessionId, type ParticipantId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { MeetingRules } from './meeting-rules.ts';
import { Role } from './people.ts';
import { line, optionalLine, words } from './text.ts';

/**
 * 草稿 → 待审核 (→ 已退回) → 待召开 ⇄ 征集意见; 待召开 → 协商中 ⇄ 暂停、休会 → (纪要起草 ⇄ 确认中 →) 已归档; before the
 * meeting 已取消, during it 已中止. What leads from one to another stands in room/course.ts [S1].
 */
export const SESSION_STATES = [
  'draft',
  'in_review',
  'returned',
  'collecting',
  'scheduled',
  'in_session',
  'paused',
  'adjourned',
  'drafting',
  'confirming',
  'archived',
  'cancelled',
  'aborted',
] as const;
export const SessionState = z.enum(SESSION_STATES);
export type SessionState = z.infer<typeof SessionState>;

export const Mode = z.enum(['offline', 'online', 'hybrid']);
/** 党政点题 群众出题 委员荐题 跟踪督办转入 多方征题 */
export const SourceKind = z.enum(['party_gov', 'masses', 'member', 'supervision', 'mixed']);
export const VenueKind = z.enum(['main', 'branch', 'mobile']);
export const AgendaKind = z.enum([
  'opening',
  'briefing',
  'member_speech',
  'public_speech',
  'exchange',
  'response',
  'poll',
  'drafting',
  'closing',
]);
export type AgendaKind = z.infer<typeof AgendaKind>;

/** What may be posted while an item is the current one: 全部 / 仅提问 / 关闭发表 [A7] */
export const Posting = z.enum(['all', 'questions', 'closed']);
export type Posting = z.infer<typeof Posting>;
/** 微协商 专题协商会 远程协商会 界别协商 建言者说 信访协商 */
export const TemplateName = z.enum(['micro', 'thematic', 'remote', 'sector', 'proposer', 'petition']);
export type TemplateName = z.infer<typeof TemplateName>;

export const Venue = z.strictObject({
  id: LocalId,
  name: line(LIMITS.nameLength),
  kind: VenueKind,
});
export type Venue = z.infer<typeof Venue>;

export const AgendaPlan = z.strictObject({
  id: AgendaItemId,
  title: line(LIMITS.titleLength),
  kind: AgendaKind,
  speakerRole: z.union([Role, z.literal('any')]),
  /** Planned length in minutes. */
  minutes: z.int().min(0).max(LIMITS.minutesPerItem),
  /** Said by whoever plans or runs the session; absent: what its kind says [A7]. */
  posting: Posting.optional(),
});
export type AgendaPlan = z.infer<typeof AgendaPlan>;

/** An agenda item with its real times; both null before its turn. title is '' when it was erased. */
export type AgendaItem = AgendaPlan & {
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Milliseconds since startedAt that are not its own: breaks, and while another item was the current one [A5]. */
  readonly heldMs?: number;
  /** When the break began in which its time stands still. */
  readonly heldSince?: string;
};

/** What is planned before anybody enters: the first event of every log. */
export const SessionPlan = z.strictObject({
  id: SessionId,
  title: line(LIMITS.titleLength),
  mode: Mode,
  plannedMinutes: z.int().min(1).max(10_000),
  background: z.union([z.literal(''), words(LIMITS.backgroundLength)]),
  source: z.strictObject({
    kind: SourceKind,
    detail: z.union([z.literal(''), words(LIMITS.backgroundLength)]),
    /** How many suggestions the topic was distilled from. */
    collected: z.int().min(0).max(1_000_000),
  }),
  studioName: optionalLine(LIMITS.titleLength),
  documentId: DocumentId,
  documentTitle: line(LIMITS.titleLength),
  venues: z.array(Venue).min(1).max(LIMITS.venuesPerSession),
  agenda: z.array(AgendaPlan).min(1).max(LIMITS.agendaItems),
  /** The kind of meeting it was planned as; absent where nobody said. */
  template: TemplateName.optional(),
  /** Only those with a seat, and the administrator, know that it exists [K2]. */
  isPrivate: z.literal(true).optional(),
  /** When it is to begin; absent where that is open, and in old logs. */
  startsAt: Instant.optional(),
  /** What it sets of its room beside the agenda [K4]. */
  rules: MeetingRules.optional(),
  /** Until when views are collected, from the moment that it is decided; absent: not at once [S13]. */
  collectUntil: Instant.optional(),
  /** Groups whose interests are at stake, e.g. 家长, 沿街商户 [S9]. */
  stakeholders: z.array(line(LIMITS.nameLength)).max(LIMITS.groupsPerSession).optional(),
  /** Departments that the matter concerns, whether or not somebody of them is on the roll yet [S9]. */
  departments: z.array(line(LIMITS.nameLength)).max(LIMITS.groupsPerSession).optional(),
});
export type SessionPlan = z.infer<typeof SessionPlan>;

/** The meeting goes on at this moment [S3]. */
export function isLive(state: SessionState): boolean {
  return state === 'in_session';
}

/** The meeting has begun and goes on later: 暂停 or 休会. */
export function isInBreak(state: SessionState): boolean {
  return state === 'paused' || state === 'adjourned';
}

/** The meeting is over, and its text is not adopted yet [N1]. */
export function isConcluding(state: SessionState): boolean {
  return state === 'drafting' || state === 'confirming';
}

/** Nobody speaks, posts or votes any more. */
export function hasEnded(state: SessionState): boolean {
  return isConcluding(state) || isOver(state);
}

/** It is over, one way or another: nothing changes any more [S5]. */
export function isOver(state: SessionState): boolean {
  return state === 'archived' || state === 'cancelled' || state === 'aborted';
}

/** The meeting took place, wholly or in part: there is a sealed archive of it. */
export function isSealed(state: SessionState): boolean {
  return state === 'archived' || state === 'aborted';
}

/** Still being prepared: known to nobody but those who prepare it [S8]. */
export const UNPUBLISHED = ['draft', 'in_review', 'returned'] as const satisfies readonly SessionState[];

export function isUnpublished(state: SessionState): boolean {
  return UNPUBLISHED.some((other) => other === state);
}

/** The meeting has not begun, and may begin yet. */
export function isBefore(state: SessionState): boolean {
  return state === 'scheduled' || state === 'collecting' || isUnpublished(state);
}

/** Whoever holds the chair: the host if one is named, else the convener [S4]. */
export function chairOf(
  participants: Readonly<Record<string, { readonly id: ParticipantId; readonly role: Role }>>,
  hostId: ParticipantId | null,
): ParticipantId | null {
  if (hostId !== null) return hostId;
  const people = Object.values(participants);
  const named = people.find((p) => p.role === 'host') ?? people.find((p) => p.role === 'convener');
  return named?.id ?? null;
}
