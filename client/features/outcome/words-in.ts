import * as Y from 'yjs';

/** The bare words of a shared text, one line a block, whatever it is made of: for copying, and for reading the unknown. */
export function wordsIn(fragment: Y.XmlFragment): string {
  return fragment
    .toArray()
    .map((child) => wordsOf(child))
    .join('\n');
}

function wordsOf(type: unknown): string {
  if (type instanceof Y.XmlText) return wordsOfText(type);
  if (!(type instanceof Y.XmlFragment)) return '';
  const children = type.toArray();
  const holdsBlocks = children.some(
    (child) => child instanceof Y.XmlElement && child.nodeName !== 'hardBreak',
  );
  if (type instanceof Y.XmlElement && type.nodeName === 'hardBreak') return '\n';
  return children.map((child) => wordsOf(child)).join(holdsBlocks ? '\n' : '');
}

function wordsOfText(text: Y.XmlText): string {
  const parts: readonly { insert?: unknown }[] = text.toDelta();
  return parts.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');
}
