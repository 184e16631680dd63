import { useId, useState } from 'react';
import { guardLink } from '../../../core/domain/links.ts';
import { JOINABLE_ROLES } from '../../../core/domain/people.ts';
import type { SessionPlan, Venue } from '../../../core/domain/sessions.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import fields from '../../ui/form.module.css';
import type { NewLink } from './use-links.ts';

export interface LinkFormProps {
  /** The plan that says which links there may be; a private session's are one person's each. */
  readonly plan: Partial<Pick<SessionPlan, 'isPrivate'>>;
  readonly venues: readonly Venue[];
  readonly onCreate: (link: NewLink) => Promise<void>;
}

export function LinkForm({ plan, venues, onCreate }: LinkFormProps) {
  const t = useText();
  const id = useId();
  const isPersonal = !guardLink(plan, { role: 'resident', maxUses: 2 }).ok;
  const [link, setLink] = useState<NewLink>({
    role: 'resident',
    venueId: null,
    maxUses: isPersonal ? 1 : 300,
  });
  const [isBusy, setBusy] = useState(false);
  const create = async () => {
    setBusy(true);
    await onCreate({ ...link, maxUses: Math.min(5_000, Math.max(1, Math.round(link.maxUses) || 1)) });
    setBusy(false);
  };
  return (
    <form
      className={fields.row}
      onSubmit={(event) => {
        event.preventDefault();
        // -- onCreate tells its own failure and never rejects.
        void create();
      }}
    >
      <div className={fields.field}>
        <label htmlFor={`${id}-role`}>{t('room:links.role')}</label>
        <select
          id={`${id}-role`}
          className={fields.control}
          value={link.role}
          onChange={(event) =>
            setLink({
              ...link,
              role: JOINABLE_ROLES.find((role) => role === event.target.value) ?? 'resident',
            })
          }
        >
          {JOINABLE_ROLES.filter((role) => guardLink(plan, { role, maxUses: 1 }).ok).map((role) => (
            <option key={role} value={role}>
              {t(`words:role.${role}`)}
            </option>
          ))}
        </select>
      </div>
      <div className={fields.field}>
        <label htmlFor={`${id}-venue`}>{t('room:links.venue')}</label>
        <select
          id={`${id}-venue`}
          className={fields.control}
          value={link.venueId ?? ''}
          onChange={(event) =>
            setLink({ ...link, venueId: event.target.value === '' ? null : event.target.value })
          }
        >
          <option value="">{t('room:links.anyVenue')}</option>
          {venues.map((venue) => (
            <option key={venue.id} value={venue.id}>
              {venue.name}
            </option>
          ))}
        </select>
      </div>
      <div className={fields.field}>
        <label htmlFor={`${id}-max`}>{t('room:links.maxUses')}</label>
        <input
          id={`${id}-max`}
          className={fields.control}
          type="number"
          inputMode="numeric"
          min={1}
          max={isPersonal ? 1 : 5_000}
          disabled={isPersonal}
          value={link.maxUses}
          onChange={(event) => setLink({ ...link, maxUses: Number(event.target.value) })}
        />
      </div>
      <Button kind="main" type="submit" isBusy={isBusy}>
        {t('room:links.create')}
      </Button>
    </form>
  );
}
