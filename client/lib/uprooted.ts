import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';

/** Words in their run of text, and what stands around them there. */
export type Rooted = {
  readonly run: Y.XmlText;
  readonly before: string;
  readonly words: string;
  readonly after: string;
};

/** Where words belong whose run is gone: another one took its place, without them. */
export type Uprooted = { readonly run: Y.XmlText; readonly at: number; readonly words: string };

/** How far around the words is looked, to find their place again. */
const AROUND = 20;

/** What this edit of ours put into runs of the text, as far as it stands there now. */
export function rootedBy(doc: Y.Doc, update: Uint8Array): readonly Rooted[] {
  const own = Y.decodeUpdate(update).structs.filter(({ id }) => id.client === doc.clientID);
  const isOwn = (clock: number) =>
    own.some(({ id, length }) => clock >= id.clock && clock < id.clock + length);
  const runs = new Set<Y.XmlText>();
  for (const { id } of own) {
    const item = Y.getItem(doc.store, id);
    if (item instanceof Y.Item && item.parent instanceof Y.XmlText) runs.add(item.parent);
  }
  return [...runs]
    .map((run) => ({ run, ...partsOf(run, ({ client, clock }) => client === doc.clientID && isOwn(clock)) }))
    .filter(({ words }) => words !== '');
}

function partsOf(run: Y.XmlText, isOurs: (id: Y.ID) => boolean) {
  const parts = { before: '', words: '', after: '' };
  for (let item = run._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    const { client, clock } = item.id;
    const { str } = item.content;
    for (let index = 0; index < str.length; index += 1) {
      const letter = str.charAt(index);
      if (isOurs(Y.createID(client, clock + index))) parts.words += letter;
      else if (parts.words === '') parts.before += letter;
      else parts.after += letter;
    }
  }
  return parts;
}

/**
 * Yjs moves nothing: whoever makes a heading or an item of a list out of a paragraph takes it away and puts a copy in its
 * place, and what somebody wrote there meanwhile goes with it. Finds the copy by the letters around it, among what is new
 * since these clocks. Null: nothing happened to the words, or their paragraph was taken away for good.
 */
export function uprooted(
  doc: Y.Doc,
  since: ReadonlyMap<number, number>,
  { run, before, words, after }: Rooted,
): Uprooted | null {
  if (run._item?.deleted !== true) return null;
  const isNew = ({ _item: item }: Y.XmlText) =>
    item !== null && item.id.clock >= (since.get(item.id.client) ?? 0);
  const copies = [...doc.getXmlFragment(TEXT_FRAGMENT).createTreeWalker(() => true)]
    .filter((node) => node instanceof Y.XmlText)
    .filter(isNew);
  const [left, right] = [before.slice(-AROUND), after.slice(0, AROUND)];
  let best: { readonly run: Y.XmlText; readonly at: number; readonly alike: number } | null = null;
  for (const copy of copies) {
    const letters = lettersOf(copy);
    for (let at = 0; at <= letters.length; at += 1) {
      const alike =
        sameEnd(left, letters.slice(Math.max(0, at - AROUND), at)) + sameBeginning(right, letters.slice(at));
      if (best === null || alike > best.alike) best = { run: copy, at, alike };
    }
  }
  // Half of it at least: what is less alike is another paragraph.
  if (best === null || best.alike === 0 || 2 * best.alike < left.length + right.length) return null;
  return { run: best.run, at: best.at, words };
}

function lettersOf(run: Y.XmlText): string {
  return partsOf(run, () => false).before;
}

function sameBeginning(one: string, other: string): number {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count += 1;
  return count;
}

function sameEnd(one: string, other: string): number {
  let count = 0;
  while (count < one.length && one[one.length - 1 - count] === other[other.length - 1 - count]) count += 1;
  return count;
}
