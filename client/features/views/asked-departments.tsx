import type { ParticipantId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './composer.module.css';

/** A department in the room, named by one of its seats. */
export type AskedDepartment = { readonly to: ParticipantId; readonly name: string };

interface AskedDepartmentsProps {
  readonly departments: readonly AskedDepartment[];
  readonly chosen: readonly ParticipantId[];
  readonly onChange: (chosen: ParticipantId[]) => void;
}

/** Which departments a question is put to: none, or a few. */
export function AskedDepartments({ departments, chosen, onChange }: AskedDepartmentsProps) {
  const t = useText();
  const isFull = chosen.length >= LIMITS.questionsPerView;
  return (
    <fieldset className={styles.stances}>
      <legend>{t('room:questions.askWhom')}</legend>
      {departments.map(({ to, name }) => {
        const isChosen = chosen.includes(to);
        return (
          <label key={to} className={styles.stance}>
            <input
              type="checkbox"
              checked={isChosen}
              disabled={isFull && !isChosen}
              onChange={() => onChange(isChosen ? chosen.filter((id) => id !== to) : [...chosen, to])}
            />
            {name}
          </label>
        );
      })}
    </fieldset>
  );
}
