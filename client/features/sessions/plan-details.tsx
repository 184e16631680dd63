import { useId } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import { totalMinutes } from '../../../core/domain/room/agenda-time.ts';
import { Mode, SourceKind } from '../../../core/domain/sessions.ts';
import { useText } from '../../lib/i18n.ts';
import { Choice } from '../../ui/choice.tsx';
import fields from '../../ui/form.module.css';
import { AgendaRows } from './agenda-rows.tsx';
import type { Arrangement } from './plan-draft.ts';
import styles from './plan-form.module.css';

interface PlanDetailsProps {
  readonly arrangement: Arrangement;
  readonly onArrange: (arrangement: Arrangement) => void;
}

/** What has a default by the kind of meeting: closed until somebody wants to change it. */
export function PlanDetails({ arrangement, onArrange }: PlanDetailsProps) {
  const t = useText();
  const id = useId();
  const { agenda, mode, background, source, isPrivate } = arrangement;
  const sum = t('home:planning.agendaMinutes', { count: agenda.length, minutes: totalMinutes(agenda) });
  return (
    <>
      <details className={styles.details}>
        <summary>
          {t('home:planning.agenda')} <small>{sum}</small>
        </summary>
        <AgendaRows agenda={agenda} onAgenda={(next) => onArrange({ ...arrangement, agenda: next })} />
      </details>
      <details className={styles.details}>
        <summary>
          {t('home:planning.more')} <small>{t(`words:mode.${mode}`)}</small>
        </summary>
        <Choice
          label={t('home:planning.mode')}
          value={mode}
          options={Mode.options.map((value) => ({ value, text: t(`words:mode.${value}`) }))}
          onChoose={(value) => onArrange({ ...arrangement, mode: Mode.parse(value) })}
        />
        <Choice
          label={t('home:planning.source')}
          value={source.kind}
          options={SourceKind.options.map((value) => ({ value, text: t(`words:source.${value}`) }))}
          onChoose={(value) =>
            onArrange({ ...arrangement, source: { ...source, kind: SourceKind.parse(value) } })
          }
        />
        <div className={fields.field}>
          <label htmlFor={id}>{t('home:planning.background')}</label>
          <textarea
            id={id}
            className={fields.control}
            dir="auto"
            maxLength={LIMITS.backgroundLength}
            value={background}
            onChange={(event) => onArrange({ ...arrangement, background: event.currentTarget.value })}
          />
        </div>
        <label className={fields.check}>
          <input
            type="checkbox"
            checked={isPrivate}
            onChange={(event) => onArrange({ ...arrangement, isPrivate: event.currentTarget.checked })}
          />
          {t('home:planning.private')}
        </label>
      </details>
    </>
  );
}
