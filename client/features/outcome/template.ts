import type { JSONContent } from '@tiptap/core';

/** Headings of an empty text, with room under each, as ordinary edits of whoever pressed the button. */
export function templateOf(headings: readonly string[]): JSONContent[] {
  return headings.flatMap((text) => [
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text }] },
    { type: 'paragraph' },
  ]);
}
