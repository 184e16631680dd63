import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';

/** An honest text with something of everything: a heading, a paragraph, a list. */
export function honestText(doc: Y.Doc): void {
  doc.transact(() => {
    const item = element('listItem', element('paragraph', new Y.XmlText('一点')));
    const heading = element('heading', new Y.XmlText('题目'));
    heading.setAttribute('level', 1 as unknown as string);
    const paragraph = element('paragraph', new Y.XmlText('诚实的一段'));
    doc.getXmlFragment(TEXT_FRAGMENT).insert(0, [heading, paragraph, element('bulletList', item)]);
  });
}

export function element(name: string, ...children: readonly (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement(name);
  made.insert(0, [...children]);
  return made;
}

/** A citation as an editor of ours would put it, but for what is given. */
const citationOf = (strange: Record<string, unknown>) => ({
  own: '3d0a0a52-6d2b-4d43-8d7e-0c6a2f3b1a01',
  kind: 'view',
  id: '3d0a0a52-6d2b-4d43-8d7e-0c6a2f3b1a02',
  ...strange,
});

const cite = (doc: Y.Doc, value: unknown): void =>
  runOf(block(doc, PARAGRAPH)).insert(0, '\u2005', { citation: value });

const block = (doc: Y.Doc, index: number) => doc.getXmlFragment(TEXT_FRAGMENT).get(index) as Y.XmlElement;
const [HEADING, PARAGRAPH, LIST] = [0, 1, 2];
const runOf = (node: Y.XmlElement) => node.get(0) as Y.XmlText;

/** Puts something into a list by hand: the types of Yjs would not let it in. */
function force(
  doc: Y.Doc,
  content: Y.Item['content'],
  where: { parent: Y.Item['parent']; key?: string; left?: Y.Item; right?: Y.Item },
): void {
  doc.transact((transaction) => {
    const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
    const { parent, key = null, left = null, right = null } = where;
    new Y.Item(id, left, left?.lastId ?? null, right, right?.id ?? null, parent, key, content).integrate(
      transaction,
      0,
    );
  });
}

const itemOf = (type: Y.XmlElement | Y.XmlText): Y.Item => {
  if (type._item === null) throw new Error('the text itself');
  return type._item;
};

const levelOf = (doc: Y.Doc): Y.Item => {
  const level = block(doc, HEADING)._map.get('level');
  if (level === undefined) throw new Error('no level');
  return level;
};

/**
 * What one person can do to honestText that makes everybody's editor delete a neighbour, or give the text up: each
 * thing known, but where it may not stand [W11].
 */
export const MISPLACED: Readonly<Record<string, (doc: Y.Doc) => void>> = {
  'a paragraph in a paragraph': (doc) => block(doc, PARAGRAPH).insert(0, [element('paragraph')]),
  'a paragraph in a heading': (doc) => block(doc, HEADING).push([element('paragraph')]),
  'a heading in a list': (doc) => block(doc, LIST).insert(0, [element('heading')]),
  'a list in a list': (doc) => block(doc, LIST).insert(0, [element('orderedList')]),
  'a run in a list': (doc) => block(doc, LIST).insert(0, [new Y.XmlText('x')]),
  'a run in a point': (doc) => (block(doc, LIST).get(0) as Y.XmlElement).insert(0, [new Y.XmlText('x')]),
  'a point outside of a list': (doc) => doc.getXmlFragment(TEXT_FRAGMENT).insert(0, [element('listItem')]),
  'a run outside of a block': (doc) => doc.getXmlFragment(TEXT_FRAGMENT).insert(0, [new Y.XmlText('x')]),
  'a break outside of a block': (doc) => doc.getXmlFragment(TEXT_FRAGMENT).insert(0, [element('hardBreak')]),
  'something in a rule': (doc) =>
    doc.getXmlFragment(TEXT_FRAGMENT).insert(0, [element('horizontalRule', element('paragraph'))]),
  'words outside of a block': (doc) =>
    force(doc, new Y.ContentString('x'), { parent: doc.getXmlFragment(TEXT_FRAGMENT) }),
  'words beside a block': (doc) =>
    force(doc, new Y.ContentString('x'), {
      parent: doc.getXmlFragment(TEXT_FRAGMENT),
      left: itemOf(block(doc, PARAGRAPH)),
      right: itemOf(block(doc, LIST)),
    }),
  'words beside a run': (doc) => {
    const run = runOf(block(doc, PARAGRAPH));
    force(doc, new Y.ContentString('x'), { parent: block(doc, PARAGRAPH), left: itemOf(run) });
  },
  'a mark beside a run': (doc) => {
    const run = runOf(block(doc, PARAGRAPH));
    force(doc, new Y.ContentFormat('bold', true), {
      parent: block(doc, PARAGRAPH),
      left: itemOf(run),
    });
  },
  'a node in a run': (doc) => {
    const run = runOf(block(doc, PARAGRAPH));
    force(doc, new Y.ContentType(new Y.XmlElement('paragraph')), { parent: run });
  },
  'words as an attribute': (doc) => {
    force(doc, new Y.ContentString('Z'), { parent: block(doc, HEADING), key: 'level', left: levelOf(doc) });
  },
  'a node as an attribute': (doc) =>
    force(doc, new Y.ContentType(new Y.XmlElement('paragraph')), {
      parent: block(doc, HEADING),
      key: 'level',
      left: levelOf(doc),
    }),
  'an attribute of another node': (doc) =>
    block(doc, PARAGRAPH).setAttribute('start', 3 as unknown as string),
  'an attribute of a run': (doc) => runOf(block(doc, PARAGRAPH)).setAttribute('level', 1),
  'an attribute of the text': (doc) =>
    force(doc, new Y.ContentAny([1]), { parent: doc.getXmlFragment(TEXT_FRAGMENT), key: 'level' }),
  'a citation of nothing': (doc) => cite(doc, {}),
  'a citation that is only true': (doc) => cite(doc, true),
  'a citation of a person': (doc) => cite(doc, citationOf({ kind: 'person' })),
  'a citation by no id': (doc) => cite(doc, citationOf({ id: 'javascript:alert(1)' })),
  'a citation without an id of its own': (doc) => cite(doc, citationOf({ own: null })),
  'a citation with more to it': (doc) => cite(doc, citationOf({ href: 'https://a.cn' })),
  'a citation of many': (doc) => cite(doc, [citationOf({})]),
  'a citation as a node': (doc) => block(doc, PARAGRAPH).push([element('citation')]),
  'neighbours of two lists': (doc) => {
    const [one, other] = [runOf(block(doc, HEADING)), runOf(block(doc, PARAGRAPH))];
    const [left, right] = [one._start, other._start];
    if (left === null || right === null) throw new Error('no words');
    force(doc, new Y.ContentString('x'), { parent: one, left, right });
  },
};
