import { useId, useState } from 'react';
import type { Account } from '../../../core/contract/sessions.ts';
import type { PersonId } from '../../../core/domain/ids.ts';
import { Role } from '../../../core/domain/people.ts';
import { useText } from '../../lib/i18n.ts';
import { Field } from '../../ui/field.tsx';
import styles from './people-picker.module.css';

/** The convener is whoever plans; anybody else may be one of these. */
const CHOICES: readonly Role[] = [
  'member',
  'department',
  'expert',
  'recorder',
  'host',
  'staff',
  'stakeholder',
  'resident',
  'observer',
];

export type Picked = ReadonlyMap<PersonId, Role>;

interface PeoplePickerProps {
  readonly accounts: readonly Account[];
  readonly picked: Picked;
  readonly onPick: (picked: Picked) => void;
  readonly error?: string | undefined;
}

/** People of the organisation with a role for each who comes. */
export function PeoplePicker({ accounts, picked, onPick, error }: PeoplePickerProps) {
  const t = useText();
  const id = useId();
  const [search, setSearch] = useState('');
  const found = accounts.filter(({ name, affiliation }) =>
    `${name} ${affiliation}`.toLowerCase().includes(search.trim().toLowerCase()),
  );
  const alike = namesakes(accounts);
  const change = (personId: PersonId, role: Role | null) => {
    const next = new Map(picked);
    if (role === null) next.delete(personId);
    else next.set(personId, role);
    onPick(next);
  };
  return (
    <fieldset className={styles.picker} aria-describedby={`${id}-hint ${id}-error`}>
      <legend>{t('home:planning.people')}</legend>
      <p id={`${id}-hint`} className={styles.hint}>
        {t('home:planning.peopleHint')}
      </p>
      <p id={`${id}-error`} className={styles.error} role="alert">
        {error ?? ''}
      </p>
      {accounts.length > 8 ? (
        <Field
          label={t('home:planning.peopleSearch')}
          type="search"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      ) : null}
      <p role="status">
        {found.length === 0
          ? t('home:planning.peopleNone')
          : t('home:planning.peopleChosen', { count: picked.size })}
      </p>
      <ul role="list" className={styles.people}>
        {found.map((account) => (
          <Person
            key={account.personId}
            account={account}
            isAlike={alike.has(calledLike(account))}
            role={picked.get(account.personId) ?? null}
            onChange={change}
          />
        ))}
      </ul>
    </fieldset>
  );
}

function calledLike({ name, affiliation }: Account): string {
  return JSON.stringify([name, affiliation]);
}

/** What more than one person is called, unit and all. */
function namesakes(accounts: readonly Account[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(
    accounts.map(calledLike).filter((called) => {
      const isAgain = seen.has(called);
      seen.add(called);
      return isAgain;
    }),
  );
}

interface PersonProps {
  readonly account: Account;
  /** Somebody else has the same name in the same unit: the account tells them apart. */
  readonly isAlike: boolean;
  readonly role: Role | null;
  readonly onChange: (personId: PersonId, role: Role | null) => void;
}

function Person({ account: { personId, name, affiliation, login }, isAlike, role, onChange }: PersonProps) {
  const t = useText();
  return (
    <li className={styles.person}>
      <label>
        <input
          type="checkbox"
          checked={role !== null}
          onChange={(event) => onChange(personId, event.currentTarget.checked ? 'member' : null)}
        />
        <span>
          <span dir="auto">{name}</span> <small dir="auto">{affiliation}</small>
          {isAlike ? <small> {login}</small> : null}
        </span>
      </label>
      {role === null ? null : (
        <select
          aria-label={t('home:planning.role', { name })}
          value={role}
          onChange={(event) => onChange(personId, Role.parse(event.currentTarget.value))}
        >
          {CHOICES.map((choice) => (
            <option key={choice} value={choice}>
              {t(`words:role.${choice}`)}
            </option>
          ))}
        </select>
      )}
    </li>
  );
}
