/** 一致同意 基本一致 存在分歧 另行研究: how far a point of the text is agreed on. */
export const LEVELS = ['unanimous', 'broad', 'divided', 'further'] as const;
export type Level = (typeof LEVELS)[number];

/** The words of a level as they stand in a text, in the languages of ours. */
const SAID: Readonly<Record<Level, string>> = {
  unanimous: '一致同意|unanimous',
  broad: '基本一致|broad agreement',
  divided: '存在分歧|differences remain',
  further: '另行研究|further study',
};

const NOTE = `[（(](?:${Object.values(SAID).join('|')})[）)]`;
const AT_END = new RegExp(`${NOTE}(?=[。.]?\\s*$)`, 'i');
const AHEAD = new RegExp(`^${NOTE}[。.]?`, 'i');

/** A level as a point of the text ends with it: （基本一致）; from and to are letters of the words. */
export type LevelNote = { readonly level: Level; readonly from: number; readonly to: number };

/** The level that words end with, before their full stop and citations; null: none [O17]. */
export function levelOfPoint(words: string): LevelNote | null {
  const found = AT_END.exec(words);
  if (found === null) return null;
  const [note] = found;
  const level = LEVELS.find((one) => new RegExp(SAID[one], 'i').test(note));
  return level === undefined ? null : { level, from: found.index, to: found.index + note.length };
}

/** How many letters a level takes at a place of words, with its full stop; 0: none stands there. */
export function levelLettersAt(words: string, at: number): number {
  return AHEAD.exec(words.slice(at, at + 40))?.[0].length ?? 0;
}
