import { readCitations } from '../citing.ts';
import type { Room } from '../room/state.ts';
import type { Stance, View } from '../views.ts';
import { noteOf, notesOf } from './notes.ts';
import { oneLine, standingViews } from './parts.ts';
import type { DocumentRecord } from './record.ts';
import { paragraph, type Block, type Run } from './tree.ts';

type Note = (words: string) => number;

/** A numbered point. */
export function point(n: number, runs: Run[]): Block {
  return { kind: 'paragraph', mark: `${n}.`, runs };
}

/** Views as numbered points, each with whose it is as a footnote; of more than so many it is told where they are. */
export function viewPoints(room: Room, views: readonly View[], to: { note: Note; most: number }): Block[] {
  const told = views.slice(0, to.most).map((view, at) => {
    const note = to.note(noteOf(room, { kind: 'view', id: view.id }));
    return point(at + 1, [{ words: oneLine(view.text) }, { note }]);
  });
  const left = views.length - told.length;
  return left === 0 ? told : [...told, paragraph(`另有${left}条意见，见归档记录。`)];
}

/** The sentences of what was agreed, each with what it rests on. */
export function agreedIn({ room, outcome }: Pick<DocumentRecord, 'room' | 'outcome'>, note: Note): Block[] {
  const words = notesOf(room, outcome);
  const agreed = readCitations(outcome).sentences.filter(({ isConsensus }) => isConsensus);
  if (agreed.length === 0) return [paragraph('见协商纪要。')];
  return agreed.map((sentence, n) =>
    point(n + 1, [
      { words: sentence.words },
      ...sentence.citations.map(({ number }): Run => ({ note: note(words[number - 1] ?? '') })),
    ]),
  );
}

/** Views that are read, of some stances, key points first. */
export function viewsOf(room: Room, stances: (stance: Stance) => boolean): View[] {
  return keyPointsFirst(standingViews(room).filter(({ stance }) => stances(stance)));
}

function keyPointsFirst(views: readonly View[]): View[] {
  return [
    ...views.filter(({ keyPoint }) => keyPoint !== undefined),
    ...views.filter(({ keyPoint }) => keyPoint === undefined),
  ];
}

/** Things of a session by the item that they were said on, and what was said on none; items of nothing are left out. */
export function byItem<T extends { readonly itemId: string | null }>(
  { agenda }: Pick<Room, 'agenda'>,
  all: readonly T[],
): { readonly title: string; readonly said: readonly T[] }[] {
  const known = new Set<string>(agenda.map(({ id }) => id));
  const items = agenda.map(({ id, title }) => ({ title, said: all.filter(({ itemId }) => itemId === id) }));
  const rest = all.filter(({ itemId }) => itemId === null || !known.has(itemId));
  return [...items, { title: '会前和其他意见', said: rest }].filter(({ said }) => said.length > 0);
}
