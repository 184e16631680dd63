import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';

/** Ten bytes that would swallow whatever a victim writes from then on. */
export function gcUpdate(client: number, clock: number, length: number): Uint8Array {
  const varint = (value: number): number[] =>
    value > 127 ? [(value % 128) | 128, ...varint(Math.floor(value / 128))] : [value];
  return new Uint8Array([1, 1, ...varint(client), ...varint(clock), 0, ...varint(length), 0]);
}

/** Things that no editor of ours writes. */
export function poisons(): ((doc: Y.Doc) => void)[] {
  const paragraph = (doc: Y.Doc) => doc.getXmlFragment(TEXT_FRAGMENT).get(0) as Y.XmlElement;
  return [
    (doc) => doc.getXmlFragment(TEXT_FRAGMENT).push([new Y.XmlElement('script')]),
    (doc) => paragraph(doc).setAttribute('onclick', 'alert(1)'),
    (doc) => paragraph(doc).setAttribute('level', 99 as unknown as string),
    (doc) => (paragraph(doc).get(0) as Y.XmlText).format(0, 1, { link: { href: 'javascript:alert(1)' } }),
    (doc) => (paragraph(doc).get(0) as Y.XmlText).insertEmbed(0, { image: 'x' }),
    (doc) => doc.getMap('other').set('a', 1),
    (doc) => doc.getXmlFragment(TEXT_FRAGMENT).push([new Y.XmlHook('x') as unknown as Y.XmlElement]),
    (doc) =>
      doc.transact(() => {
        let parent: Y.XmlFragment = doc.getXmlFragment(TEXT_FRAGMENT);
        for (let depth = 0; depth < 500; depth += 1) {
          const child = new Y.XmlElement('blockquote');
          parent.insert(0, [child]);
          parent = child;
        }
      }),
  ];
}
