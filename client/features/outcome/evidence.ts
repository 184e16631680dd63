import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import { useEffect, useMemo, useState } from 'react';
import type { Cited } from '../../../core/domain/citation.ts';
import { readCitations, type Reading, type Sentence } from '../../../core/domain/citing.ts';
import { ViewId, type DocumentId } from '../../../core/domain/ids.ts';
import { OutcomeNode } from '../../../core/domain/outcome.ts';
import { standingOf } from '../../../core/domain/room/cited.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { citedWords, type CitedWords } from '../../room/cited-words.ts';
import { tellReading } from '../../room/cited-text.ts';
import { leadTo } from '../../room/leading.ts';
import { insertCitation } from './citation-mark.ts';
import { labelCitations } from './citation-labels.ts';

/** The room that a text speaks of. */
export type CitedRoom = {
  readonly documentId: DocumentId;
  readonly room: Room;
  readonly nameOf: (id: string) => string;
  /** On a wall, where nobody presses anything and nobody is told what is not ready. */
  readonly isWall: boolean;
};

/** What something cited says, to whoever looks. */
export function useCitedWords({ room, nameOf }: CitedRoom): (cited: Cited) => CitedWords {
  const t = useText();
  const { views, replies, polls, questions, materials, earlier, participants } = room;
  return useMemo(() => {
    const held = {
      views,
      replies,
      polls,
      ...(questions === undefined ? {} : { questions }),
      ...(materials === undefined ? {} : { materials }),
      ...(earlier === undefined ? {} : { earlier }),
    };
    return (cited) => citedWords(t, standingOf(held, cited), cited.kind, { room: { participants }, nameOf });
  }, [t, views, replies, polls, questions, materials, earlier, participants, nameOf]);
}

/** Draws every citation with its number and what it says, and again when either changes. */
export function useCitationLabels(
  editor: Editor | null,
  wordsOf: (cited: Cited) => CitedWords,
  canWrite: boolean,
): void {
  const t = useText();
  useEffect(() => {
    if (editor === null || editor.isDestroyed) return;
    labelCitations(editor.view, (citation, number) => {
      const { title, gone } = wordsOf(citation);
      return {
        label: t('room:evidence.chip', { number }),
        name: t('room:evidence.chipOf', { number, title }),
        isGone: gone !== null,
        isStop: !canWrite,
      };
    });
  }, [editor, wordsOf, canWrite, t]);
}

/** Whoever types is not read at every letter. */
const PAUSE_MS = 300;

/** What the text rests on, as it is shown; told to the other parts of the page as well. Null before it is read. */
export function useReading(editor: Editor | null, documentId: DocumentId): Reading | null {
  const [reading, setReading] = useState<Reading | null>(null);
  useEffect(() => {
    if (editor === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = (): void => {
      timer = undefined;
      if (editor.isDestroyed) return;
      const text = OutcomeNode.safeParse(editor.getJSON());
      if (!text.success) return;
      const fresh = readCitations(text.data);
      setReading(fresh);
      tellReading(documentId, fresh);
    };
    const readSoon = (): void => {
      timer ??= setTimeout(read, PAUSE_MS);
    };
    timer = setTimeout(read, 0);
    editor.on('update', readSoon);
    return () => {
      clearTimeout(timer);
      editor.off('update', readSoon);
    };
  }, [editor, documentId]);
  return reading;
}

/** Leads from a citation to what it names, in the room on this page [O7]. */
export function goToCited(room: Room, { kind, id }: Cited): void {
  const { held } = standingOf(room, { kind, id });
  switch (held?.kind) {
    case 'view':
      leadTo({ to: 'view', viewId: held.it.id });
      return;
    case 'reply':
      leadTo({ to: 'said', seq: held.it.seq });
      return;
    case 'question':
      leadTo({ to: 'view', viewId: held.it.viewId });
      return;
    case 'poll':
    case 'material':
      leadTo({ to: held.kind, id });
      return;
    case undefined:
      // It may be earlier than what is held here: the stream looks for it, and says when it is not there.
      if (kind === 'view') leadTo({ to: 'view', viewId: ViewId.parse(id) });
  }
}

/** Puts a citation where the caret is, or at the end of a text in which nobody has put it yet. */
export function citeAtCaret(editor: Editor, cited: Cited, hasCaret: boolean): void {
  const { view } = editor;
  insertCitation(view, cited, hasCaret ? view.state.selection.to : TextSelection.atEnd(view.state.doc).to);
  editor.commands.focus();
}

/** Shows a sentence: selected, and in the middle of the page. */
export function showSentence(
  editor: Editor,
  { block, from, to }: Pick<Sentence, 'block' | 'from' | 'to'>,
): void {
  const { view } = editor;
  let left = block;
  let start = -1;
  view.state.doc.descendants((node, position) => {
    if (!node.isTextblock) return start === -1;
    if (left === 0 && start === -1) start = position + 1;
    left -= 1;
    return false;
  });
  if (start === -1) return;
  const most = view.state.doc.content.size;
  const [begin, end] = [Math.min(start + from, most), Math.min(start + to, most)];
  if (editor.isEditable) editor.chain().setTextSelection({ from: begin, to: end }).focus().run();
  const [first, last] = [view.domAtPos(begin), view.domAtPos(end)];
  const element = first.node instanceof Element ? first.node : first.node.parentElement;
  if (!editor.isEditable) {
    view.dom.focus({ preventScroll: true });
    document.getSelection()?.setBaseAndExtent(first.node, first.offset, last.node, last.offset);
  }
  element?.scrollIntoView({ block: 'center' });
}
