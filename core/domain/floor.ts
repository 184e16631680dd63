import { z } from 'zod';
import { LIMITS } from './limits.ts';
import type { Role } from './people.ts';
import type { Stance } from './views.ts';

/** 发言 追问 程序性发言, the last before the others: what somebody wants the floor for. */
export const REQUEST_KINDS = ['speech', 'follow_up', 'procedural'] as const;
export const RequestKind = z.enum(REQUEST_KINDS);
export type RequestKind = z.infer<typeof RequestKind>;

/** In what order those who wait for a speech are called: 先申请先发言 未发言者优先 发言少者优先 正反交替 各方交替 [F5]. */
export const FLOOR_ORDERS = [
  'first_come',
  'not_yet_spoken',
  'least_time',
  'alternate_stances',
  'alternate_roles',
] as const;
export const FloorOrder = z.enum(FLOOR_ORDERS);
export type FloorOrder = z.infer<typeof FloorOrder>;

/** 委员 部门 群众: who shares a budget of minutes, and who takes turns where roles alternate. */
export const FLOOR_GROUPS = ['members', 'departments', 'public'] as const;
export const FloorGroup = z.enum(FLOOR_GROUPS);
export type FloorGroup = z.infer<typeof FloorGroup>;

/** The group that a role speaks in. */
export function groupOf(role: Role): FloorGroup {
  if (role === 'department') return 'departments';
  return role === 'resident' || role === 'stakeholder' ? 'public' : 'members';
}

/** The side that a stance takes: for, against, or neither. */
export type Side = 'for' | 'against' | 'neither';
export function sideOf(stance: Stance | undefined): Side {
  if (stance === 'support' || stance === 'conditional') return 'for';
  return stance === 'oppose' ? 'against' : 'neither';
}

const seconds = z.int().min(LIMITS.turnSeconds.least).max(LIMITS.turnSeconds.most);
const budget = z.int().min(1).max(LIMITS.minutesPerItem).nullable();

/** The rules of discussion (议事规则) of a session that the room keeps by itself. */
export const FloorRules = z.strictObject({
  order: FloorOrder,
  /** Length of a turn in seconds: what the timer counts down from. */
  seconds: z.strictObject({ speech: seconds, follow_up: seconds, procedural: seconds }),
  /** Seconds beyond that length after which the clock itself ends the turn; null: it only says so. */
  graceSeconds: z.int().min(0).max(LIMITS.graceSeconds).nullable(),
  /** Minutes that each group may speak in the whole session; null: as long as it likes. */
  budgets: z.strictObject({ members: budget, departments: budget, public: budget }),
  /** How often one person may speak on one agenda item; null: as often as they are called. */
  turnsPerItem: z.int().min(1).max(LIMITS.turnsPerItem).nullable(),
});
export type FloorRules = z.infer<typeof FloorRules>;

/**
 * What a session opens with: who has not spoken goes first, three minutes a speech, one more before the clock takes the
 * floor back (the three minutes and the order are those that communities post on the wall).
 */
export const DEFAULT_FLOOR_RULES: FloorRules = {
  order: 'not_yet_spoken',
  seconds: { speech: 180, follow_up: 60, procedural: 60 },
  graceSeconds: 60,
  budgets: { members: null, departments: null, public: null },
  turnsPerItem: null,
};

/** Which turn of a session, from 0. */
export const TurnNumber = z.int().min(0).max(LIMITS.turns);

/** A rule that whoever gives the floor goes beyond: the order, the minutes of a group, the turns of a person. */
export const FLOOR_OVERRIDES = ['order', 'budget', 'turns'] as const;
export const FloorOverride = z.enum(FLOOR_OVERRIDES);
export type FloorOverride = z.infer<typeof FloorOverride>;
