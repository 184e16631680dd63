import type { Node } from '@tiptap/pm/model';
import { CITATION_LETTERS } from '../../../core/domain/citation.ts';

/** The words of one block, without its citations, and where in the text each letter of them stands. */
export type Letters = { readonly words: string; readonly at: readonly number[] };

/** A paragraph or heading, with its number in the text, from 1; place: where its first letter stands. */
export type Block = Letters & { readonly number: number; readonly place: number; readonly size: number };

const CITES: readonly string[] = CITATION_LETTERS;

/** The letters of a block whose first letter stands at a place, as far as they lie between two others. */
export function lettersIn(
  block: Node,
  place: number,
  from = place,
  to = place + block.content.size,
): Letters {
  const at: number[] = [];
  let words = '';
  block.forEach((child, offset) => {
    const isCited = child.marks.some(({ type }) => type.name === 'citation');
    const letters = child.isText ? (child.text ?? '') : '\n';
    for (let index = 0; index < letters.length; index += 1) {
      const spot = place + offset + index;
      const letter = letters.charAt(index);
      if (spot < from || spot >= to || (isCited && CITES.includes(letter))) continue;
      words += letter;
      at.push(spot);
    }
  });
  return { words, at };
}

/** Every paragraph and heading that says something, in the order of the text. */
export function blocksIn(doc: Node): readonly Block[] {
  const blocks: Block[] = [];
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    const letters = lettersIn(node, position + 1);
    if (letters.words.trim() !== '')
      blocks.push({
        ...letters,
        number: blocks.length + 1,
        place: position + 1,
        size: node.content.size,
      });
    return false;
  });
  return blocks;
}

/** The block in which a place of the text lies. */
export function blockAt(doc: Node, place: number): Block | undefined {
  return blocksIn(doc).find((block) => place >= block.place && place <= block.place + block.size);
}
