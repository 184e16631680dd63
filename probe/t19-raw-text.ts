import * as Y from 'yjs';
import { archiveRoutes } from '../core/contract/archives.ts';
import { plainText, TEXT_FRAGMENT } from '../core/domain/outcome.ts';
import { cameTrue } from '../server/testing/until.ts';
import { makeStage } from './stage.ts';
import { openText, syncFrame } from './text-socket.ts';
import type { World } from './world.ts';

const BAD = /javascript:|onerror|script|iframe|evil/i;
/** How deep elements lie in each other that no editor nests. */
const DEPTH = 20_000;
const NEIGHBOURS = ['邻居甲', '邻居乙'];
const HEARD_MS = 5_000;

/** What somebody who may write builds in a text past every editor. */
const BUILT: Readonly<Record<string, () => Y.XmlElement>> = {
  'a link to javascript:': () => paragraphWith({ link: { href: 'javascript:alert("evil")' } }),
  'a citation of something else': () =>
    paragraphWith({ citation: { own: 'evil', kind: 'script', id: '../..' } }),
  'an image with a handler': () => withAttributes('image', { src: 'x', onerror: 'alert("evil")' }),
  'a script': () => withAttributes('script', {}, 'alert("evil")'),
  'a frame with markup of its own': () => withAttributes('iframe', { srcdoc: '<script>evil</script>' }),
  'an attribute that is a list': () => withAttributes('heading', { level: ['evil'] as unknown as string }),
  'an attribute that is an object': () =>
    withAttributes('paragraph', { style: { evil: 1 } as unknown as string }),
  'a heading of level 99': () => withAttributes('heading', { level: 99 as unknown as string }, 'evil'),
};

/** Raw content of the shared text, past the editor: nothing of it is stored, shown or sealed, and no neighbour goes with it. */
export async function rawText(world: World): Promise<void> {
  const cast = { host: 'host', member: 'member', resident: 'resident' } as const;
  const stage = await makeStage(world, { title: 'T19', cast, opens: true, purpose: 't19' });
  const honest = await openText(stage.person('member').browser, stage.documentId);
  if (typeof honest === 'number') throw new Error(`a member may not write: ${honest}`);
  for (const words of NEIGHBOURS)
    world.book.same('T19', `an honest paragraph: ${words}`, 'saved', await honest.write(words));
  const sent = Object.entries(BUILT).map(([name, build]) => [name, () => updateOf(build())] as const);
  for (const [name, update] of [...sent, [`${DEPTH} lists in each other`, nestedUpdate] as const]) {
    const socket = await openText(stage.chair.browser, stage.documentId);
    if (typeof socket === 'number') {
      world.book.same('T19', name, 'let in to write', String(socket));
      continue;
    }
    socket.send(syncFrame(2, update()));
    const isCut = await cameTrue(HEARD_MS, () => !socket.isOpen());
    socket.close();
    world.book.same('T19', `${name}, from whoever may write`, 'cut off', isCut ? 'cut off' : 'still open');
  }
  const reader = await openText(stage.person('resident').browser, stage.documentId);
  const shown = typeof reader === 'number' ? String(reader) : reader.text();
  if (typeof reader !== 'number') reader.close();
  judge(world, 'what a reader is sent afterwards', shown);
  world.book.same('T19', 'whoever wrote honestly goes on', 'saved', await honest.write('邻居丙'));
  honest.close();
  await stage.does(stage.chair, { type: 'closeSession' });
  const params = { sessionId: stage.sessionId };
  const { outcome } = await stage.chair.browser.call(archiveRoutes.getArchive, { params });
  judge(world, 'the sealed text', `${plainText(outcome)} ${JSON.stringify(outcome)}`);
}

function judge(world: World, what: string, came: string): void {
  const found = BAD.exec(came)?.[0];
  const missing = NEIGHBOURS.filter((words) => !came.includes(words));
  world.book.same(
    'T19',
    what,
    'nothing of it, and every neighbour',
    found === undefined && missing.length === 0
      ? 'nothing of it, and every neighbour'
      : `${found ?? 'nothing of it'}, without ${missing.join('、') || 'nobody'}`,
  );
}

/** An update that depends on nothing: it goes to the head of any text. */
function updateOf(element: Y.XmlElement): Uint8Array {
  const doc = new Y.Doc();
  doc.getXmlFragment(TEXT_FRAGMENT).insert(0, [element]);
  return Y.encodeStateAsUpdate(doc);
}

function paragraphWith(marks: Record<string, unknown>): Y.XmlElement {
  const text = new Y.XmlText();
  text.insert(0, 'evil', marks);
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [text]);
  return paragraph;
}

function withAttributes(
  name: string,
  attributes: Readonly<Record<string, string>>,
  words = '',
): Y.XmlElement {
  const element = new Y.XmlElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (words !== '') element.insert(0, [new Y.XmlText(words)]);
  return element;
}

/** Level by level from the outermost: whoever builds it at once runs out of stack themselves. */
function nestedUpdate(): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => {
    let outer: Y.XmlFragment = doc.getXmlFragment(TEXT_FRAGMENT);
    for (let depth = 0; depth < DEPTH; depth += 1) {
      const inner = new Y.XmlElement(depth % 2 === 0 ? 'bulletList' : 'listItem');
      outer.insert(0, [inner]);
      outer = inner;
    }
  });
  return Y.encodeStateAsUpdate(doc);
}
