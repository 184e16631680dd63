import { z } from 'zod';
import { PersonId, StudioId } from '../domain/ids.ts';
import { LIMITS } from '../domain/limits.ts';
import { NewPassword } from '../domain/passwords.ts';
import { Office, Participant } from '../domain/people.ts';
import { line, newLine } from '../domain/text.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';
import { Account } from './sessions.ts';

const none = z.strictObject({});

/** A studio with whoever convenes it, and its other members, by name; disabled accounts are left out. */
export const Studio = z.strictObject({
  id: StudioId,
  name: z.string(),
  kind: z.string(),
  conveners: z.array(z.strictObject({ personId: PersonId, name: z.string(), affiliation: z.string() })),
  members: z.array(PersonId),
});
export type Studio = z.infer<typeof Studio>;

/** An account as the office that looks after it sees it. */
export const AccountRecord = Account.extend({
  office: Office.nullable(),
  isDisabled: z.boolean(),
  /** Studios where they convene. */
  convenes: z.array(StudioId),
});
export type AccountRecord = z.infer<typeof AccountRecord>;

const base = {
  auth: 'person',
  rate: 'command',
  isIdempotent: false,
  bodyBytes: DOORS.bodyBytes,
  params: none,
  query: none,
  body: none,
} as const;

export const officeRoutes = {
  listStudios: route({
    ...base,
    method: 'GET',
    path: '/api/studios',
    summary: 'Studios: the office sees all of its organisation, a convener their own.',
    rate: 'read',
    reply: z.strictObject({ studios: z.array(Studio) }),
  }),
  createStudio: route({
    ...base,
    method: 'POST',
    path: '/api/studios',
    summary:
      'Make a studio in my organisation; the administrator. The same id and body again is the same studio.',
    body: z.strictObject({ id: StudioId, name: newLine(LIMITS.titleLength), kind: line(LIMITS.nameLength) }),
    reply: Studio,
  }),
  setMember: route({
    ...base,
    method: 'PUT',
    path: '/api/studios/:studioId/members/:personId',
    summary: 'Make an account a member of a studio, its convener or not; the administrator.',
    params: z.strictObject({ studioId: StudioId, personId: PersonId }),
    body: z.strictObject({ isConvener: z.boolean() }),
    reply: Studio,
  }),
  listAccountRecords: route({
    ...base,
    method: 'GET',
    path: '/api/accounts/records',
    summary: 'Every account of my organisation, disabled ones too; the office.',
    rate: 'read',
    reply: z.strictObject({ accounts: z.array(AccountRecord) }),
  }),
  changeAccount: route({
    ...base,
    method: 'PATCH',
    path: '/api/accounts/:personId',
    summary:
      'Change an account of my organisation; the office. Disabling and a new password end its sign-ins. Errors: ACCOUNT_UNKNOWN OWN_ACCOUNT.',
    params: z.strictObject({ personId: PersonId }),
    body: z.strictObject({
      name: newLine(LIMITS.nameLength).optional(),
      affiliation: Participant.shape.affiliation.optional(),
      isDisabled: z.boolean().optional(),
      password: NewPassword.optional(),
    }),
    reply: AccountRecord,
  }),
};
