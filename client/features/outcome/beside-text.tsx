import type { Editor } from '@tiptap/core';
import { useEffect, useState, type ReactNode } from 'react';
import type { Refusal } from '../../../core/domain/refusals.ts';
import type { Result } from '../../../core/domain/result.ts';
import { amendmentsOf, guardAmend, waitingAmendments } from '../../../core/domain/room/amending.ts';
import { guardRemark, openRemarks, remarksOf } from '../../../core/domain/room/remarking.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useHats } from '../../room/use-who.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { AmendmentsList } from './amendments-list.tsx';
import { AssentsList } from './assents-list.tsx';
import styles from './amendments.module.css';
import type { CitedRoom } from './evidence.ts';
import { useParagraphs, type Paragraph } from './paragraphs.ts';
import { PickedCard } from './picked-card.tsx';
import { ProposeForm } from './propose-form.tsx';
import { RemarkForm } from './remark-form.tsx';
import { RemarksList } from './remarks-list.tsx';
import { blockAt } from './text-letters.ts';
import type { TextMarksOptions } from './text-marks.ts';
import { useAmendmentNews, useTextMarks } from './use-amendments.ts';

/** What is heard of marks in the text is answered elsewhere: an editor is made once. */
export type MarkEars = {
  readonly heard: TextMarksOptions;
  readonly answerBy: (answers: TextMarksOptions) => void;
};

export function createMarkEars(): MarkEars {
  let answers: TextMarksOptions = { onMark: () => undefined, onPick: () => undefined };
  return {
    heard: {
      onMark: (kind, id) => answers.onMark(kind, id),
      onPick: (place, box) => answers.onPick(place, box),
    },
    answerBy: (next) => {
      answers = next;
    },
  };
}

type BesideTextProps = {
  readonly editor: Editor;
  readonly ears: MarkEars;
  readonly cited: CitedRoom;
  readonly canWrite: boolean;
};

type Open =
  | { readonly what: 'amendments' | 'remarks' | 'assents'; readonly id: string | null }
  | { readonly what: 'propose' | 'remark'; readonly place: number | null };
type Picked = { readonly place: number; readonly number: number; readonly box: DOMRect };

/** What people would have otherwise in the text, and remark on it: shown in it, listed beside it, made and decided [O10] [O13]. */
export function BesideText({ editor, ears, cited, canWrite }: BesideTextProps): ReactNode {
  const t = useText();
  const { who } = useHats();
  const [open, setOpen] = useState<Open | null>(null);
  const [picked, setPicked] = useState<Picked | null>(null);
  const { room, isWall } = cited;
  useTextMarks(editor, cited);
  const paragraphs = useParagraphs(editor, room);
  useAmendmentNews(room, who.kind === 'participant' ? who.id : null);
  const mayAmend = guardAmend(room, who);
  const mayRemark = guardRemark(room, who);
  useEffect(() => {
    ears.answerBy({
      onMark: (kind, id) => setOpen({ what: kind === 'remark' ? 'remarks' : 'amendments', id }),
      onPick: (place, box) => {
        const isAsked = (mayAmend.ok || mayRemark.ok) && !isWall;
        const block = isAsked ? blockAt(editor.state.doc, place) : undefined;
        setPicked(block === undefined ? null : { place, number: block.number, box });
      },
    });
  });
  if (isWall) return null;
  const close = (): void => setOpen(null);
  const place = canWrite ? editor.state.selection.from : null;
  const begin = (what: 'propose' | 'remark') => () => {
    setOpen({ what, place: picked?.place ?? null });
    setPicked(null);
  };
  return (
    <div className={styles.bar}>
      <CountButton
        count={amendmentsOf(room).length}
        waiting={waitingAmendments(room).length}
        said="text:amend.counts"
        onOpen={() => setOpen({ what: 'amendments', id: null })}
      />
      <CountButton
        count={remarksOf(room).length}
        waiting={openRemarks(room).length}
        said="text:remark.counts"
        onOpen={() => setOpen({ what: 'remarks', id: null })}
      />
      {paragraphs.length === 0 ? null : (
        <button
          type="button"
          className={styles.open}
          aria-haspopup="dialog"
          onClick={() => setOpen({ what: 'assents', id: null })}
        >
          {paragraphs.every(({ standing }) => standing.light === 'none')
            ? t('text:assent.open')
            : t('text:assent.counts', {
                count: paragraphs.length,
                all: paragraphs.filter(({ standing }) => standing.light === 'all').length,
              })}
        </button>
      )}
      <MakeButton allowed={mayAmend} onMake={() => setOpen({ what: 'propose', place })}>
        {t('text:amend.propose')}
      </MakeButton>
      <MakeButton allowed={mayRemark} onMake={() => setOpen({ what: 'remark', place })}>
        {t('text:remark.make')}
      </MakeButton>
      {picked === null || canWrite ? null : (
        <PickedCard
          {...picked}
          {...{ editor, cited, who }}
          paragraph={paragraphs.find(({ block }) => block.number === picked.number)}
          mayAmend={mayAmend.ok}
          mayRemark={mayRemark.ok}
          onPropose={begin('propose')}
          onRemark={begin('remark')}
          onLeave={() => setPicked(null)}
        />
      )}
      <OpenDialog {...{ open, editor, cited, canWrite, paragraphs }} onClose={close} />
    </div>
  );
}

type OpenDialogProps = Omit<BesideTextProps, 'ears'> & {
  readonly open: Open | null;
  readonly paragraphs: readonly Paragraph[];
  readonly onClose: () => void;
};

function OpenDialog({ open, editor, cited, canWrite, paragraphs, onClose }: OpenDialogProps): ReactNode {
  const t = useText();
  const { who } = useHats();
  if (open === null) return null;
  const titles = {
    amendments: 'text:amend.title',
    remarks: 'text:remark.title',
    assents: 'text:assent.title',
    propose: 'text:amend.propose',
    remark: 'text:remark.make',
  } as const;
  const isList = 'id' in open;
  return (
    <Dialog
      key={open.what}
      isOpen
      title={t(titles[open.what])}
      width={isList ? 'wide' : 'middle'}
      closeLabel={t('text:amend.close')}
      asks="ifTyped"
      onClose={onClose}
    >
      {open.what === 'amendments' ? (
        <AmendmentsList {...{ editor, cited, who, canWrite }} first={open.id} onGo={onClose} />
      ) : null}
      {open.what === 'remarks' ? (
        <RemarksList {...{ editor, cited, who }} first={open.id} onGo={onClose} />
      ) : null}
      {open.what === 'assents' ? (
        <AssentsList {...{ editor, cited, who, paragraphs }} onGo={onClose} />
      ) : null}
      {open.what === 'propose' ? <ProposeForm editor={editor} place={open.place} onDone={onClose} /> : null}
      {open.what === 'remark' ? <RemarkForm editor={editor} place={open.place} onDone={onClose} /> : null}
    </Dialog>
  );
}

type CountButtonProps = {
  readonly count: number;
  readonly waiting: number;
  readonly said: 'text:amend.counts' | 'text:remark.counts';
  readonly onOpen: () => void;
};

function CountButton({ count, waiting, said, onOpen }: CountButtonProps): ReactNode {
  const t = useText();
  if (count === 0) return null;
  return (
    <button
      type="button"
      className={styles.open}
      data-waiting={waiting > 0}
      aria-haspopup="dialog"
      onClick={onOpen}
    >
      {said === 'text:amend.counts' ? t(said, { count, waiting }) : t(said, { count, open: waiting })}
    </button>
  );
}

type MakeButtonProps = {
  readonly allowed: Result<unknown, Refusal>;
  readonly onMake: () => void;
  readonly children: ReactNode;
};

/** Nothing for those who never may; for the others why not now. */
function MakeButton({ allowed, onMake, children }: MakeButtonProps): ReactNode {
  const t = useText();
  if (!allowed.ok && ['ROLE_MAY_NOT', 'NOT_IN_SESSION', 'SESSION_CLOSED'].includes(allowed.error.reason))
    return null;
  return (
    <button
      type="button"
      className={styles.open}
      aria-haspopup="dialog"
      disabled={!allowed.ok}
      title={allowed.ok ? undefined : reasonText(t, allowed.error.reason, allowed.error.facts)}
      onClick={onMake}
    >
      {children}
    </button>
  );
}
