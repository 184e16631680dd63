import { z } from 'zod';
import { Consent } from '../domain/consent.ts';
import { LocalId, ParticipantId, PersonId, SessionId } from '../domain/ids.ts';
import { LIMITS } from '../domain/limits.ts';
import { NewPassword } from '../domain/passwords.ts';
import { JoinableRole, Office, Role } from '../domain/people.ts';
import { Mode, SessionState } from '../domain/sessions.ts';
import { newLine } from '../domain/text.ts';
import { DOORS } from './limits.ts';
import { LOCALES } from './locales.ts';
import { route } from './route.ts';

const none = z.strictObject({});
const Done = z.strictObject({ done: z.literal(true) });

/** Who is signed in in this browser. */
export const Me = z.strictObject({
  personId: PersonId,
  name: z.string(),
  affiliation: z.string(),
  office: Office.nullable(),
  isGuest: z.boolean(),
  /** Studios where this person convenes. */
  convenes: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  /** A guest's one session. */
  guestOf: SessionId.nullable(),
  /** What a guest agreed to when they came in; null for accounts, and for guests of before it was kept. Not said by processes of then. */
  consent: Consent.nullable().optional(),
});
export type Me = z.infer<typeof Me>;

/** What a person sees before joining: enough to know where they are, nothing about people. */
export const LinkPreview = z.strictObject({
  sessionId: SessionId,
  title: z.string(),
  orgName: z.string(),
  studioName: z.string(),
  mode: Mode,
  state: SessionState,
  startsAt: z.string().nullable(),
  role: JoinableRole,
  venues: z.array(z.strictObject({ id: LocalId, name: z.string() })),
  venueId: LocalId.nullable(),
  /** How people are shown: by their names, or by a form of address [U1]. */
  shown: z.enum(['name', 'address']),
  /** Days after the close when the guest's name and seat are deleted. */
  retentionDays: z.int(),
  /** The same after the meeting, at most, where its text is confirmed. */
  retentionDaysConfirming: z.int(),
  /** The seat this browser already holds in the session, if any. */
  seat: z.strictObject({ participantId: ParticipantId, name: z.string(), role: Role }).nullable(),
  /** Who is signed in in this browser without a seat here: joining would put a guest in the place of that sign-in. */
  signedInAs: z.strictObject({ name: z.string(), isGuest: z.boolean() }).nullable(),
});
export type LinkPreview = z.infer<typeof LinkPreview>;

/** 43 characters of base64url behind the link's id: /j#<token> */
export const LinkToken = z.string().regex(/^[A-Za-z0-9_-]{40,120}$/);

/** Random, at least 128 bits, made by the browser and kept until it is in: whoever has it can take the seat [P4]. */
export const JoinKey = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/);

const base = { isIdempotent: false, bodyBytes: DOORS.bodyBytes, params: none, query: none } as const;

export const accountRoutes = {
  signIn: route({
    ...base,
    method: 'POST',
    path: '/api/sign-in',
    summary: 'Sign in with a login and a password. Sets the cookie.',
    auth: 'none',
    rate: 'signIn',
    body: z.strictObject({ login: z.string().min(1).max(80), password: z.string().min(1).max(200) }),
    reply: Me,
  }),
  signOut: route({
    ...base,
    method: 'POST',
    path: '/api/sign-out',
    summary: 'Sign out here, or everywhere. Sockets of the ended sign-ins are cut.',
    auth: 'person',
    rate: 'command',
    body: z.strictObject({ everywhere: z.boolean() }),
    reply: Done,
  }),
  me: route({
    ...base,
    method: 'GET',
    path: '/api/me',
    summary: 'Who is signed in.',
    auth: 'person',
    rate: 'read',
    body: none,
    reply: Me,
  }),
  changePassword: route({
    ...base,
    method: 'POST',
    path: '/api/me/password',
    summary: 'Change my own password. My other sign-ins end and are cut. Errors: PASSWORD_WRONG.',
    auth: 'person',
    rate: 'command',
    body: z.strictObject({ oldPassword: z.string().min(1).max(200), password: NewPassword }),
    reply: Done,
  }),
  previewLink: route({
    ...base,
    method: 'POST',
    path: '/api/join/preview',
    summary:
      'What a join link leads to. Errors: LINK_UNKNOWN LINK_REVOKED LINK_EXPIRED LINK_USED LINK_FULL SESSION_CLOSED.',
    auth: 'none',
    rate: 'join',
    body: z.strictObject({ token: LinkToken }),
    reply: LinkPreview,
  }),
  join: route({
    ...base,
    method: 'POST',
    path: '/api/join',
    summary:
      'Join by a link as a guest, or come back to the seat this browser holds. Sets the cookie. The same key again is the same guest. Errors: as the preview, SIGNED_IN_WITHOUT_SEAT, and CONSENT_CHANGED where the page showed other words than are good now, or said that people are shown in another way.',
    auth: 'none',
    rate: 'join',
    body: z.strictObject({
      token: LinkToken,
      key: JoinKey,
      /** What the page showed above its button, by its version; true is said by pages of before there were versions. */
      consent: z.union([
        z.literal(true),
        z.strictObject({
          version: z.int().min(1).max(1_000),
          locale: z.enum(LOCALES),
          shown: z.enum(['name', 'address']),
        }),
      ]),
      /** Form of address; when left empty the room numbers the guest, e.g. 群众代表 3. */
      name: z.union([z.literal(''), newLine(LIMITS.nameLength)]),
      /** Real name, where people are shown by a form of address; kept apart, and dropped where they are not. */
      realName: z.union([z.literal(''), newLine(LIMITS.nameLength)]).optional(),
      venueId: LocalId.nullable(),
    }),
    reply: z.strictObject({ sessionId: SessionId, participantId: ParticipantId }),
  }),
};
