import type { Editor } from '@tiptap/core';
import { useId, useState, type ReactNode } from 'react';
import { AmendmentDraft } from '../../../core/domain/amendments.ts';
import { AmendmentId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { newId } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import form from '../../ui/form.module.css';
import { notify } from '../../ui/notices.tsx';
import { proposedIn } from './amend-text.ts';
import { AmendedWords } from './amended-words.tsx';
import { BlockSelect } from './block-select.tsx';
import { blocksIn, type Block } from './text-letters.ts';

type ProposeFormProps = {
  readonly editor: Editor;
  /** In which paragraph; null: the first, to begin with. */
  readonly place: number | null;
  readonly onDone: () => void;
};

/** A paragraph of the text, as somebody would have it: they change its words, and what they changed is proposed. */
export function ProposeForm({ editor, place, onDone }: ProposeFormProps): ReactNode {
  const t = useText();
  const id = useId();
  const send = useSend();
  const tell = useTell();
  // As it stands now: what others write meanwhile does not change what is being proposed.
  const [blocks] = useState(() => blocksIn(editor.state.doc));
  const [doc] = useState(() => editor.state.doc);
  const [block, setBlock] = useState<Block | undefined>(
    () =>
      blocks.find((one) => place !== null && place >= one.place && place <= one.place + one.size) ??
      blocks[0],
  );
  const [words, setWords] = useState(block?.words ?? '');
  const [why, setWhy] = useState('');
  const [isBusy, setBusy] = useState(false);
  if (block === undefined) return <p>{t('text:amend.nothing')}</p>;
  const proposed = proposedIn(editor.state, block, words);
  const isChanged = words !== block.words;
  const draft = AmendmentDraft.safeParse({
    id: newId(),
    ...proposed,
    ...(why.trim() === '' ? {} : { why }),
  });
  const isMoved = doc !== editor.state.doc && stillThere(editor, block) === null;
  const submit = async (): Promise<void> => {
    const now = stillThere(editor, block);
    const fresh = now === null ? null : proposedIn(editor.state, now, words);
    if (fresh === null || isBusy) {
      notify('bad', t('text:amend.movedOn'));
      return;
    }
    const body = {
      id: AmendmentId.parse(newId()),
      ...fresh,
      ...(why.trim() === '' ? {} : { why: why.trim() }),
    };
    setBusy(true);
    if (await tell(send('makeAmendment', { body }))) {
      notify('good', t('text:amend.sent'));
      onDone();
    }
    setBusy(false);
  };
  return (
    <form
      className={form.form}
      noValidate
      aria-label={t('text:amend.propose')}
      onSubmit={(event) => {
        event.preventDefault();
        // -- a refusal is told by useTell.
        if (draft.success) void submit();
      }}
    >
      <BlockSelect
        id={`${id}-block`}
        blocks={blocks}
        number={block.number}
        onChange={(next) => {
          setBlock(next);
          setWords(next?.words ?? '');
        }}
      />
      <div className={form.field}>
        <label htmlFor={`${id}-words`}>{t('text:amend.words')}</label>
        <textarea
          id={`${id}-words`}
          className={form.control}
          data-autofocus
          dir="auto"
          rows={6}
          value={words}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setWords(event.target.value)}
        />
        <p id={`${id}-hint`} className={form.hint}>
          {isChanged && !draft.success
            ? t('text:amend.tooMuch', { max: LIMITS.quoteLength })
            : t('text:amend.wordsHint')}
        </p>
      </div>
      {isMoved ? (
        <p className={form.error} role="status">
          {t('text:amend.movedOn')}
        </p>
      ) : null}
      {proposed === null ? null : (
        <p dir="auto">
          <AmendedWords old={proposed.anchor.quote} fresh={proposed.words ?? ''} />
        </p>
      )}
      <div className={form.field}>
        <label htmlFor={`${id}-why`}>{t('text:amend.why')}</label>
        <textarea
          id={`${id}-why`}
          className={form.control}
          dir="auto"
          rows={2}
          maxLength={LIMITS.reasonLength}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
        />
      </div>
      <div className={form.acts}>
        <Button kind="main" type="submit" disabled={!draft.success} isBusy={isBusy}>
          {t('text:amend.send')}
        </Button>
      </div>
    </form>
  );
}

/** The paragraph as it stands at the moment, if its words are still the same; null where somebody changed it meanwhile. */
function stillThere(editor: Editor, { words }: Block): Block | null {
  const same = blocksIn(editor.state.doc).filter((one) => one.words === words);
  return same[0] ?? null;
}
