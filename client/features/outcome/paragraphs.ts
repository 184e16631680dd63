import type { Editor } from '@tiptap/core';
import type { EditorState } from '@tiptap/pm/state';
import { useEffect, useMemo, useState } from 'react';
import type { Assent, AssentedParagraph } from '../../../core/domain/assents.ts';
import { digest } from '../../../core/domain/digest.ts';
import { assentsOf, standingOfParagraph, type Standing } from '../../../core/domain/room/assenting.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { createPause } from './pause.ts';
import { anchorOf, findAnchored } from './text-anchor.ts';
import { blockAt, blocksIn, type Block } from './text-letters.ts';
import { showLights } from './text-marks.ts';

/** A paragraph of the text, and how it stands with the people. */
export type Paragraph = {
  readonly block: Block;
  readonly sha256: string;
  readonly standing: Standing;
  /** Who agreed with what stood here before. */
  readonly lapsed: AssentedParagraph['by'];
};

/** Which words exactly: blanks around them are none. */
function digestOf({ words }: Block): string {
  return digest(words.trim());
}

/** Every paragraph with its light: what somebody agreed with before its words changed is told where it stands now [O16]. */
export function paragraphsIn(state: EditorState, room: Room): readonly Paragraph[] {
  const blocks = blocksIn(state.doc).map((block) => ({ block, sha256: digestOf(block) }));
  const there = new Set(blocks.map(({ sha256 }) => sha256));
  const gone = new Map<number, AssentedParagraph['by']>();
  for (const { sha256, place, by } of assentsOf(room)) {
    if (there.has(sha256) || by.length === 0) continue;
    const found = findAnchored(state, { ...place, quote: '' });
    const number = found === null ? undefined : blockAt(state.doc, found.from)?.number;
    if (number !== undefined) gone.set(number, [...new Set([...(gone.get(number) ?? []), ...by])]);
  }
  return blocks.map(({ block, sha256 }) => {
    const standing = standingOfParagraph(room, sha256);
    const now = assentsOf(room).find((one) => one.sha256 === sha256)?.by ?? [];
    return {
      block,
      sha256,
      standing,
      lapsed: (gone.get(block.number) ?? []).filter((id) => !now.includes(id)),
    };
  });
}

/** A paragraph, exactly as it stands at the moment, to agree with; null where its words are others by now. */
export function assentTo(state: EditorState, { block, sha256 }: Paragraph): Assent | null {
  const now = blocksIn(state.doc).filter((one) => digestOf(one) === sha256);
  const same = now.find(({ number }) => number === block.number) ?? now[0];
  const first = same?.at[0];
  if (first === undefined) return null;
  // Only where it stands is told, and a letter is enough for that.
  const anchor = anchorOf(state, first, first + (same?.words.search(/\S/) ?? 0) + 1);
  return anchor === null ? null : { sha256, place: { from: anchor.from, to: anchor.to } };
}

/** The paragraphs of the text, read anew a moment after each change, and their lights drawn. */
export function useParagraphs(editor: Editor, room: Room): readonly Paragraph[] {
  const [edits, setEdits] = useState(0);
  useEffect(() => {
    const pause = createPause(() => setEdits((count) => count + 1));
    pause.begin();
    editor.on('update', pause.begin);
    return () => {
      pause.end();
      editor.off('update', pause.begin);
    };
  }, [editor]);
  const { assents, participants, hostId } = room;
  const paragraphs = useMemo(
    () => (editor.isDestroyed ? [] : paragraphsIn(editor.state, room)),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- reason: of the room only these count, and edits says that the text is another
    [editor, edits, assents, participants, hostId],
  );
  useEffect(() => {
    if (editor.isDestroyed || (assents ?? []).length === 0) return;
    showLights(
      editor.view,
      paragraphs.flatMap(({ block, standing, lapsed }) => {
        const light = lapsed.length > 0 ? 'lapsed' : standing.light;
        return light === 'none' ? [] : [{ place: block.place, size: block.size, light }];
      }),
    );
  }, [editor, paragraphs, assents]);
  return paragraphs;
}
