import * as Y from 'yjs';
import { chanceOf } from '../../load/chance.ts';
import { markOf } from './marks.ts';

/** Paragraphs, each put together of words at random places: half a megabyte, as when many have worked on it. */
export const PARAGRAPHS = 250;
const WORDS = 62;

/** Adds the paragraphs of a long text, the same each time; each begins with a mark of its number. */
export function createLongText(): (text: Y.XmlFragment, n: number) => void {
  const chance = chanceOf(7);
  return (text, n) => {
    const [paragraph, words] = [new Y.XmlElement('paragraph'), new Y.XmlText()];
    paragraph.insert(0, [words]);
    text.push([paragraph]);
    const mark = markOf(n);
    words.insert(0, mark);
    for (let word = 0; word < WORDS; word += 1) {
      // Behind the mark, which must stay whole.
      const at = mark.length + chance.below(words.length - mark.length + 1);
      words.insert(at, '商量出办法'.slice(0, 1 + chance.below(4)));
    }
  };
}
