import { z } from 'zod';
import { LocalId, ParticipantId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { line, optionalLine } from './text.ts';

/** What a participant is in a session. 召集人 主持人 委员 部门代表 群众代表 利益相关方 专家 记录员 工作人员 旁听 */
export const ROLES = [
  'convener',
  'host',
  'member',
  'department',
  'resident',
  'stakeholder',
  'expert',
  'recorder',
  'staff',
  'observer',
] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** What an account is in its organisation, apart from any session. */
export const Office = z.enum(['admin', 'staff']);
export type Office = z.infer<typeof Office>;

/** How somebody is checked in beside entering: called by whoever looks after the people, or by the code of their venue. */
export const CheckInWay = z.enum(['roll', 'code']);
export type CheckInWay = z.infer<typeof CheckInWay>;

/** Everything that needs permission. */
export type Act =
  | 'org:manage'
  | 'session:plan'
  | 'session:approve'
  | 'collecting:extend'
  | 'session:run'
  | 'agenda:move'
  | 'people:manage'
  | 'seat:delegate'
  | 'name:look'
  | 'link:manage'
  | 'room:read'
  | 'room:enter'
  | 'view:post'
  | 'view:endorse'
  | 'view:curate'
  | 'view:moderate'
  | 'view:appeal'
  | 'moderation:rule'
  | 'reply:post'
  | 'question:put'
  | 'question:answer'
  | 'question:withdraw'
  | 'poll:manage'
  | 'poll:void'
  | 'poll:choices'
  | 'poll:vote'
  | 'floor:request'
  | 'floor:manage'
  | 'signal:send'
  | 'screen:show'
  | 'material:manage'
  | 'text:read'
  | 'text:write'
  | 'text:amend'
  | 'text:assent'
  | 'text:decide'
  | 'text:settle'
  | 'outcome:sign'
  | 'task:record'
  | 'page:publish';

const READ: readonly Act[] = ['room:read', 'room:enter', 'text:read'];
const SPEAK: readonly Act[] = [
  ...READ,
  'view:post',
  'view:appeal',
  'question:withdraw',
  'floor:request',
  'signal:send',
  'text:amend',
];
/** What whoever runs a session leaves to the others. */
const TAKE_SIDES: readonly Act[] = ['poll:vote', 'view:endorse', 'text:assent'];
const CHAIR: readonly Act[] = [
  'session:run',
  'collecting:extend',
  'agenda:move',
  'people:manage',
  'seat:delegate',
  'name:look',
  'link:manage',
  'view:moderate',
  'moderation:rule',
  'question:put',
  'view:curate',
  'screen:show',
  'material:manage',
  'poll:manage',
  'poll:void',
  'floor:manage',
  'text:write',
  'text:decide',
  'text:settle',
  'outcome:sign',
  'task:record',
  'page:publish',
];

/** The whole permission table [P1]. Deny by default: what is not written here is refused. */
const PERMISSIONS: Readonly<Record<Role | Office, ReadonlySet<Act>>> = {
  convener: new Set<Act>([...SPEAK, ...CHAIR, 'session:plan', ...TAKE_SIDES]),
  // Also of whoever holds the chair without being a host, as everything of theirs [B65].
  host: new Set<Act>([...SPEAK, ...CHAIR, 'poll:choices']),
  member: new Set<Act>([...SPEAK, ...TAKE_SIDES, 'seat:delegate', 'text:write', 'outcome:sign']),
  department: new Set<Act>([
    ...SPEAK,
    ...TAKE_SIDES,
    'seat:delegate',
    'reply:post',
    'question:answer',
    'outcome:sign',
  ]),
  resident: new Set<Act>([...SPEAK, ...TAKE_SIDES, 'outcome:sign']),
  stakeholder: new Set<Act>([...SPEAK, ...TAKE_SIDES, 'outcome:sign']),
  expert: new Set<Act>([...SPEAK, ...TAKE_SIDES]),
  recorder: new Set<Act>([
    ...READ,
    'seat:delegate',
    'name:look',
    'signal:send',
    'view:curate',
    'view:moderate',
    'material:manage',
    'text:amend',
    'text:write',
    'text:decide',
    'text:settle',
    'outcome:sign',
    'task:record',
    'page:publish',
  ]),
  staff: new Set<Act>([
    ...READ,
    'signal:send',
    'view:moderate',
    'people:manage',
    'seat:delegate',
    'name:look',
    'link:manage',
    'screen:show',
    'material:manage',
    'text:amend',
    'text:write',
    'task:record',
    'page:publish',
  ]),
  observer: new Set<Act>(READ),
  admin: new Set<Act>([
    'org:manage',
    'session:plan',
    'session:approve',
    'collecting:extend',
    'people:manage',
    'seat:delegate',
    'name:look',
    'link:manage',
    'room:read',
    'view:moderate',
    'poll:void',
    'text:read',
    'page:publish',
  ]),
};

/** Whether a role (or an office outside the session) may do something. */
export function may(role: Role | Office, act: Act): boolean {
  return PERMISSIONS[role].has(act);
}

/** Roles that a link (QR code) may hand out: nobody becomes host, recorder or department by scanning [P3]. */
export const JOINABLE_ROLES = ['resident', 'stakeholder', 'expert', 'observer'] as const;
export const JoinableRole = z.enum(JOINABLE_ROLES);
export type JoinableRole = z.infer<typeof JoinableRole>;

/** A person in a session as the room knows them: a pseudonym, a role, a form of address. */
export const Participant = z.strictObject({
  id: ParticipantId,
  role: Role,
  /** How the room calls them, e.g. 家长代表甲: a form of address, or their name where names are shown [U1]. Empty after an erasure. */
  name: line(LIMITS.nameLength),
  affiliation: optionalLine(LIMITS.affiliationLength),
  venueId: LocalId,
  /** Came in by a link, without an account. */
  isGuest: z.boolean(),
});
export type Participant = z.infer<typeof Participant>;

/** What somebody is called in a session; '' after an erasure. */
export const Called = z.strictObject({
  name: z.union([Participant.shape.name, z.literal('')]),
  affiliation: Participant.shape.affiliation,
});
export type Called = z.infer<typeof Called>;
