import type { Editor } from '@tiptap/core';
import { useEffect, useRef } from 'react';
import type { Amendment } from '../../../core/domain/amendments.ts';
import { amendmentsOf, waitingAmendments } from '../../../core/domain/room/amending.ts';
import { openRemarks } from '../../../core/domain/room/remarking.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { notify } from '../../ui/notices.tsx';
import { showMarks, type TextMark } from './text-marks.ts';
import { showSentence, type CitedRoom } from './evidence.ts';
import { createPause } from './pause.ts';
import type { Found } from './text-anchor.ts';
import { blockAt } from './text-letters.ts';

/** How whoever proposed or decided is told: by name and role. */
export function personSaid(t: Translate, { room, nameOf }: CitedRoom, id: Amendment['by']): string {
  const role = room.participants[id]?.role;
  const name = nameOf(id);
  return role === undefined ? name : t('text:amend.person', { name, role: t(`words:role.${role}`) });
}

/** Draws what waits to be decided on, and what is remarked, where the words are at the moment. */
export function useTextMarks(editor: Editor, cited: CitedRoom): void {
  const t = useText();
  const { room } = cited;
  const { amendments, remarks, participants } = room;
  const marks = useRef<readonly TextMark[]>([]);
  useEffect(() => {
    const known = { ...cited, room };
    const remarked = openRemarks(remarks === undefined ? {} : { remarks }).map(
      ({ id, anchor, by }): TextMark => ({
        kind: 'remark',
        id,
        anchor,
        words: '',
        said: t('text:remark.markOf', { name: personSaid(t, known, by) }),
      }),
    );
    const waiting = waitingAmendments(amendments === undefined ? {} : { amendments }).map(
      ({ id, anchor, words, by }): TextMark => ({
        kind: 'amendment',
        id,
        anchor,
        words: words ?? '',
        said: t('text:amend.markOf', { name: personSaid(t, known, by) }),
      }),
    );
    marks.current = [...remarked, ...waiting];
    if (!editor.isDestroyed && (amendments !== undefined || remarks !== undefined))
      showMarks(editor.view, marks.current);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- reason: of the room only these are drawn
  }, [editor, t, amendments, remarks, participants, cited.nameOf]);
  useEffect(() => {
    const pause = createPause(() => {
      if (!editor.isDestroyed && marks.current.length > 0) showMarks(editor.view, marks.current);
    });
    editor.on('update', pause.begin);
    return () => {
      pause.end();
      editor.off('update', pause.begin);
    };
  }, [editor]);
}

/** Tells whoever proposed something what has become of it, once, as it happens. */
export function useAmendmentNews(room: Room, me: string | null): void {
  const t = useText();
  const known = useRef<ReadonlyMap<string, Amendment['state']['phase']> | null>(null);
  useEffect(() => {
    const mine = amendmentsOf(room).filter(({ by }) => by === me);
    const before = known.current;
    known.current = new Map(mine.map(({ id, state }) => [id, state.phase]));
    for (const { id, state } of mine) {
      if (before?.get(id) !== 'waiting') continue;
      if (state.phase === 'accepted') notify('good', t('text:amend.news.accepted'));
      if (state.phase === 'declined') notify('calm', t('text:amend.news.declined', { why: state.why }));
    }
  }, [room, me, t]);
}

/** Shows where words stand that somebody marked. */
export function goTo(editor: Editor, { from, to }: Found): void {
  const block = blockAt(editor.state.doc, from);
  // The window over the page has to go first: it takes the focus back to where it was opened.
  if (block !== undefined) requestAnimationFrame(() => showSentence(editor, rangeOf(editor, from, to)));
}

/** As showSentence counts: every paragraph, empty ones too. */
function rangeOf(editor: Editor, from: number, to: number) {
  let block = -1;
  let start = 0;
  editor.state.doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    if (position < from) {
      block += 1;
      start = position + 1;
    }
    return false;
  });
  return { block, from: from - start, to: to - start };
}
