import { FLOOR_GROUPS } from '../../core/domain/floor.ts';
import type { MeetingRules } from '../../core/domain/meeting-rules.ts';
import { may, ROLES } from '../../core/domain/people.ts';
import { formatDateTime } from './format.ts';
import type { Translate } from './i18n.ts';

/** What a plan sets of its room, as one sentence for whoever makes, approves or runs it [K4]; '' where it is nothing. */
export function rulesSaid(t: Translate, rules: MeetingRules, collectUntil: string | null): string {
  const { floor, moderation, hasLobby, names, shuffleMinutes } = rules;
  const said = [
    ...(floor === undefined ? [] : floorSaid(t, floor)),
    ...(moderation === undefined ? [] : [heldSaid(t, moderation.hold)]),
    ...(hasLobby === undefined ? [] : [t('words:rules.lobby')]),
    ...(names === undefined ? [] : [t('words:rules.names')]),
    ...(collectUntil === null ? [] : [t('words:rules.collect', { time: formatDateTime(collectUntil) })]),
    // Without a date there may be collecting yet.
    ...(shuffleMinutes === undefined ? [] : [t('words:rules.shuffle', { count: shuffleMinutes })]),
  ];
  return said.length === 0 ? '' : t('words:rules.said', { rules: said.join(t('words:rules.separator')) });
}

function floorSaid(t: Translate, floor: NonNullable<MeetingRules['floor']>): string[] {
  const { order, seconds, turnsPerItem, budgets } = floor;
  const minutes = Math.round((seconds.speech / 60) * 10) / 10;
  const shared = FLOOR_GROUPS.flatMap((group) => {
    const most = budgets[group];
    return most === null
      ? []
      : [t('words:rules.budget', { group: t(`words:rules.group.${group}`), minutes: most })];
  });
  return [
    t('words:rules.speech', { order: t(`words:rules.order.${order}`), minutes }),
    ...(turnsPerItem === null ? [] : [t('words:rules.turns', { count: turnsPerItem })]),
    ...(shared.length === 0 ? [] : [t('words:rules.budgets', { list: shared.join(t('words:rules.and')) })]),
  ];
}

function heldSaid(t: Translate, hold: NonNullable<MeetingRules['moderation']>['hold']): string {
  // Whoever moderates is never held [X1].
  const all = ROLES.filter((role) => may(role, 'view:post') && !may(role, 'view:moderate'));
  const held = all.filter((role) => hold.includes(role));
  if (held.length === 0) return t('words:rules.open');
  if (held.length === all.length) return t('words:rules.holdAll');
  const roles = held.map((role) => t(`words:role.${role}`)).join(t('words:rules.and'));
  return t('words:rules.hold', { roles });
}
