import { useId, useState } from 'react';
import { decide } from '../../../core/domain/room/decide.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { AgendaItemId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { useServerNow } from '../../lib/clock.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './agenda.module.css';
import { likelyMove } from './likely-move.ts';
import { titleOf } from './words.ts';

interface MoveMinutesProps {
  readonly room: Room;
  readonly who: Who;
  readonly clockOffsetMs: number;
}

/** So many minutes from one item to another; what cannot be is said before it is tried [A4]. */
export function MoveMinutes({ room, who, clockOffsetMs }: MoveMinutesProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const id = useId();
  const [wish, setWish] = useState(() => likelyMove(room));
  const [minutes, setMinutes] = useState('5');
  const at = new Date(useServerNow(clockOffsetMs)).toISOString();
  const there = (itemId: AgendaItemId | undefined) => room.agenda.find((item) => item.id === itemId);
  const from = there(wish.from) ?? room.agenda[0];
  const to = there(wish.to) ?? room.agenda.find((item) => item !== from);
  if (from === undefined || to === undefined) return null;
  const count = Number(minutes);
  const isCount = Number.isInteger(count) && count >= 1 && count <= LIMITS.minutesPerItem;
  const body = { from: from.id, to: to.id, minutes: count };
  const answer = isCount ? decide(room, who, { type: 'moveMinutes', ...body }, { at }) : null;
  const options = room.agenda.map((item, index) => ({
    value: item.id,
    text: t('room:agenda.numbered', { number: index + 1, title: titleOf(t, item) }),
  }));
  const chosen = (value: string) => room.agenda.find((item) => item.id === value)?.id;
  return (
    <section className={styles.editPart} aria-labelledby={id}>
      <h3 id={id}>{t('room:agenda.minutes.heading')}</h3>
      <div className={styles.editFields}>
        <Choice
          label={t('room:agenda.minutes.from')}
          value={from.id}
          options={options}
          onChoose={(value) => setWish({ ...wish, from: chosen(value) })}
        />
        <Choice
          label={t('room:agenda.minutes.to')}
          value={to.id}
          options={options}
          onChoose={(value) => setWish({ ...wish, to: chosen(value) })}
        />
        <Field
          label={t('room:agenda.minutes.count')}
          type="number"
          inputMode="numeric"
          min={1}
          max={LIMITS.minutesPerItem}
          value={minutes}
          onChange={(event) => setMinutes(event.currentTarget.value)}
        />
        <ActButton
          disabled={answer?.ok !== true || from === to}
          onAct={() => tell(send('moveMinutes', { body }))}
        >
          {t('room:agenda.minutes.act')}
        </ActButton>
      </div>
      <p className={styles.hint} role="status">
        {why()}
      </p>
    </section>
  );

  function why(): string {
    if (answer === null) return t('room:agenda.minutes.wrong', { max: LIMITS.minutesPerItem });
    if (from === to) return t('room:agenda.minutes.same');
    return answer.ok ? '' : reasonText(t, answer.error.reason, answer.error.facts);
  }
}
