import { useEffect, useState } from 'react';
import type { Invitable } from '../../../core/contract/invitations.ts';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { Alert } from '../../ui/alert.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Loading } from '../../ui/states.tsx';
import { loadDeputies, type Place } from './commands.ts';

interface DeputyChoiceProps {
  readonly place: Place;
  /** Whose account was chosen; '' for nobody yet. */
  readonly value: string;
  readonly onChoose: (personId: string) => void;
}

/** Who of the same unit stands in. */
export function DeputyChoice({ place: { sessionId, participantId }, value, onChoose }: DeputyChoiceProps) {
  const t = useText();
  const [people, setPeople] = useState<readonly Invitable[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    let isHere = true;
    loadDeputies({ sessionId, participantId }).then(
      (found) => isHere && setPeople(found),
      (thrown: unknown) => isHere && setError(asApiError(thrown)),
    );
    return () => {
      isHere = false;
    };
  }, [sessionId, participantId]);
  if (error !== null) return <Alert>{reasonText(t, error.reason, error.details)}</Alert>;
  if (people === null) return <Loading lines={1} />;
  if (people.length === 0) return <Alert tone="calm">{t('home:answer.noDeputies')}</Alert>;
  return (
    <Choice
      label={t('home:answer.deputy')}
      hint={t('home:answer.deputyHint')}
      value={value}
      options={[
        { value: '', text: t('home:answer.choose') },
        ...people.map(({ personId, name, affiliation }) => ({
          value: personId,
          text: affiliation === '' ? name : `${name} · ${affiliation}`,
        })),
      ]}
      onChoose={onChoose}
    />
  );
}
