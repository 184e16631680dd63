import type { RecordHit, RecordScope } from '../../core/contract/record-search.ts';
import type { OrgId, PersonId } from '../../core/domain/ids.ts';
import type { FoundKind } from '../../core/domain/record/kinds.ts';

/** Whose search it is: sessions where they have a seat, and those of the house whose office they hold. */
export type RecordReader = {
  readonly personId: PersonId;
  readonly house: { readonly orgId: OrgId; readonly hasPrivate: boolean } | null;
};

/** What is looked for: q, and what its meeting or item is about where that is not null. Without a word nothing is found. */
export type RecordAsked = {
  readonly q: string;
  readonly topic: string | null;
  readonly kind: FoundKind | null;
  readonly role: string | null;
  readonly studioId: string | null;
  readonly template: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly after: { readonly sealedAt: string; readonly sessionId: string; readonly no: number } | null;
  readonly limit: number;
};

/** A hit with all of its words, and its place. */
/** words: as far as a snippet looks. */
export type FoundRow = Omit<RecordHit, 'snippet'> & { readonly no: number; readonly words: string };

/** Sealed records, looked through; who may read what is asked in the statement itself [AR3]. */
export type RecordSearch = {
  /** words: q, cut into words by the function that cut what is written [AR4]; total: whatever page is asked for. */
  readonly find: (
    reader: RecordReader,
    asked: RecordAsked,
  ) => Promise<{
    readonly rows: readonly FoundRow[];
    readonly total: number;
    readonly words: readonly string[];
  }>;
  readonly scopeOf: (reader: RecordReader) => Promise<RecordScope>;
};
