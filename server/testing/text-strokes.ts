import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import { Citation, CITATION_LETTERS } from '../../core/domain/citation.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import type { Chance } from '../../load/chance.ts';
import type { TextWriter } from './text-writer.ts';

/** Marks stand in paragraphs, which nobody takes away; headings come and go with whatever is in them. */
const [KEPT, PASSING] = ['paragraph', 'heading'] as const;
const LONGEST_FILLING = 12;

/** Undoing takes back what was done with this origin: never a mark, of which the ledger must know. */
export const FILLING = 'filling';

/** Writes a mark that stands nowhere else, at a place of chance; every other one holds a citation. */
export function writeMark({ doc, ledger, name }: TextWriter, chance: Chance): void {
  const cites = ledger.length() % 2 === 0;
  const mark = `〔${name}.${ledger.length()}${cites ? CITATION_LETTERS[0] : ''}〕`;
  // Before the text changes: whoever hears of the change may be told at once that it is saved.
  ledger.note({ kind: 'write', mark });
  doc.transact(() => {
    const all = runsIn(doc, KEPT);
    const run = all.length === 0 || chance.next() < 0.1 ? addBlock(doc, KEPT, chance) : oneOf(all, chance);
    if (run === undefined) return;
    const place = oneOf(gapsIn(plainOf(run)), chance) ?? 0;
    run.insert(place, mark);
    if (cites) run.format(place + mark.length - 2, 1, { citation: citationOf(mark) });
  });
}

/** The citation that a mark holds: nobody else's. */
function citationOf(mark: string): Citation {
  const hex = createHash('sha256').update(mark).digest('hex');
  const own = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return Citation.parse({ own, kind: 'view', id: own });
}

/** Citations that stand anywhere but in the mark that holds them, and marks that have lost theirs; [] when none is [O5]. */
export function brokenCitations(doc: Y.Doc): string[] {
  return runsIn(doc, KEPT).flatMap((run) => {
    const pieces: { insert: string; attributes?: Record<string, unknown> }[] = run.toDelta();
    const owns = pieces.flatMap(({ insert, attributes }) =>
      Array.from({ length: insert.length }, () => Citation.safeParse(attributes?.['citation']).data?.own),
    );
    const words = plainOf(run);
    const wanted = new Map<number, string>();
    for (const { 0: mark, index } of words.matchAll(/〔[^〕]*〕/g))
      if (mark.includes(CITATION_LETTERS[0])) wanted.set(index + mark.length - 2, citationOf(mark).own);
    return owns.flatMap((own, at) => (own === wanted.get(at) ? [] : [`letter ${at} of ${words} has ${own}`]));
  });
}

/** Takes out one of the marks that this person wrote, if any is left. */
export function eraseMark({ doc, ledger }: TextWriter, chance: Chance): void {
  const gone = new Set(ledger.strokes().flatMap(({ kind, mark }) => (kind === 'erase' ? [mark] : [])));
  const mark = oneOf(
    ledger.strokes().flatMap(({ kind, mark }) => (kind === 'write' && !gone.has(mark) ? [mark] : [])),
    chance,
  );
  const run = mark === undefined ? undefined : runsIn(doc, KEPT).find((one) => plainOf(one).includes(mark));
  if (mark === undefined || run === undefined) return;
  ledger.note({ kind: 'erase', mark });
  run.delete(plainOf(run).indexOf(mark), mark.length);
}

/** Something of which no ledger needs to know: headings, words in them, bold words, and the end of all that. */
export function fill({ doc }: TextWriter, chance: Chance): void {
  doc.transact(() => {
    const headings = runsIn(doc, PASSING);
    const dice = chance.next();
    if (dice < 0.25 || headings.length === 0) addBlock(doc, PASSING, chance);
    else if (dice < 0.5) oneOf(headings, chance)?.insert(0, '填'.repeat(1 + chance.below(LONGEST_FILLING)));
    else if (dice < 0.8) embolden(oneOf([...headings, ...runsIn(doc, KEPT)], chance), chance);
    else removeBlock(doc, chance);
  }, FILLING);
}

/** Every word of a text, without what they look like. */
export function plainWords(doc: Y.Doc): string {
  return [...doc.getXmlFragment(TEXT_FRAGMENT).createTreeWalker(() => true)]
    .map((node) => (node instanceof Y.XmlText ? plainOf(node) : ''))
    .join('');
}

function embolden(run: Y.XmlText | undefined, chance: Chance): void {
  if (run === undefined || run.length === 0) return;
  const from = chance.below(run.length);
  run.format(from, 1 + chance.below(run.length - from), { bold: chance.next() < 0.6 ? {} : null });
}

function addBlock(doc: Y.Doc, kind: typeof KEPT | typeof PASSING, chance: Chance): Y.XmlText {
  const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
  const block = new Y.XmlElement<{ level: number }>(kind);
  if (kind === PASSING) block.setAttribute('level', 1 + chance.below(3));
  const run = new Y.XmlText();
  block.insert(0, [run]);
  fragment.insert(chance.below(fragment.length + 1), [block as unknown as Y.XmlElement]);
  return run;
}

function removeBlock(doc: Y.Doc, chance: Chance): void {
  const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
  const places = fragment
    .toArray()
    .flatMap((node, index) => (node instanceof Y.XmlElement && node.nodeName === PASSING ? [index] : []));
  const place = oneOf(places, chance);
  if (place !== undefined) fragment.delete(place, 1);
}

function runsIn(doc: Y.Doc, kind: string): Y.XmlText[] {
  return doc
    .getXmlFragment(TEXT_FRAGMENT)
    .toArray()
    .flatMap((node) => (node instanceof Y.XmlElement && node.nodeName === kind ? node.toArray() : []))
    .filter((node) => node instanceof Y.XmlText);
}

function plainOf(run: Y.XmlText): string {
  return (run.toDelta() as { insert: unknown }[]).map(({ insert }) => insert).join('');
}

/** Places between two marks, so that none is torn apart. */
function gapsIn(words: string): number[] {
  return [0, ...[...words.matchAll(/〕/g)].map(({ index }) => index + 1)];
}

function oneOf<T>(some: readonly T[], chance: Chance): T | undefined {
  return some[chance.below(some.length)];
}
