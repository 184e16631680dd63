import { LocalId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { VenueKind, type Venue } from '../../../core/domain/sessions.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './plan-form.module.css';

interface VenueRowsProps {
  readonly venues: readonly Venue[];
  readonly onVenues: (venues: Venue[]) => void;
}

/** The places of a session that is being planned, by the names that people know them by. The first has everybody at first. */
export function VenueRows({ venues, onVenues }: VenueRowsProps) {
  const t = useText();
  const edit = (id: string, change: Partial<Venue>) =>
    onVenues(venues.map((venue) => (venue.id === id ? { ...venue, ...change } : venue)));
  const add = () => {
    const kind = 'branch';
    onVenues([...venues, { id: freeId(venues), kind, name: t(`words:venue.${kind}`) }]);
  };
  return (
    <>
      {venues.map((venue, index) => (
        <fieldset key={venue.id} className={styles.item}>
          <legend>{t('home:planning.place.number', { number: index + 1 })}</legend>
          <Field
            label={t('home:planning.place.name')}
            value={venue.name}
            maxLength={LIMITS.nameLength}
            onChange={(event) => edit(venue.id, { name: event.currentTarget.value })}
            // A place without a name has that of its kind.
            onBlur={() => {
              if (venue.name.trim() === '') edit(venue.id, { name: t(`words:venue.${venue.kind}`) });
            }}
          />
          <Choice
            label={t('home:planning.place.kind')}
            value={venue.kind}
            options={VenueKind.options.map((value) => ({ value, text: t(`words:venue.${value}`) }))}
            onChoose={(value) => edit(venue.id, { kind: VenueKind.parse(value) })}
          />
          {venues.length > 1 ? (
            <Button
              isSmall
              aria-label={t('home:planning.place.removeOf', { name: venue.name })}
              onClick={() => onVenues(venues.filter((one) => one !== venue))}
            >
              {t('home:planning.item.remove')}
            </Button>
          ) : null}
        </fieldset>
      ))}
      {venues.length < LIMITS.venuesPerSession ? (
        <Button onClick={add}>{t('home:planning.place.add')}</Button>
      ) : null}
    </>
  );
}

/** A short name that no place of the list has. */
function freeId(venues: readonly Venue[]): LocalId {
  let number = venues.length + 1;
  while (venues.some(({ id }) => id === `place${number}`)) number += 1;
  return LocalId.parse(`place${number}`);
}
