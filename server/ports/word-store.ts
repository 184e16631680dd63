import type { ListedWord } from '../../core/contract/word-list.ts';
import type { OrgId, WordId } from '../../core/domain/ids.ts';
import type { WordAct } from '../../core/domain/word-list.ts';

/** Lists of words at rest. */
export type WordStore = {
  /** By word. */
  readonly list: (orgId: OrgId) => Promise<readonly ListedWord[]>;
  /** All of them or none; false: the list would be longer than max. One with a known key gets the new word and act. */
  readonly put: (
    orgId: OrgId,
    wanted: {
      readonly words: readonly { readonly id: WordId; readonly word: string; readonly key: string }[];
      readonly act: WordAct;
      readonly max: number;
    },
  ) => Promise<boolean>;
  readonly remove: (orgId: OrgId, wordId: WordId) => Promise<void>;
};
