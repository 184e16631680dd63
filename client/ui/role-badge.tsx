import type { Role } from '../../core/domain/people.ts';
import { useText } from '../lib/i18n.ts';
import styles from './role-badge.module.css';

/** A shape for each role beside its colour: told apart in grey and by people who do not see colours. */
const SHAPES: Readonly<Record<Role, string>> = {
  convener: 'M6 .5 11.500 6 6 11.500 .5 6z',
  host: 'M6 .5l1.600 3.500 3.900.500-2.900 2.600.800 3.900L6 9l-3.400 2 .800-3.900L.5 4.500 4.400 4z',
  member: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1z',
  department: 'M1.200 1.200h9.600v9.600H1.200z',
  resident: 'M6 1l5.300 9.600H.7z',
  stakeholder: 'M6 .7l5.300 3.900-2 6.300H2.700L.7 4.600z',
  expert: 'M4.200 .8h3.600v3.400h3.400v3.600H7.800v3.400H4.200V7.800H.8V4.200h3.400z',
  recorder: 'M1 9.200V11h1.900L9.600 4.300 7.700 2.400zM8.300 1.800l1.900 1.900 1-1L9.300.8z',
  staff: 'M3.300 1h5.400L11.300 6 8.700 11H3.300L.7 6z',
  observer: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1zm0 1.800a3.200 3.200 0 1 0 0 6.400 3.200 3.200 0 0 0 0-6.400z',
};

interface RoleMarkProps {
  readonly role: Role;
}

/** The shape alone; the role is said by words nearby. */
export function RoleMark({ role }: RoleMarkProps) {
  return (
    <svg className={styles.mark} data-role={role} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <path d={SHAPES[role]} />
    </svg>
  );
}

interface RoleBadgeProps {
  readonly role: Role;
  /** Other words than the role's name, e.g. with the venue. */
  readonly label?: string;
}

export function RoleBadge({ role, label }: RoleBadgeProps) {
  const t = useText();
  return (
    <span className={styles.badge} data-role={role}>
      <RoleMark role={role} />
      <span className={styles.words}>{label ?? t(`words:role.${role}`)}</span>
    </span>
  );
}
