import type { MeetingRules } from '../meeting-rules.ts';
import { moderationOf } from './apply-moderation.ts';
import type { Room } from './state.ts';

/** Folds what a plan sets of its room [K4]. */
export function withMeetingRules(room: Room, rules: MeetingRules | undefined): Room {
  if (rules === undefined) return room;
  const { floor, moderation, hasLobby, names } = rules;
  return {
    ...room,
    ...(floor === undefined ? {} : { floorRules: floor }),
    ...(moderation === undefined ? {} : { moderation: { ...moderationOf(room), rules: moderation } }),
    ...(hasLobby === undefined ? {} : { hasLobby }),
    ...(names === undefined || room.names !== undefined ? {} : { names: { shown: names, looks: 0 } }),
  };
}

/** The rules as they stand now, for whoever approves them and for another session like this one [K3]. */
export function meetingRulesOf(room: Room): MeetingRules {
  const { floorRules, hasLobby, moderation, names, plan } = room;
  const shuffleMinutes = plan?.rules?.shuffleMinutes;
  return {
    ...(floorRules === undefined ? {} : { floor: floorRules }),
    ...(moderation?.rules === undefined ? {} : { moderation: moderation.rules }),
    ...(hasLobby === undefined ? {} : { hasLobby }),
    ...(names === undefined ? {} : { names: names.shown }),
    ...(shuffleMinutes === undefined ? {} : { shuffleMinutes }),
  };
}
