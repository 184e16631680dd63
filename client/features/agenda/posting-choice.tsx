import { useId } from 'react';
import { postingOf } from '../../../core/domain/room/posting.ts';
import { Posting, type AgendaItem } from '../../../core/domain/sessions.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import styles from './agenda.module.css';
import { titleOf } from './words.ts';

interface PostingChoiceProps {
  readonly item: AgendaItem;
}

/** What may be posted during an item, for whoever leads through the agenda. */
export function PostingChoice({ item }: PostingChoiceProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const id = useId();
  const set = (value: string) => {
    const posting = Posting.parse(value);
    // -- tell never rejects: a refusal is told.
    void tell(send('setPosting', { params: { itemId: item.id }, body: { posting } }));
  };
  return (
    <span className={styles.posting}>
      <label htmlFor={id}>{t('room:agenda.posting.label')}</label>
      <select
        id={id}
        aria-label={t('room:agenda.posting.of', { title: titleOf(t, item) })}
        value={postingOf(item)}
        onChange={(event) => set(event.currentTarget.value)}
      >
        {Posting.options.map((posting) => (
          <option key={posting} value={posting}>
            {t(`room:agenda.posting.${posting}`)}
          </option>
        ))}
      </select>
    </span>
  );
}
