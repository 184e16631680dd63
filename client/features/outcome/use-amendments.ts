import type { Editor } from '@tiptap/core';
import { useEffect, useRef } from 'react';
import type { Amendment } from '../../../core/domain/amendments.ts';
import { amendmentsOf, waitingAmendments } from '../../../core/domain/room/amending.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { notify } from '../../ui/notices.tsx';
import { showAmendments, type AmendmentMark } from './amendment-marks.ts';
import type { CitedRoom } from './evidence.ts';
import { createPause } from './pause.ts';

/** How whoever proposed or decided is told: by name and role. */
export function personSaid(t: Translate, { room, nameOf }: CitedRoom, id: Amendment['by']): string {
  const role = room.participants[id]?.role;
  const name = nameOf(id);
  return role === undefined ? name : t('text:amend.person', { name, role: t(`words:role.${role}`) });
}

/** Draws what waits to be decided on, where its words are at the moment. */
export function useAmendmentMarks(editor: Editor, cited: CitedRoom): void {
  const t = useText();
  const { room } = cited;
  const { amendments, participants } = room;
  const marks = useRef<readonly AmendmentMark[]>([]);
  useEffect(() => {
    const known = { ...cited, room };
    marks.current = waitingAmendments(amendments === undefined ? {} : { amendments }).map(
      ({ id, anchor, words, by }) => ({
        id,
        anchor,
        words: words ?? '',
        said: t('text:amend.markOf', { name: personSaid(t, known, by) }),
      }),
    );
    if (!editor.isDestroyed && (marks.current.length > 0 || amendments !== undefined))
      showAmendments(editor.view, marks.current);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- reason: of the room only these two are drawn
  }, [editor, t, amendments, participants, cited.nameOf]);
  useEffect(() => {
    const pause = createPause(() => {
      if (!editor.isDestroyed && marks.current.length > 0) showAmendments(editor.view, marks.current);
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
