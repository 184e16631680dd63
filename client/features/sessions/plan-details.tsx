import { useId } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import { totalMinutes } from '../../../core/domain/room/agenda-time.ts';
import { Mode, SourceKind } from '../../../core/domain/sessions.ts';
import { useText } from '../../lib/i18n.ts';
import { Choice } from '../../ui/choice.tsx';
import fields from '../../ui/form.module.css';
import { deviceNow } from '../../lib/early.ts';
import { AgendaRows } from './agenda-rows.tsx';
import { COLLECT_DAYS, collectUntil } from './collect-until.ts';
import type { Arrangement } from './plan-draft.ts';
import styles from './plan-form.module.css';
import { VenueRows } from './venue-rows.tsx';

/** What is offered where a kind of meeting says nothing else. */
const SHUFFLE_MINUTES = 60;

interface PlanDetailsProps {
  readonly arrangement: Arrangement;
  /** As the date field has it. */
  readonly startsAt: string;
  readonly onArrange: (arrangement: Arrangement) => void;
}

/** What has a default by the kind of meeting: closed until somebody wants to change it. */
export function PlanDetails({ arrangement, startsAt, onArrange }: PlanDetailsProps) {
  const t = useText();
  const id = useId();
  const { agenda, venues, mode, background, source, isPrivate } = arrangement;
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
          {t('home:planning.places')}{' '}
          <small>{venues.map(({ name }) => name).join(t('home:planning.and'))}</small>
        </summary>
        <VenueRows venues={venues} onVenues={(next) => onArrange({ ...arrangement, venues: next })} />
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
        <CollectChoice {...{ arrangement, startsAt, onArrange }} />
        <label className={fields.check}>
          <input
            type="checkbox"
            checked={isPrivate}
            onChange={(event) => onArrange({ ...arrangement, isPrivate: event.currentTarget.checked })}
          />
          {t('home:planning.private')}
        </label>
        <label className={fields.check}>
          <input
            type="checkbox"
            checked={arrangement.rules.names !== undefined}
            onChange={(event) => {
              const { names: _names, ...rules } = arrangement.rules;
              const { checked } = event.currentTarget;
              onArrange({ ...arrangement, rules: checked ? { ...rules, names: 'address' } : rules });
            }}
          />
          {t('home:planning.names')}
        </label>
      </details>
    </>
  );
}

/** Whether views are collected before the meeting, until when, and whether readers begin in orders of their own. */
function CollectChoice({ arrangement, startsAt, onArrange }: PlanDetailsProps) {
  const t = useText();
  const { collectDays, rules } = arrangement;
  const until = collectUntil(startsAt, collectDays, deviceNow());
  const { shuffleMinutes, ...others } = rules;
  return (
    <>
      <Choice
        label={t('home:planning.collect.label')}
        value={String(collectDays ?? '')}
        options={COLLECT_DAYS.map((days) => ({
          value: String(days ?? ''),
          text:
            days === null
              ? t('home:planning.collect.none')
              : t('home:planning.collect.days', { count: days }),
        }))}
        onChoose={(value) => onArrange({ ...arrangement, collectDays: value === '' ? null : Number(value) })}
        {...(collectDays !== null && until === null
          ? {
              hint:
                startsAt === '' ? t('home:planning.collect.needsDate') : t('home:planning.collect.tooLate'),
            }
          : {})}
      />
      {collectDays === null ? null : (
        <label className={fields.check}>
          <input
            type="checkbox"
            checked={shuffleMinutes !== undefined}
            onChange={(event) =>
              onArrange({
                ...arrangement,
                rules: event.currentTarget.checked ? { ...others, shuffleMinutes: SHUFFLE_MINUTES } : others,
              })
            }
          />
          {t('home:planning.collect.shuffle', { count: shuffleMinutes ?? SHUFFLE_MINUTES })}
        </label>
      )}
    </>
  );
}
