import { useId, useState } from 'react';
import type { AskOf } from '../../../core/domain/polls/ask.ts';
import { useText } from '../../lib/i18n.ts';
import fields from '../../ui/form.module.css';
import type { FieldsProps } from './fields-props.ts';
import { toggled } from './paper.ts';
import polls from './polls.module.css';

/** Of a list of many names a search shows so many at once. */
const MOST_SHOWN = 8;

/** 另选他人: as many others as there are ×, looked for by name in the list that the poll gives. */
export function BallotOthers({ ask, filled, onFilled, errorId }: FieldsProps<AskOf<'election'>>) {
  const t = useText();
  const id = useId();
  const [sought, setSought] = useState('');
  const { marks, others } = filled;
  const room = Object.values(marks).filter((mark) => mark === 'no').length;
  const words = sought.trim().toLowerCase();
  const chosen = ask.others.filter((other) => others.includes(other.id));
  const found = ask.others.filter(
    (other) => !others.includes(other.id) && other.text.toLowerCase().includes(words),
  );
  const shown = [...chosen, ...found.slice(0, MOST_SHOWN)];
  const isFull = others.length >= room;
  const isShut = room === 0 && others.length === 0;
  return (
    <fieldset className={polls.choices} aria-describedby={`${id}-room ${errorId}`}>
      <legend>{t('room:polls.others')}</legend>
      <p id={`${id}-room`} className={polls.hint} role="status">
        {t('room:polls.othersRoom', { left: Math.max(0, room - others.length) })}
      </p>
      {isShut ? null : (
        <>
          <label htmlFor={`${id}-search`}>{t('room:polls.othersSearch')}</label>
          <input
            id={`${id}-search`}
            className={fields.control}
            type="search"
            value={sought}
            onChange={(event) => setSought(event.target.value)}
          />
          {shown.map((other) => {
            const isChecked = others.includes(other.id);
            return (
              <label key={other.id} className={polls.choice}>
                <input
                  type="checkbox"
                  checked={isChecked}
                  disabled={isFull && !isChecked}
                  onChange={() => onFilled({ ...filled, others: toggled(others, other.id) })}
                />
                <span dir="auto">{other.text}</span>
              </label>
            );
          })}
          {found.length > MOST_SHOWN ? (
            <p className={polls.hint}>{t('room:polls.othersMore', { count: found.length - MOST_SHOWN })}</p>
          ) : null}
        </>
      )}
    </fieldset>
  );
}
