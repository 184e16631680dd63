import { useState } from 'react';
import { ROLES } from '../../../core/domain/people.ts';
import type { AgendaItem } from '../../../core/domain/sessions.ts';
import { STANCES } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { useMedia } from '../../ui/use-media.ts';
import type { SaidFilter } from '../../../core/domain/room/said-filter.ts';
import { isFiltered, type StreamOrder } from './stream.ts';
import styles from './stream-bar.module.css';

export interface StreamBarProps {
  readonly count: number;
  readonly filter: SaidFilter;
  readonly onFilter: (filter: SaidFilter) => void;
  readonly order: StreamOrder;
  readonly onOrder: (order: StreamOrder) => void;
  readonly agenda: readonly AgendaItem[];
}

/** Heading of the stream, and what of it is shown. */
export function StreamBar({ count, ...choices }: StreamBarProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  // A phone draws the choices when they are asked for; stream-bar.module.css breaks at the same width.
  const isWide = useMedia('(min-width: 48rem)');
  return (
    <div className={styles.bar} data-open={isOpen}>
      <h2 className={styles.heading}>{t('room:views.heading')}</h2>
      <span className={styles.count}>{t('room:views.count', { count })}</span>
      <Button
        kind="quiet"
        isSmall
        className={styles.toggle}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t('room:views.filter')}
        {isFiltered(choices.filter) ? <span aria-hidden="true">●</span> : null}
      </Button>
      {isWide || isOpen ? <Controls {...choices} isOpen={isOpen} /> : null}
    </div>
  );
}

interface ControlsProps extends Omit<StreamBarProps, 'count'> {
  readonly isOpen: boolean;
}

function Controls({ filter, onFilter, order, onOrder, agenda, isOpen }: ControlsProps) {
  const t = useText();
  const stances = STANCES.map((stance) => ({ value: stance, text: t(`words:stance.${stance}`) }));
  const roles = ROLES.map((role) => ({ value: role, text: t(`words:role.${role}`) }));
  const items = agenda.map(({ id, title }) => ({ value: id, text: title }));
  return (
    <div className={styles.controls} data-open={isOpen} role="group" aria-label={t('room:views.filter')}>
      <Choice
        label={t('room:views.filterStance')}
        value={filter.stance}
        options={stances}
        onChange={(stance) => onFilter({ ...filter, stance })}
      />
      <Choice
        label={t('room:views.filterRole')}
        value={filter.role}
        options={roles}
        onChange={(role) => onFilter({ ...filter, role })}
      />
      <Choice
        label={t('room:views.filterItem')}
        value={filter.itemId}
        options={items}
        onChange={(itemId) => onFilter({ ...filter, itemId })}
      />
      <select
        className={styles.select}
        aria-label={t('room:views.order')}
        value={order}
        onChange={(event) => onOrder(event.target.value === 'time' ? 'time' : 'thread')}
      >
        <option value="thread">{t('room:views.byThread')}</option>
        <option value="time">{t('room:views.byTime')}</option>
      </select>
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T | null;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly onChange: (value: T | null) => void;
}

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const t = useText();
  return (
    <select
      className={styles.select}
      aria-label={label}
      data-on={value !== null}
      value={value ?? ''}
      onChange={(event) =>
        onChange(options.find((option) => option.value === event.target.value)?.value ?? null)
      }
    >
      <option value="">{t('room:views.anyOf', { label })}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  );
}
