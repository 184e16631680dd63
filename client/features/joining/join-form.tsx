import { useState } from 'react';
import type { LinkPreview } from '../../../core/contract/accounts.ts';
import { CONSENT_TERMS, CURRENT_CONSENT } from '../../../core/domain/consent.ts';
import type { LocalId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { LOOKERS } from '../../../core/domain/names.ts';
import { line } from '../../../core/domain/text.ts';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { rolesSaid } from '../../lib/roles-said.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './join-form.module.css';

interface JoinFormProps {
  readonly preview: LinkPreview;
  /** Throws ApiError for what the form can tell. */
  readonly onJoin: (wish: {
    readonly name: string;
    readonly realName?: string;
    readonly venueId: LocalId | null;
  }) => Promise<void>;
}

const Name = line(LIMITS.nameLength);

/** At most two taps and one optional field; where names are not shown, another for the real one [U1]. */
export function JoinForm({ preview, onJoin }: JoinFormProps) {
  const t = useText();
  const [name, setName] = useState('');
  const [realName, setRealName] = useState('');
  const [venueId, setVenueId] = useState(preview.venueId ?? preview.venues[0]?.id ?? null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const isNameGood = name.trim() === '' || Name.safeParse(name).success;
  const byAddress = preview.shown === 'address';
  const isRealGood = realName.trim() === '' || Name.safeParse(realName).success;
  const asksVenue = preview.venueId === null && preview.venues.length > 1;

  const roles = rolesSaid(t, LOOKERS);

  const submit = async () => {
    setBusy(true);
    setError(null);
    try {
      const beside = byAddress ? { realName: realName.trim() } : {};
      await onJoin({ name: name.trim(), ...beside, venueId });
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // submit never rejects: what fails is told in the form.
        if (!isBusy && isNameGood && isRealGood) void submit();
      }}
    >
      {error === null ? null : <Alert>{reasonText(t, error.reason, error.details)}</Alert>}
      <Field
        label={t('join:name')}
        hint={t('join:nameHint')}
        error={isNameGood ? undefined : nameError(name)}
        name="name"
        autoComplete="nickname"
        enterKeyHint="go"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {byAddress ? (
        <Field
          label={t('join:realName')}
          hint={t(`words:consents.v${CURRENT_CONSENT}.names`, { roles })}
          error={isRealGood ? undefined : nameError(realName)}
          name="realName"
          autoComplete="name"
          enterKeyHint="go"
          value={realName}
          onChange={(event) => setRealName(event.currentTarget.value)}
        />
      ) : null}
      {asksVenue ? <Venues preview={preview} chosen={venueId} onChoose={setVenueId} /> : null}
      <div className={styles.act} data-flows={byAddress ? true : undefined}>
        <p className={styles.consent}>
          {t(`words:consents.v${CURRENT_CONSENT}.words`, {
            days: preview.retentionDays,
            most: preview.retentionDaysConfirming,
            voting: CONSENT_TERMS[CURRENT_CONSENT].guestDaysVoting,
          })}
        </p>
        <Button kind="main" type="submit" isWide isBusy={isBusy}>
          {isBusy ? t('join:submitting') : t('join:submit')}
        </Button>
      </div>
    </form>
  );

  function nameError(given: string): string {
    const isLong = given.trim().length > LIMITS.nameLength;
    return isLong ? t('join:nameTooLong', { max: LIMITS.nameLength }) : t('join:nameInvalid');
  }
}

interface VenuesProps {
  readonly preview: LinkPreview;
  readonly chosen: LocalId | null;
  readonly onChoose: (venueId: LocalId) => void;
}

/** Asked only when the link leaves it open and there is more than one place. */
function Venues({ preview, chosen, onChoose }: VenuesProps) {
  const t = useText();
  return (
    <fieldset className={styles.venues}>
      <legend>{t('join:venue')}</legend>
      {preview.venues.map(({ id, name }) => (
        <label key={id} className={styles.venue}>
          <input type="radio" name="venue" checked={chosen === id} onChange={() => onChoose(id)} />
          <span dir="auto">{name}</span>
        </label>
      ))}
    </fieldset>
  );
}
