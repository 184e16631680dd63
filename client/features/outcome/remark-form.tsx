import type { Editor } from '@tiptap/core';
import { useId, useState, type ReactNode } from 'react';
import type { TextAnchor } from '../../../core/domain/amendments.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { RemarkDraft } from '../../../core/domain/remarks.ts';
import { newId } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import form from '../../ui/form.module.css';
import { notify } from '../../ui/notices.tsx';
import styles from './amendments.module.css';
import { BlockSelect } from './block-select.tsx';
import { anchorOf } from './text-anchor.ts';
import { blockAt, blocksIn, type Block } from './text-letters.ts';

type RemarkFormProps = {
  readonly editor: Editor;
  /** In which paragraph; null: the first, to begin with. */
  readonly place: number | null;
  readonly onDone: () => void;
};

/** What somebody says about words of the text: those that they selected, or a paragraph. */
export function RemarkForm({ editor, place, onDone }: RemarkFormProps): ReactNode {
  const t = useText();
  const id = useId();
  const send = useSend();
  const tell = useTell();
  const [blocks] = useState(() => blocksIn(editor.state.doc));
  const [selected] = useState(() => ofSelection(editor));
  const [block, setBlock] = useState(
    () => (place === null ? undefined : blockAt(editor.state.doc, place)) ?? blocks[0],
  );
  const [words, setWords] = useState('');
  const [isBusy, setBusy] = useState(false);
  if (block === undefined) return <p>{t('text:amend.nothing')}</p>;
  const anchor = selected ?? ofBlock(editor, block);
  const draft = RemarkDraft.safeParse({ id: newId(), anchor, words });
  const submit = async (): Promise<void> => {
    if (!draft.success || isBusy) return;
    setBusy(true);
    if (await tell(send('makeRemark', { body: draft.data }))) {
      notify('good', t('text:remark.sent'));
      onDone();
    }
    setBusy(false);
  };
  return (
    <form
      className={form.form}
      noValidate
      aria-label={t('text:remark.make')}
      onSubmit={(event) => {
        event.preventDefault();
        // -- a refusal is told by useTell.
        void submit();
      }}
    >
      {selected === null ? (
        <BlockSelect
          id={`${id}-block`}
          blocks={blocks}
          number={block.number}
          onChange={(next) => setBlock(next)}
        />
      ) : (
        <blockquote className={styles.quote} dir="auto">
          {selected.quote}
        </blockquote>
      )}
      {anchor === null ? (
        <p className={form.error} role="status">
          {t('text:amend.movedOn')}
        </p>
      ) : null}
      <div className={form.field}>
        <label htmlFor={`${id}-words`}>{t('text:remark.words')}</label>
        <textarea
          id={`${id}-words`}
          className={form.control}
          data-autofocus
          dir="auto"
          rows={4}
          maxLength={LIMITS.remarkLength}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      <div className={form.acts}>
        <Button kind="main" type="submit" disabled={!draft.success} isBusy={isBusy}>
          {t('text:remark.send')}
        </Button>
      </div>
    </form>
  );
}

/** The words that a writer has selected; null where there are none, or more than one paragraph holds. */
function ofSelection({ state, isEditable }: Editor): TextAnchor | null {
  const { from, to } = state.selection;
  return isEditable ? anchorOf(state, from, to) : null;
}

/** A paragraph, as it stands at the moment; of a long one its beginning. */
function ofBlock({ state }: Editor, { words }: Block): TextAnchor | null {
  const block = blocksIn(state.doc).find((one) => one.words === words);
  const first = block?.at[0];
  const last = block?.at[Math.min(words.length, LIMITS.quoteLength) - 1];
  return first === undefined || last === undefined ? null : anchorOf(state, first, last + 1);
}
