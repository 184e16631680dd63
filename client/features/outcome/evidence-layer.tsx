import type { Editor } from '@tiptap/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Citation } from '../../../core/domain/citation.ts';
import { useText } from '../../lib/i18n.ts';
import { useLeads } from '../../room/leading.ts';
import { CitationCard } from './citation-card.tsx';
import type { CitationLabelsOptions } from './citation-labels.ts';
import { insertCitation } from './citation-mark.ts';
import { CitationPicker } from './citation-picker.tsx';
import { EvidenceCheck } from './evidence-check.tsx';
import {
  citeAtCaret,
  goToCited,
  showSentence,
  useCitationLabels,
  useCitedWords,
  useReading,
  type CitedRoom,
} from './evidence.ts';
import { DraftDialog } from './draft-dialog.tsx';
import { LevelSelect } from './level-select.tsx';
import styles from './evidence.module.css';

/** What is heard in the text is answered elsewhere: an editor is made once, and whoever answers is drawn anew. */
export type Ears = {
  /** For the editor, from its first moment. */
  readonly heard: CitationLabelsOptions;
  readonly answerBy: (answers: CitationLabelsOptions) => void;
};

const nothing = () => undefined;

export function createEars(): Ears {
  let answers: CitationLabelsOptions = {
    onAt: nothing,
    onGo: nothing,
    onDrop: nothing,
    onCite: nothing,
    onDraft: nothing,
  };
  return {
    heard: {
      onAt: (citation, element) => answers.onAt(citation, element),
      onGo: (citation) => answers.onGo(citation),
      onDrop: (cited, at) => answers.onDrop(cited, at),
      onCite: () => answers.onCite(),
      onDraft: () => answers.onDraft(),
    },
    answerBy: (next) => {
      answers = next;
    },
  };
}

type EvidenceProps = {
  readonly editor: Editor;
  readonly ears: Ears;
  readonly cited: CitedRoom;
  readonly canWrite: boolean;
  /** Whether whoever writes here begins the text from the record. */
  readonly canDraft: boolean;
};

type At = { readonly citation: Citation; readonly box: DOMRect };

/** Long enough for the pointer to go from a citation to its card. */
const LEAVING_MS = 250;

/** What the text rests on: labels, their cards, what can be cited, and what rests on nothing. */
export function Evidence({ editor, ears, cited, canWrite, canDraft }: EvidenceProps): ReactNode {
  const t = useText();
  const wordsOf = useCitedWords(cited);
  const reading = useReading(editor, cited.documentId);
  const [at, setAt] = useState<At | null>(null);
  const [isPicking, setPicking] = useState(false);
  const [isDrafting, setDrafting] = useState(false);
  const hasCaret = useHasCaret(editor);
  const leaving = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useCitationLabels(editor, wordsOf, canWrite);
  const stay = (): void => clearTimeout(leaving.current);
  const leave = (): void => {
    stay();
    leaving.current = setTimeout(() => setAt(null), LEAVING_MS);
  };
  useEffect(() => {
    ears.answerBy({
      onAt: (citation, element) => {
        if (citation === null || element === null) return leave();
        stay();
        setAt({ citation, box: element.getBoundingClientRect() });
      },
      onGo: (citation) => {
        setAt(null);
        goToCited(cited.room, citation);
      },
      onDrop: (dropped, place) => {
        if (canWrite) insertCitation(editor.view, dropped, place);
      },
      onCite: () => {
        if (canWrite) setPicking(true);
      },
      onDraft: () => {
        if (canDraft) setDrafting(true);
      },
    });
  });
  useEffect(() => () => clearTimeout(leaving.current), []);
  useLeads((lead) => {
    if (lead.to === 'sentence') showSentence(editor, lead.sentence);
    else if (lead.to === 'citing' && canWrite) citeAtCaret(editor, lead.cited, hasCaret.current);
    else return false;
    return true;
  });
  return (
    <>
      {cited.isWall ? null : (
        <div className={styles.bar}>
          {reading === null ? null : (
            <EvidenceCheck
              reading={reading}
              wordsOf={wordsOf}
              onGo={(sentence) => showSentence(editor, sentence)}
            />
          )}
          {canWrite ? <LevelSelect editor={editor} /> : null}
          {canDraft ? (
            <button
              type="button"
              className={styles.cite}
              aria-haspopup="dialog"
              aria-keyshortcuts="Control+Alt+D"
              title={`${t('text:draft.offer')} (Control+Alt+D)`}
              onClick={() => setDrafting(true)}
            >
              {t('text:draft.offer')}
            </button>
          ) : null}
          {canWrite ? (
            <button
              type="button"
              className={styles.cite}
              aria-haspopup="dialog"
              aria-keyshortcuts="Control+Shift+E"
              title={`${t('room:evidence.pick')} (Control+Shift+E)`}
              onClick={() => setPicking(true)}
            >
              {t('room:evidence.pick')}
            </button>
          ) : null}
        </div>
      )}
      {at === null ? null : (
        <CitationCard
          said={wordsOf(at.citation)}
          box={at.box}
          onGo={() => ears.heard.onGo(at.citation)}
          onEnter={stay}
          onLeave={leave}
        />
      )}
      {isDrafting && canDraft ? (
        <DraftDialog editor={editor} room={cited.room} onClose={() => setDrafting(false)} />
      ) : null}
      {isPicking ? (
        <CitationPicker
          room={cited.room}
          wordsOf={wordsOf}
          onClose={() => setPicking(false)}
          onPick={(picked) => {
            setPicking(false);
            citeAtCaret(editor, picked, hasCaret.current);
          }}
        />
      ) : null}
    </>
  );
}

/** Whether anybody has put the caret into this text yet. */
function useHasCaret(editor: Editor): { readonly current: boolean } {
  const hasCaret = useRef(false);
  useEffect(() => {
    const note = (): void => {
      hasCaret.current = true;
    };
    editor.on('focus', note);
    return () => {
      editor.off('focus', note);
    };
  }, [editor]);
  return hasCaret;
}
