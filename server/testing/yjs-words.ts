import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';

/** Types at the end of the first paragraph, as an editor would. */
export function typeInto(doc: Y.Doc, words: string): void {
  doc.transact(() => {
    const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
    if (fragment.length === 0) fragment.insert(0, [new Y.XmlElement('paragraph')]);
    const paragraph = fragment.get(0) as Y.XmlElement;
    if (paragraph.length === 0) paragraph.insert(0, [new Y.XmlText()]);
    const text = paragraph.get(0) as Y.XmlText;
    text.insert(text.length, words);
  });
}

/** The words of a text, one | between paragraphs and between runs. */
export function wordsOf(doc: Y.Doc): string {
  return doc
    .getXmlFragment(TEXT_FRAGMENT)
    .toArray()
    .flatMap((node) => (node instanceof Y.XmlElement ? node.toArray() : [node]))
    .map((node) =>
      node instanceof Y.XmlText
        ? (node.toDelta() as { insert: unknown }[]).map((piece) => piece.insert).join('')
        : '',
    )
    .join('|');
}
