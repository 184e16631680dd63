import { z } from 'zod';
import { WordId } from '../domain/ids.ts';
import { LIMITS } from '../domain/limits.ts';
import { ListedText, WordAct } from '../domain/word-list.ts';
import { DOORS } from './limits.ts';
import { none } from './none.ts';
import { route } from './route.ts';

/** A word of the list as the administrator reads it. */
export const ListedWord = z.strictObject({ id: WordId, word: z.string(), act: WordAct });
export type ListedWord = z.infer<typeof ListedWord>;

const List = z.strictObject({ words: z.array(ListedWord) });

const base = {
  auth: 'person',
  rate: 'command',
  isIdempotent: false,
  bodyBytes: DOORS.bodyBytes,
  params: none,
  query: none,
  body: none,
  reply: List,
} as const;

/** The list of words of an organisation: its administrator's alone to read and to keep [X10]. */
export const wordRoutes = {
  listWords: route({
    ...base,
    method: 'GET',
    path: '/api/words',
    summary: 'The list of words of my organisation; the administrator.',
    rate: 'read',
  }),
  putWords: route({
    ...base,
    method: 'POST',
    path: '/api/words',
    summary:
      'Put words on the list of my organisation; one that is there already gets the new act. Errors: WORD_LIST_FULL (max).',
    body: z.strictObject({ words: z.array(ListedText).min(1).max(LIMITS.listedWordsAtOnce), act: WordAct }),
  }),
  removeWord: route({
    ...base,
    method: 'DELETE',
    path: '/api/words/:wordId',
    summary: 'Take a word off the list of my organisation. Twice is the same as once.',
    params: z.strictObject({ wordId: WordId }),
  }),
};
