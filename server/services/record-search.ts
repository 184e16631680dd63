import type { recordSearchRoutes, RecordQuery } from '../../core/contract/record-search.ts';
import type { ReplyOf } from '../../core/contract/route.ts';
import { OrgId } from '../../core/domain/ids.ts';
import type { FoundRow, RecordReader, RecordSearch } from '../ports/record-search.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { snippetOf } from './snippets.ts';

type Reply = ReplyOf<typeof recordSearchRoutes.searchRecords>;

/** Hits of one page. */
const PAGE = 20;

export type RecordSearchService = ReturnType<typeof createRecordSearchService>;

/** Looks through the sealed records that somebody may read [AR3]. */
export function createRecordSearchService({ search }: { readonly search: RecordSearch }) {
  return {
    search: async (who: SignedIn, query: RecordQuery): Promise<Reply> => {
      const reader = readerOf(who);
      const [{ rows, total, words }, scope] = await Promise.all([
        search.find(reader, {
          q: query.q ?? '',
          topic: query.topic ?? null,
          kind: query.kind ?? null,
          role: query.role ?? null,
          studioId: query.studioId ?? null,
          template: query.template ?? null,
          from: query.from ?? null,
          to: query.to ?? null,
          after: placeOf(query.after),
          limit: PAGE + 1,
        }),
        search.scopeOf(reader),
      ]);
      const shown = rows.slice(0, PAGE);
      const last = shown[shown.length - 1];
      return {
        hits: shown.map(({ words: text, no: _no, ...hit }) => ({ ...hit, snippet: snippetOf(text, words) })),
        total,
        next: rows.length > PAGE && last !== undefined ? nextOf(last) : null,
        words: [...words],
        scope,
      };
    },
  };
}

function readerOf({ personId, office, orgId }: SignedIn): RecordReader {
  if (office === null || orgId === null) return { personId, house: null };
  return { personId, house: { orgId: OrgId.parse(orgId), hasPrivate: office === 'admin' } };
}

function nextOf({ sealedAt, sessionId, no }: FoundRow): string {
  return `${sealedAt}_${sessionId}_${no}`;
}

function placeOf(after: string | undefined) {
  if (after === undefined) return null;
  const [sealedAt = '', sessionId = '', no = ''] = after.split('_');
  return { sealedAt, sessionId, no: Number(no) };
}
