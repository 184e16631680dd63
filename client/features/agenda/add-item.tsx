import { useId, useState } from 'react';
import { AgendaItemId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { AgendaKind, AgendaPlan } from '../../../core/domain/sessions.ts';
import { newId } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './agenda.module.css';
import { titleOf } from './words.ts';

interface AddItemProps {
  readonly room: Room;
}

/** One more item, before another that has not begun or at the end. */
export function AddItem({ room }: AddItemProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const id = useId();
  const [title, setTitle] = useState('');
  const [kind, setKind] = useState<AgendaKind>('exchange');
  const [minutes, setMinutes] = useState('10');
  const waiting = room.agenda.filter(({ startedAt }) => startedAt === null);
  // A summing-up stays the last one, unless somebody wants it otherwise.
  const [before, setBefore] = useState(() => waiting.find((item) => item.kind === 'closing')?.id ?? '');
  const place = waiting.find((item) => item.id === before)?.id ?? null;
  const item = AgendaPlan.safeParse({
    id: newId(),
    title: title.trim() === '' ? t(`words:agenda.${kind}`) : title,
    kind,
    speakerRole: 'any',
    minutes: minutes === '' ? null : Number(minutes),
  });
  const add = async () => {
    if (!item.success) return;
    if (await tell(send('addAgendaItem', { body: { item: item.data, before: place } }))) setTitle('');
  };
  return (
    <section className={styles.editPart} aria-labelledby={id}>
      <h3 id={id}>{t('room:agenda.add.heading')}</h3>
      <div className={styles.editFields}>
        <Field
          label={t('room:agenda.add.title')}
          hint={t('room:agenda.add.titleHint')}
          value={title}
          maxLength={LIMITS.titleLength}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Choice
          label={t('room:agenda.add.kind')}
          value={kind}
          options={AgendaKind.options.map((value) => ({ value, text: t(`words:agenda.${value}`) }))}
          onChoose={(value) => setKind(AgendaKind.parse(value))}
        />
        <Field
          label={t('room:agenda.add.minutes')}
          type="number"
          inputMode="numeric"
          min={0}
          max={LIMITS.minutesPerItem}
          value={minutes}
          onChange={(event) => setMinutes(event.currentTarget.value)}
        />
        <Choice
          label={t('room:agenda.add.place')}
          value={place ?? ''}
          options={[
            ...waiting.map((other) => ({
              value: other.id,
              text: t('room:agenda.add.before', { title: titleOf(t, other) }),
            })),
            { value: '', text: t('room:agenda.add.last') },
          ]}
          onChoose={(value) => setBefore(value === '' ? '' : AgendaItemId.parse(value))}
        />
        <ActButton disabled={!item.success} onAct={add}>
          {t('room:agenda.add.act')}
        </ActButton>
      </div>
    </section>
  );
}
