import type { ReactNode } from 'react';
import { useText } from '../../lib/i18n.ts';
import form from '../../ui/form.module.css';
import type { Block } from './text-letters.ts';

type BlockSelectProps = {
  readonly id: string;
  readonly blocks: readonly Block[];
  readonly number: number;
  readonly onChange: (block: Block | undefined) => void;
};

/** As many letters of a paragraph as tell which one it is. */
const START = 24;

/** Which paragraph of the text is meant, by its number and beginning. */
export function BlockSelect({ id, blocks, number, onChange }: BlockSelectProps): ReactNode {
  const t = useText();
  return (
    <div className={form.field}>
      <label htmlFor={id}>{t('text:amend.paragraph')}</label>
      <select
        id={id}
        className={form.control}
        value={number}
        onChange={(event) => onChange(blocks.find((one) => one.number === Number(event.target.value)))}
      >
        {blocks.map((block) => (
          <option key={block.number} value={block.number}>
            {t('text:amend.paragraphOf', { number: block.number, words: block.words.trim().slice(0, START) })}
          </option>
        ))}
      </select>
    </div>
  );
}
