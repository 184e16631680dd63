import type { LocalId } from './ids.ts';
import { DEFAULT_FLOOR_RULES, type FloorRules } from './floor.ts';
import type { MeetingRules } from './meeting-rules.ts';
import type { Role } from './people.ts';
import type { AgendaKind, AgendaPlan, SessionPlan, TemplateName } from './sessions.ts';

/** Items that are not called by their kind. 会场点名与连线测试 主讲建言 信访人陈述 书面记录确认 */
export type ItemName = 'rollCall' | 'keynote' | 'petitioner' | 'agreement';

export type TemplateItem = {
  readonly kind: AgendaKind;
  readonly name?: ItemName;
  readonly speakerRole: AgendaPlan['speakerRole'];
  readonly minutes: number;
};

/** What is planned of a session before anybody says what it is about [K1]. */
export type Template = {
  readonly mode: SessionPlan['mode'];
  readonly venues: readonly { readonly id: LocalId; readonly kind: 'main' | 'branch' | 'mobile' }[];
  readonly agenda: readonly TemplateItem[];
  /** Who such a meeting is held with, beside whoever convenes it; whoever is missing is told while planning. */
  readonly roles: readonly Role[];
  readonly isPrivate: boolean;
  /** What it sets of the room [K4]. */
  readonly rules: MeetingRules;
  /** Views are collected until the evening so many days before the meeting; null: not of itself. */
  readonly collectDays: number | null;
};

const speeches = (seconds: number, over: Partial<FloorRules>): FloorRules => ({
  ...DEFAULT_FLOOR_RULES,
  ...over,
  seconds: { ...DEFAULT_FLOOR_RULES.seconds, speech: seconds },
});
/** Residents and stakeholders are looked at first, also those who were asked by name: rules hold by role. */
const PUBLIC_FIRST: MeetingRules['moderation'] = { hold: ['resident', 'stakeholder'], hideAt: 3 };
const OPEN: MeetingRules['moderation'] = { hold: [], hideAt: 3 };

const hall = { id: 'main', kind: 'main' } as const;
const mobile = { id: 'mobile', kind: 'mobile' } as const;
const opening = (minutes: number): TemplateItem => ({ kind: 'opening', speakerRole: 'host', minutes });
const briefing = (minutes: number): TemplateItem => ({
  kind: 'briefing',
  speakerRole: 'department',
  minutes,
});
const members = (minutes: number): TemplateItem => ({
  kind: 'member_speech',
  speakerRole: 'member',
  minutes,
});
const residents = (minutes: number): TemplateItem => ({
  kind: 'public_speech',
  speakerRole: 'resident',
  minutes,
});
const exchange = (minutes: number): TemplateItem => ({ kind: 'exchange', speakerRole: 'any', minutes });
const response = (minutes: number): TemplateItem => ({
  kind: 'response',
  speakerRole: 'department',
  minutes,
});
const poll = (minutes: number): TemplateItem => ({ kind: 'poll', speakerRole: 'any', minutes });
const drafting = (minutes: number): TemplateItem => ({
  kind: 'drafting',
  speakerRole: 'recorder',
  minutes,
});
const closing = (minutes: number): TemplateItem => ({ kind: 'closing', speakerRole: 'host', minutes });

/**
 * The meetings that an office holds, with the steps and times that are usual for them: a 微协商 of an hour and a half
 * around one matter, a 专题协商会 of three hours with booked speeches of eight minutes, and so on.
 */
export const TEMPLATES: Readonly<Record<TemplateName, Template>> = {
  micro: {
    mode: 'hybrid',
    venues: [hall, mobile],
    agenda: [
      opening(5),
      briefing(10),
      members(10),
      residents(15),
      exchange(20),
      response(10),
      poll(5),
      drafting(10),
      closing(5),
    ],
    roles: ['member', 'department', 'resident', 'recorder'],
    isPrivate: false,
    rules: {
      floor: speeches(180, { order: 'not_yet_spoken', turnsPerItem: 2 }),
      moderation: OPEN,
      shuffleMinutes: 60,
    },
    collectDays: 1,
  },
  thematic: {
    mode: 'offline',
    venues: [hall],
    agenda: [opening(5), briefing(20), members(64), exchange(40), response(25), drafting(16), closing(10)],
    roles: ['member', 'department', 'expert', 'recorder', 'staff'],
    isPrivate: false,
    rules: {
      // The minutes of its items: booked speeches of eight minutes, questions and answers of the departments.
      floor: speeches(480, { order: 'first_come', budgets: { members: 104, departments: 45, public: 20 } }),
      moderation: PUBLIC_FIRST,
    },
    collectDays: 3,
  },
  remote: {
    mode: 'hybrid',
    venues: [hall, { id: 'branch1', kind: 'branch' }, { id: 'branch2', kind: 'branch' }, mobile],
    agenda: [
      { kind: 'opening', name: 'rollCall', speakerRole: 'host', minutes: 10 },
      briefing(15),
      members(40),
      exchange(30),
      response(20),
      poll(5),
      closing(10),
    ],
    roles: ['member', 'department', 'recorder', 'staff'],
    isPrivate: false,
    rules: {
      floor: speeches(300, {
        order: 'alternate_roles',
        budgets: { members: 60, departments: 35, public: 30 },
      }),
      moderation: OPEN,
      hasLobby: true,
    },
    collectDays: null,
  },
  sector: {
    mode: 'hybrid',
    venues: [hall, mobile],
    agenda: [opening(5), briefing(10), members(40), exchange(30), response(15), drafting(15), closing(5)],
    roles: ['member', 'department', 'expert', 'recorder'],
    isPrivate: false,
    rules: { floor: speeches(300, { order: 'least_time' }), moderation: OPEN, shuffleMinutes: 60 },
    collectDays: 3,
  },
  proposer: {
    mode: 'hybrid',
    venues: [hall, mobile],
    agenda: [
      opening(5),
      { kind: 'member_speech', name: 'keynote', speakerRole: 'member', minutes: 25 },
      exchange(25),
      response(15),
      closing(5),
    ],
    roles: ['member', 'department', 'resident'],
    isPrivate: false,
    rules: {
      floor: speeches(180, {
        order: 'first_come',
        turnsPerItem: 2,
        budgets: { ...DEFAULT_FLOOR_RULES.budgets, departments: 20 },
      }),
      moderation: PUBLIC_FIRST,
    },
    collectDays: 1,
  },
  petition: {
    mode: 'offline',
    venues: [hall],
    agenda: [
      opening(5),
      { kind: 'public_speech', name: 'petitioner', speakerRole: 'resident', minutes: 15 },
      briefing(10),
      exchange(20),
      response(20),
      { kind: 'drafting', name: 'agreement', speakerRole: 'recorder', minutes: 15 },
      closing(5),
    ],
    roles: ['member', 'department', 'recorder'],
    isPrivate: true,
    rules: {
      // Both sides are heard in turn, for as often as it takes.
      floor: speeches(300, { order: 'alternate_roles' }),
      moderation: OPEN,
      hasLobby: true,
      // What somebody complains of is heard, and not by whom.
      names: 'address',
    },
    collectDays: null,
  },
};
