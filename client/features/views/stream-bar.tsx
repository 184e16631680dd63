import type { ParticipantId } from '../../../core/domain/ids.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useState, type ReactNode } from 'react';
import { ROLES } from '../../../core/domain/people.ts';
import { STANCES } from '../../../core/domain/views.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { useMedia } from '../../ui/use-media.ts';
import type { SaidFilter } from '../../../core/domain/room/said-filter.ts';
import { SearchField } from './search-field.tsx';
import { isFiltered, STREAM_ORDERS, type StreamOrder } from './stream.ts';
import styles from './stream-bar.module.css';

export interface StreamBarProps {
  readonly count: number;
  readonly filter: SaidFilter;
  readonly onFilter: (filter: SaidFilter) => void;
  readonly order: StreamOrder;
  readonly onOrder: (order: StreamOrder) => void;
  readonly room: Pick<Room, 'agenda' | 'plan' | 'views' | 'earlier'>;
  /** Who said something. */
  readonly authors: readonly Option<ParticipantId>[];
  /** The reader sees threads in an order of their own. */
  readonly isShuffled: boolean;
  /** How many pass the filter; null: there is none, or nobody knows yet. */
  readonly found: number | null;
}

interface Option<T extends string> {
  readonly value: T;
  readonly text: string;
}

/** Heading of the stream, and what of it is shown. */
export function StreamBar({ count, found, isShuffled, ...choices }: StreamBarProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  // A phone draws the choices when they are asked for; stream-bar.module.css breaks at the same width.
  const isWide = useMedia('(min-width: 48rem)');
  const { filter, onFilter } = choices;
  const search = <SearchField query={filter.q} onQuery={(q) => onFilter({ ...filter, q })} />;
  return (
    <div className={styles.bar} data-open={isOpen}>
      <h2 className={styles.heading}>{t('room:views.heading')}</h2>
      <span className={styles.count}>{t('room:views.count', { count })}</span>
      <p className={styles.found} role="status">
        {isShuffled ? t('room:views.shuffled') : foundText(t, filter, found)}
      </p>
      <Button
        kind="quiet"
        isSmall
        className={styles.toggle}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t('room:views.filter')}
        {isFiltered(filter) ? <span aria-hidden="true">●</span> : null}
      </Button>
      {isWide ? search : null}
      {isWide || isOpen ? (
        <Controls {...choices} isOpen={isOpen}>
          {isWide ? null : search}
        </Controls>
      ) : null}
    </div>
  );
}

function foundText(t: Translate, filter: SaidFilter, found: number | null): string {
  if (!isFiltered(filter)) return '';
  return found === null ? t('room:views.finding') : t('room:views.found', { count: found });
}

interface ControlsProps extends Omit<StreamBarProps, 'count' | 'found' | 'isShuffled'> {
  readonly isOpen: boolean;
  readonly children: ReactNode;
}

function Controls({ filter, onFilter, order, onOrder, room, authors, isOpen, children }: ControlsProps) {
  const t = useText();
  const stances = STANCES.map((stance) => ({ value: stance, text: t(`words:stance.${stance}`) }));
  const roles = ROLES.map((role) => ({ value: role, text: t(`words:role.${role}`) }));
  const venues = room.plan?.venues.map(({ id, name }) => ({ value: id, text: name })) ?? [];
  const items = room.agenda.map(({ id, title }) => ({ value: id, text: title }));
  return (
    <div className={styles.controls} data-open={isOpen} role="group" aria-label={t('room:views.filter')}>
      {children}
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
      {venues.length < 2 ? null : (
        <Choice
          label={t('room:views.filterVenue')}
          value={filter.venueId}
          options={venues}
          onChange={(venueId) => onFilter({ ...filter, venueId })}
        />
      )}
      <Choice
        label={t('room:views.filterAuthor')}
        value={filter.by}
        options={authors}
        onChange={(by) => onFilter({ ...filter, by })}
      />
      {mayHaveKeyPoints(room) || filter.isKeyPoint !== null ? (
        <Choice
          label={t('room:curating.filter')}
          value={filter.isKeyPoint === null ? null : 'key'}
          options={[{ value: 'key', text: t('room:curating.filterOnly') }]}
          onChange={(value) => onFilter({ ...filter, isKeyPoint: value === null ? null : true })}
        />
      ) : null}
      <select
        className={styles.select}
        aria-label={t('room:views.order')}
        value={order}
        onChange={(event) => onOrder(STREAM_ORDERS.find((one) => one === event.target.value) ?? 'thread')}
      >
        <option value="thread">{t('room:views.byThread')}</option>
        <option value="time">{t('room:views.byTime')}</option>
        <option value="support">{t('room:views.bySupport')}</option>
      </select>
    </div>
  );
}

/** As far as it is known here: what is earlier may have some. */
function mayHaveKeyPoints({ views, earlier }: Pick<Room, 'views' | 'earlier'>): boolean {
  return earlier !== undefined || views.some(({ keyPoint }) => keyPoint !== undefined);
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T | null;
  readonly options: readonly Option<T>[];
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
