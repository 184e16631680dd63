import { z } from 'zod';
import {
  AgendaItemId,
  DocumentId,
  Instant,
  LinkId,
  LocalId,
  OrgId,
  ParticipantId,
  PersonId,
  SessionId,
  StudioId,
  ViewId,
} from '../domain/ids.ts';
import { Envelope } from '../domain/events.ts';
import { LIMITS } from '../domain/limits.ts';
import { NewPassword } from '../domain/passwords.ts';
import { JoinableRole, Participant, Role } from '../domain/people.ts';
import { PollId } from '../domain/ids.ts';
import { Page } from '../domain/room/earlier.ts';
import type { Poll } from '../domain/polls/poll.ts';
import { Mode, SessionPlan, SessionState } from '../domain/sessions.ts';
import { line, newLine } from '../domain/text.ts';
import { ANSWERS } from '../domain/room/answers.ts';
import { REMINDERS } from '../domain/room/reminding.ts';
import { Stance, View } from '../domain/views.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';
import { SessionParams, snapshotRoutes } from './snapshot.ts';

const none = z.strictObject({});

/** A session in a list. */
export const SessionSummary = z.strictObject({
  id: SessionId,
  title: z.string(),
  mode: Mode,
  state: SessionState,
  studioName: z.string(),
  startsAt: Instant.nullable(),
  openedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  /** Until when it is adjourned, or views are collected. */
  until: Instant.nullable(),
  /** A plan that I may approve. */
  awaitsMe: z.boolean(),
  documentId: DocumentId,
  /** My seat in it; null for the office that only looks after it. */
  seat: z
    .strictObject({
      participantId: ParticipantId,
      role: Role,
      /** What I answered to my invitation; null where I am not asked, or it is too late to ask. */
      answer: z.enum(ANSWERS).nullable(),
      /** Whether I may name a deputy for my place now. */
      mayDelegate: z.boolean(),
      /** What I have a day or less left for [I5]. */
      reminders: z.array(z.enum(REMINDERS)),
      /** Polls over days in which I have not voted yet, the next to end first [B29]. */
      votes: z.array(z.object({ pollId: PollId, question: z.string(), endsAt: Instant })),
    })
    .nullable(),
});
export type SessionSummary = z.infer<typeof SessionSummary>;

/** A join link as the chair sees it. url carries the token in its fragment. */
export const JoinLink = z.strictObject({
  id: LinkId,
  role: JoinableRole,
  venueId: LocalId.nullable(),
  url: z.string(),
  uses: z.int(),
  maxUses: z.int(),
  expiresAt: Instant,
  revokedAt: Instant.nullable(),
});
export type JoinLink = z.infer<typeof JoinLink>;

/** A person who can be put on the roll of a session. */
export const Account = z.strictObject({
  personId: PersonId,
  name: z.string(),
  affiliation: z.string(),
  login: z.string(),
});
export type Account = z.infer<typeof Account>;

/** What a session was planned as, for another one like it [K3]. */
export const EarlierPlan = z.strictObject({
  plan: SessionPlan.omit({ id: true, documentId: true, documentTitle: true, studioName: true }),
  studioId: StudioId.nullable(),
  /** Who was expected and has an account still; guests are nobody's to invite. */
  roll: z.array(z.strictObject({ personId: PersonId, role: Role })),
  hostPersonId: PersonId.nullable(),
});
export type EarlierPlan = z.infer<typeof EarlierPlan>;

const base = {
  auth: 'person',
  rate: 'read',
  isIdempotent: false,
  bodyBytes: DOORS.bodyBytes,
  query: none,
  body: none,
} as const;

export const sessionRoutes = {
  listSessions: route({
    ...base,
    method: 'GET',
    path: '/api/sessions',
    summary: 'Sessions where I have a seat, or that my office looks after.',
    params: none,
    reply: z.strictObject({ sessions: z.array(SessionSummary) }),
  }),
  planSession: route({
    ...base,
    method: 'POST',
    path: '/api/sessions',
    summary:
      'Plan a session with its roll. The office, or a convener of the studio. The same id and body again is the same session.',
    isIdempotent: true,
    rate: 'command',
    bodyBytes: DOORS.planBytes,
    params: none,
    body: z.strictObject({
      plan: SessionPlan,
      studioId: StudioId,
      startsAt: Instant.nullable(),
      /** People with an account who are expected; the host's id names who holds the chair. */
      roll: z.array(Participant.omit({ isGuest: true }).extend({ personId: PersonId })).max(500),
      hostId: ParticipantId.nullable(),
      /** Kept as a draft, or submitted for approval at once; absent: arranged. */
      as: z.enum(['draft', 'in_review']).optional(),
    }),
    reply: SessionSummary,
  }),
  getPlan: route({
    ...base,
    method: 'GET',
    path: '/api/sessions/:sessionId/plan',
    summary:
      'What another session can be planned from: the agenda as it stands, venues, mode, and the accounts with their roles; nothing that was said.',
    params: SessionParams,
    reply: EarlierPlan,
  }),
  listAccounts: route({
    ...base,
    method: 'GET',
    path: '/api/accounts',
    summary: 'People with an account in my organisation; the office and conveners.',
    params: none,
    reply: z.strictObject({ orgId: OrgId, accounts: z.array(Account) }),
  }),
  createAccount: route({
    ...base,
    method: 'POST',
    path: '/api/accounts',
    summary: 'Create an account in my organisation; the office. Errors: LOGIN_TAKEN.',
    rate: 'command',
    params: none,
    body: z.strictObject({
      personId: PersonId,
      name: newLine(LIMITS.nameLength),
      affiliation: Participant.shape.affiliation,
      login: z.string().regex(/^[a-z0-9][a-z0-9._-]{2,39}$/),
      password: NewPassword,
    }),
    reply: Account,
  }),
  getSession: route({
    ...base,
    method: 'GET',
    path: '/api/sessions/:sessionId',
    summary: 'One session in short.',
    params: SessionParams,
    reply: SessionSummary,
  }),
  ...snapshotRoutes,
  getViews: route({
    ...base,
    method: 'GET',
    path: '/api/sessions/:sessionId/views',
    summary:
      'The newest views and replies said before a seq; of a stance, role, agenda item, venue or author if one is named, key points only, with the words q in them. earlier counts what is left.',
    params: SessionParams,
    query: z.strictObject({
      before: z.coerce.number().int().min(1),
      limit: z.coerce.number().int().min(1).max(DOORS.pageSaid).default(DOORS.snapshotSaid),
      stance: Stance.optional(),
      role: Role.optional(),
      itemId: AgendaItemId.optional(),
      venueId: LocalId.optional(),
      by: ParticipantId.optional(),
      /** Key points only. */
      isKeyPoint: z.literal('true').optional(),
      /** Width and case make no difference; any part of a text counts. */
      q: line(LIMITS.searchLength).optional(),
    }),
    reply: Page,
  }),
  getPoll: route({
    ...base,
    method: 'GET',
    path: '/api/sessions/:sessionId/polls/:pollId',
    summary:
      'One poll as I may see it; once closed, with the roll and papers that a snapshot of many leaves out.',
    params: SessionParams.extend({ pollId: PollId }),
    /** Shape: core/domain/polls/poll.ts */
    reply: z.custom<Poll>((value) => typeof value === 'object' && value !== null),
  }),
  getView: route({
    ...base,
    method: 'GET',
    path: '/api/sessions/:sessionId/views/:viewId',
    summary: 'One view.',
    params: SessionParams.extend({ viewId: ViewId }),
    reply: View,
  }),
  getEvents: route({
    ...base,
    method: 'GET',
    path: '/api/sessions/:sessionId/events',
    summary: 'Events after a seq, in order, at most 500 or 64 KB; more tells whether there are further ones.',
    params: SessionParams,
    query: z.strictObject({ after: z.coerce.number().int().min(0) }),
    reply: z.strictObject({ events: z.array(Envelope), more: z.boolean() }),
  }),
  createLink: route({
    ...base,
    method: 'POST',
    path: '/api/sessions/:sessionId/links',
    summary: 'A link (QR code) that lets guests in with one role. maxUses 1 makes it personal.',
    rate: 'command',
    params: SessionParams,
    body: z.strictObject({
      id: LinkId,
      role: JoinableRole,
      venueId: LocalId.nullable(),
      maxUses: z.int().min(1).max(5_000),
    }),
    reply: JoinLink,
  }),
  listLinks: route({
    ...base,
    method: 'GET',
    path: '/api/sessions/:sessionId/links',
    summary: 'Links of a session with their QR address; the chair.',
    params: SessionParams,
    reply: z.strictObject({ links: z.array(JoinLink) }),
  }),
  revokeLink: route({
    ...base,
    method: 'DELETE',
    path: '/api/sessions/:sessionId/links/:linkId',
    summary: 'Revoke a link. Seats already taken stay.',
    rate: 'command',
    params: SessionParams.extend({ linkId: LinkId }),
    reply: JoinLink,
  }),
};
