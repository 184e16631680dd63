import { useId, useState } from 'react';
import { ROLES, type Role } from '../../../core/domain/people.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import fields from '../../ui/form.module.css';
import type { Countable } from './countable.ts';
import { Check, Fault } from './form-parts.tsx';
import styles from './poll-form.module.css';
import type { FormField } from './poll-form.ts';
import type { RulesForm } from './rules-form.ts';

interface VotersFieldProps {
  readonly chosen: readonly string[];
  /** Whoever could vote; whoever is chosen and is not among them has left, and can only be taken out. */
  readonly people: readonly Countable[];
  readonly onVoters: (change: Pick<RulesForm, 'people' | 'roles'>) => void;
  readonly faults: readonly FormField[];
}

/** So many are listed at once; the search finds all others. */
const LISTED = 100;

/** Voters by name: searched by name, role or unit, and taken one by one or all that are found [B1]. */
export function VotersField({ chosen, people, onVoters, faults }: VotersFieldProps) {
  const t = useText();
  const id = useId();
  const [search, setSearch] = useState('');
  const [unit, setUnit] = useState('');
  const taken = new Set(chosen);
  const units = [...new Set(people.map(({ affiliation }) => affiliation))]
    .filter((name) => name !== '')
    .sort();
  const found = people.filter((one) => (unit === '' || one.affiliation === unit) && isFound(t, one, search));
  const gone = chosen.filter((one) => !people.some((other) => other.id === one));
  const choose = (ids: readonly string[]) => onVoters({ people: ids, roles: rolesOf(people, ids) });
  const isAll = found.length > 0 && found.every((one) => taken.has(one.id));
  const turn = (ids: readonly string[], isTaken: boolean) =>
    choose(isTaken ? [...new Set([...chosen, ...ids])] : chosen.filter((one) => !ids.includes(one)));
  return (
    <fieldset className={fields.field} aria-describedby={`${id}-fault`} data-part="voters">
      <legend>{t('room:pollForm.voters.legend')}</legend>
      <Field
        label={t('room:pollForm.voters.search')}
        type="search"
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        onKeyDown={(event) => {
          // The poll is not saved by looking for somebody.
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
      {units.length < 2 ? null : (
        <Choice
          label={t('room:pollForm.voters.unit')}
          value={unit}
          options={[
            { value: '', text: t('room:pollForm.voters.anyUnit') },
            ...units.map((name) => ({ value: name, text: name })),
          ]}
          onChoose={setUnit}
        />
      )}
      <div className={fields.row}>
        <Button
          isSmall
          disabled={found.length === 0}
          onClick={() =>
            turn(
              found.map((one) => one.id),
              !isAll,
            )
          }
        >
          {t(isAll ? 'room:pollForm.voters.none' : 'room:pollForm.voters.all', { count: found.length })}
        </Button>
        <p role="status" className={fields.hint}>
          {t('room:pollForm.voters.count', { count: chosen.length })}
        </p>
      </div>
      <div className={styles.voters} role="group" aria-label={t('room:pollForm.voters.legend')}>
        {found.slice(0, LISTED).map((one) => (
          <Check
            key={one.id}
            label={saidOf(t, one)}
            isChecked={taken.has(one.id)}
            onChecked={(isTaken) => turn([one.id], isTaken)}
          />
        ))}
        {found.length === 0 ? <p className={fields.hint}>{t('room:pollForm.voters.nobody')}</p> : null}
        {found.length > LISTED ? (
          <p className={fields.hint}>{t('room:pollForm.voters.more', { count: found.length - LISTED })}</p>
        ) : null}
      </div>
      {gone.length === 0 ? null : (
        <div className={fields.row}>
          <p className={fields.error}>{t('room:pollForm.voters.gone', { count: gone.length })}</p>
          <Button isSmall onClick={() => turn(gone, false)}>
            {t('room:pollForm.voters.takeOut')}
          </Button>
        </div>
      )}
      <Fault id={`${id}-fault`} field="people" faults={faults} />
    </fieldset>
  );
}

function saidOf(t: Translate, { name, role, affiliation }: Countable): string {
  const told = [t(`words:role.${role}`), affiliation].filter((part) => part !== '');
  return t('room:pollForm.voters.one', { name, told: told.join(' · ') });
}

function isFound(t: Translate, one: Countable, search: string): boolean {
  const said = saidOf(t, one).toLocaleLowerCase();
  return search
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}

/** The roles of whoever is chosen: a poll by name asks nobody for a role besides. */
function rolesOf(people: readonly Countable[], ids: readonly string[]): readonly Role[] {
  const wanted = new Set(ids);
  const found = new Set(people.flatMap(({ id, role }) => (wanted.has(id) ? [role] : [])));
  const roles = ROLES.filter((role) => found.has(role));
  return roles.length === 0 ? ['member'] : roles;
}
