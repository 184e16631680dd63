import { recordSearchRoutes } from '../../../core/contract/record-search.ts';
import type { ReplyOf } from '../../../core/contract/route.ts';
import { call } from '../../lib/api.ts';
import { queryOf, type Asked } from './asked.ts';

export type FoundPage = ReplyOf<typeof recordSearchRoutes.searchRecords>;

/** A page of what is found, behind another. Throws ApiError. */
export function loadFound(asked: Asked, after: string | null, signal: AbortSignal): Promise<FoundPage> {
  return call(recordSearchRoutes.searchRecords, { query: queryOf(asked, after), signal });
}
