import type { Editor } from '@tiptap/core';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { draftFrom } from '../../../core/domain/drafting/drafted.ts';
import { DRAFT_PARTS, type DraftPart } from '../../../core/domain/drafting/lines.ts';
import { citedIn, missingLines } from '../../../core/domain/drafting/missing.ts';
import { OutcomeNode } from '../../../core/domain/outcome.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useRoomStore } from '../../room/use-room.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { lineWords, partTitle } from './draft-words.ts';
import styles from './evidence.module.css';
import { writeDraft } from './write-draft.ts';

type DraftDialogProps = {
  readonly editor: Editor;
  readonly room: Room;
  readonly onClose: () => void;
};

/** Before seq 1 there is nothing: everything that was said is loaded. */
const ALL = 0;

/** 据记录起草: what the record would add to the text, part by part; pressed again, only what is new [O15]. */
export function DraftDialog({ editor, room, onClose }: DraftDialogProps): ReactNode {
  const t = useText();
  const store = useRoomStore();
  const [fault, setFault] = useState<ApiError | null>(null);
  const [left, setLeft] = useState<ReadonlySet<DraftPart>>(new Set());
  const isWhole = room.earlier === undefined;
  useEffect(() => {
    // loadEarlier answers with its failure.
    void store.loadEarlier(ALL).then(setFault);
  }, [store]);
  const lines = useMemo(() => {
    const text = isWhole ? OutcomeNode.safeParse(editor.getJSON()).data : undefined;
    return text === undefined ? null : missingLines(draftFrom(room, citedIn(text)), text);
  }, [editor, room, isWhole]);
  const chosen = (lines ?? []).filter(({ part }) => !left.has(part));
  const write = (): void => {
    onClose();
    writeDraft({ editor, t, room }, chosen);
  };
  return (
    <Dialog
      isOpen
      title={t('text:draft.offer')}
      width="middle"
      closeLabel={t('room:evidence.cancel')}
      onClose={onClose}
    >
      {lines === null ? (
        <p role="status" className={styles.count}>
          {fault === null ? t('text:draft.loading') : reasonText(t, fault.reason)}
        </p>
      ) : (
        <>
          <p role="status" className={styles.count}>
            {lines.length === 0 ? t('text:draft.nothing') : t('text:draft.would', { count: chosen.length })}
          </p>
          {DRAFT_PARTS.map((part) => {
            const mine = lines.filter((line) => line.part === part);
            if (mine.length === 0) return null;
            const flip = (): void => {
              const next = new Set(left);
              if (!next.delete(part)) next.add(part);
              setLeft(next);
            };
            return (
              <div key={part} className={styles.part}>
                <label>
                  <input type="checkbox" checked={!left.has(part)} onChange={flip} />{' '}
                  {t('text:draft.part', { part: partTitle(t, part), count: mine.length })}
                </label>
                <details>
                  <summary>{t('text:draft.look', { part: partTitle(t, part) })}</summary>
                  <ul>
                    {mine.map((line, index) => (
                      <li key={index} dir="auto">
                        {lineWords(t, room, line)}
                      </li>
                    ))}
                  </ul>
                </details>
              </div>
            );
          })}
          {lines.length === 0 ? null : (
            <Button kind="main" data-autofocus aria-disabled={chosen.length === 0} onClick={write}>
              {t('text:draft.write')}
            </Button>
          )}
        </>
      )}
    </Dialog>
  );
}
