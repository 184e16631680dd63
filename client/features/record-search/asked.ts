import { RecordQuery } from '../../../core/contract/record-search.ts';

/** What a search asks for, as its form and its address have it: a year instead of two instants. */
export type Asked = Pick<RecordQuery, 'q' | 'topic' | 'kind' | 'role' | 'studioId' | 'template'> & {
  readonly year?: number;
};

const FIELDS = ['q', 'topic', 'kind', 'role', 'studioId', 'template'] as const;

/** What an address asks for; what it cannot ask for is left out. */
export function readAsked(search: string): Asked {
  const given = new URLSearchParams(search);
  const asked: Record<string, unknown> = {};
  for (const name of FIELDS) {
    const value = RecordQuery.shape[name].safeParse(given.get(name) ?? undefined);
    if (value.success && value.data !== undefined) asked[name] = value.data;
  }
  const year = Number(given.get('year'));
  return /^\d{4}$/.test(given.get('year') ?? '') ? { ...asked, year } : asked;
}

/** The address that asks for it. */
export function addressOf(asked: Asked): string {
  const given = new URLSearchParams();
  for (const name of [...FIELDS, 'year'] as const) {
    const value = asked[name];
    if (value !== undefined) given.set(name, String(value));
  }
  const search = given.toString();
  return search === '' ? '/archives' : `/archives?${search}`;
}

/** As the server is asked: a year is one of this device's calendar. */
export function queryOf({ year, ...asked }: Asked, after: string | null): RecordQuery {
  const since = (of: number) => new Date(of, 0, 1).toISOString();
  return {
    ...asked,
    ...(year === undefined ? {} : { from: since(year), to: since(year + 1) }),
    ...(after === null ? {} : { after }),
  };
}

/** Years from the first sealed record on, the newest first. */
export function yearsSince(since: string | null, now: Date): readonly number[] {
  if (since === null) return [];
  const first = new Date(since).getFullYear();
  return Array.from({ length: Math.max(1, now.getFullYear() - first + 1) }, (_, n) => now.getFullYear() - n);
}
