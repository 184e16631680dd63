import { AgendaItemId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { placed } from '../../../core/domain/room/apply-agenda.ts';
import { AgendaKind, type AgendaPlan } from '../../../core/domain/sessions.ts';
import { newId } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { SortableList } from '../../ui/sortable-list.tsx';
import styles from './plan-form.module.css';

interface AgendaRowsProps {
  readonly agenda: readonly AgendaPlan[];
  readonly onAgenda: (agenda: AgendaPlan[]) => void;
}

/** The agenda of a session that is being planned: every item can be changed, moved, removed; more can be added. */
export function AgendaRows({ agenda, onAgenda }: AgendaRowsProps) {
  const t = useText();
  const edit = (id: string, change: Partial<AgendaPlan>) =>
    onAgenda(agenda.map((item) => (item.id === id ? { ...item, ...change } : item)));
  const place = (id: string, before: string | null) => {
    const item = agenda.find((one) => one.id === id);
    if (item !== undefined) onAgenda(placed(agenda, item, before));
  };
  const add = () => {
    const kind = 'exchange';
    const title = t(`words:agenda.${kind}`);
    const item = { id: AgendaItemId.parse(newId()), title, kind, speakerRole: 'any', minutes: 10 } as const;
    // Before the summing-up, which comes last.
    onAgenda(placed(agenda, item, agenda.find((one) => one.kind === 'closing')?.id ?? null));
  };
  return (
    <>
      <SortableList label={t('home:planning.agenda')} items={agenda} isMovable={() => true} onPlace={place}>
        {(item, index) => (
          <fieldset className={styles.item}>
            <legend>{t('home:planning.item.number', { number: index + 1 })}</legend>
            <Field
              label={t('home:planning.item.title')}
              value={item.title}
              maxLength={LIMITS.titleLength}
              onChange={(event) => edit(item.id, { title: event.currentTarget.value })}
              // An item without a name has that of its kind.
              onBlur={() => {
                if (item.title.trim() === '') edit(item.id, { title: t(`words:agenda.${item.kind}`) });
              }}
            />
            <Choice
              label={t('home:planning.item.kind')}
              value={item.kind}
              options={AgendaKind.options.map((value) => ({ value, text: t(`words:agenda.${value}`) }))}
              onChoose={(value) => edit(item.id, { kind: AgendaKind.parse(value) })}
            />
            <Field
              label={t('home:planning.item.minutes')}
              type="number"
              inputMode="numeric"
              min={0}
              max={LIMITS.minutesPerItem}
              value={String(item.minutes)}
              onChange={(event) => edit(item.id, { minutes: minutesIn(event.currentTarget.value) })}
            />
            {agenda.length > 1 ? (
              <Button
                isSmall
                aria-label={t('home:planning.item.removeOf', { title: item.title })}
                onClick={() => onAgenda(agenda.filter((one) => one !== item))}
              >
                {t('home:planning.item.remove')}
              </Button>
            ) : null}
          </fieldset>
        )}
      </SortableList>
      {agenda.length < LIMITS.agendaItems ? (
        <Button onClick={add}>{t('home:planning.item.add')}</Button>
      ) : null}
    </>
  );
}

/** Whole minutes within what an item may have. */
function minutesIn(text: string): number {
  return Math.min(LIMITS.minutesPerItem, Math.max(0, Math.trunc(Number(text)) || 0));
}
