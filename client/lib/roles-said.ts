import type { Role } from '../../core/domain/people.ts';
import type { Translate } from './i18n.ts';

/** Roles in one breath: 召集人、主持人、记录员. */
export function rolesSaid(t: Translate, roles: readonly Role[]): string {
  return roles.map((role) => t(`words:role.${role}`)).join(t('words:rules.and'));
}
