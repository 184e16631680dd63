import type { Editor } from '@tiptap/core';
import { useEffect, useState, type ReactNode } from 'react';
import { amendmentsOf, guardAmend, waitingAmendments } from '../../../core/domain/room/amending.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useHats } from '../../room/use-who.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { AmendmentMarksOptions } from './amendment-marks.ts';
import { AmendmentsList } from './amendments-list.tsx';
import styles from './amendments.module.css';
import type { CitedRoom } from './evidence.ts';
import { ProposeForm } from './propose-form.tsx';
import { blockAt } from './text-letters.ts';
import { useAmendmentMarks, useAmendmentNews } from './use-amendments.ts';

/** What is heard of amendments in the text is answered elsewhere: an editor is made once. */
export type AmendmentEars = {
  readonly heard: AmendmentMarksOptions;
  readonly answerBy: (answers: AmendmentMarksOptions) => void;
};

export function createAmendmentEars(): AmendmentEars {
  let answers: AmendmentMarksOptions = { onAmendment: () => undefined, onPick: () => undefined };
  return {
    heard: {
      onAmendment: (id) => answers.onAmendment(id),
      onPick: (place, box) => answers.onPick(place, box),
    },
    answerBy: (next) => {
      answers = next;
    },
  };
}

type AmendmentsProps = {
  readonly editor: Editor;
  readonly ears: AmendmentEars;
  readonly cited: CitedRoom;
  readonly canWrite: boolean;
};

type Open =
  | { readonly what: 'list'; readonly id: string | null }
  | { readonly what: 'propose'; readonly place: number | null };
type Picked = { readonly place: number; readonly number: number; readonly box: DOMRect };

/** What people would have otherwise in the text: shown in it, listed beside it, proposed and decided on [O10] [O11]. */
export function Amendments({ editor, ears, cited, canWrite }: AmendmentsProps): ReactNode {
  const t = useText();
  const { who } = useHats();
  const [open, setOpen] = useState<Open | null>(null);
  const [picked, setPicked] = useState<Picked | null>(null);
  const { room, isWall } = cited;
  useAmendmentMarks(editor, cited);
  useAmendmentNews(room, who.kind === 'participant' ? who.id : null);
  const allowed = guardAmend(room, who);
  const all = amendmentsOf(room);
  const waiting = waitingAmendments(room).length;
  useEffect(() => {
    ears.answerBy({
      onAmendment: (id) => setOpen({ what: 'list', id }),
      onPick: (place, box) => {
        const block = allowed.ok && !isWall ? blockAt(editor.state.doc, place) : undefined;
        setPicked(block === undefined ? null : { place, number: block.number, box });
      },
    });
  });
  if (isWall) return null;
  const close = (): void => setOpen(null);
  const hasNoPart = !allowed.ok && allowed.error.reason === 'ROLE_MAY_NOT';
  if (hasNoPart && all.length === 0) return null;
  return (
    <div className={styles.bar}>
      {all.length === 0 ? null : (
        <button
          type="button"
          className={styles.open}
          data-waiting={waiting > 0}
          aria-haspopup="dialog"
          onClick={() => setOpen({ what: 'list', id: null })}
        >
          {t('text:amend.counts', { count: all.length, waiting })}
        </button>
      )}
      {hasNoPart ? null : (
        <button
          type="button"
          className={styles.open}
          aria-haspopup="dialog"
          disabled={!allowed.ok}
          title={allowed.ok ? undefined : reasonText(t, allowed.error.reason, allowed.error.facts)}
          onClick={() => setOpen({ what: 'propose', place: canWrite ? editor.state.selection.from : null })}
        >
          {t('text:amend.propose')}
        </button>
      )}
      {picked === null || canWrite ? null : (
        <PickedCard
          {...picked}
          onPropose={() => {
            setOpen({ what: 'propose', place: picked.place });
            setPicked(null);
          }}
          onLeave={() => setPicked(null)}
        />
      )}
      <Dialog
        isOpen={open?.what === 'propose'}
        title={t('text:amend.propose')}
        width="middle"
        closeLabel={t('text:amend.close')}
        asks="ifTyped"
        onClose={close}
      >
        {open?.what === 'propose' ? <ProposeForm editor={editor} place={open.place} onDone={close} /> : null}
      </Dialog>
      <Dialog
        isOpen={open?.what === 'list'}
        title={t('text:amend.title')}
        width="wide"
        closeLabel={t('text:amend.close')}
        onClose={close}
      >
        {open?.what === 'list' ? (
          <AmendmentsList {...{ editor, cited, who, canWrite }} first={open.id} onGo={close} />
        ) : null}
      </Dialog>
    </div>
  );
}

type PickedCardProps = Omit<Picked, 'place'> & {
  readonly onPropose: () => void;
  readonly onLeave: () => void;
};

const GAP = 8;
const WIDTH = 224;

/** Beside the paragraph that somebody has touched: what they can do about it. */
function PickedCard({ number, box, onPropose, onLeave }: PickedCardProps): ReactNode {
  const t = useText();
  useEffect(() => {
    const leave = (): void => onLeave();
    const leaveByKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') leave();
    };
    document.addEventListener('scroll', leave, true);
    document.addEventListener('keydown', leaveByKey);
    return () => {
      document.removeEventListener('scroll', leave, true);
      document.removeEventListener('keydown', leaveByKey);
    };
  });
  const left = Math.max(GAP, Math.min(box.left, window.innerWidth - WIDTH - GAP));
  const isBelow = box.bottom < window.innerHeight * 0.6;
  const place = isBelow
    ? { insetBlockStart: box.bottom + 2 * GAP }
    : { insetBlockEnd: window.innerHeight - box.top + 2 * GAP };
  return (
    <div className={styles.picked} style={{ ...place, insetInlineStart: left, inlineSize: WIDTH }}>
      <Button isSmall isWide kind="main" onClick={onPropose}>
        {t('text:amend.proposeOn', { number })}
      </Button>
    </div>
  );
}
