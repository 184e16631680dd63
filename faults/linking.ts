import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { canonical } from '../core/domain/canonical.ts';
import { fastDigest } from '../server/digest.ts';

// Who cast which ballot, as somebody tries to find out who has everything: every row of every table with the transaction and
// the place that PostgreSQL keeps of it, every frame that left a socket, and every line of the log. It knows the voters by all
// their ids and takes nothing for granted but that each paper is one of theirs.

/** A row as it lies in its table: its place on the disk, its transaction, and everything in it. */
export type DumpRow = {
  readonly xmin: number;
  readonly text: string;
  readonly columns: Readonly<Record<string, unknown>>;
};

/** Everything that there is; rows in the order of their places. */
export type Dump = {
  readonly tables: Readonly<Record<string, readonly DumpRow[]>>;
  readonly frames: readonly string[];
  readonly log: readonly string[];
};

/** Somebody who voted: all ids they are known by, and, which no linker sees, what they chose. */
export type Suspect = { readonly ids: readonly string[]; readonly paper: unknown };

/** How often a way of linking names the right paper, and how often guessing does. Both are shares. */
export type Linked = { readonly way: string; readonly share: number; readonly chance: number };

/** Reads every table of a database as it lies there. */
export async function dumpOf(pool: Pick<Pool, 'query'>, heard: Pick<Dump, 'frames' | 'log'>): Promise<Dump> {
  const { rows } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  const tables: Record<string, readonly DumpRow[]> = {};
  for (const { name } of rows) {
    const found = await pool.query<{ xmin: string; columns: Record<string, unknown> }>(
      `select xmin::text, to_jsonb(t) as columns from "${name}" t order by ctid`,
    );
    tables[name] = found.rows.map(({ xmin, columns }) => {
      return { xmin: Number(xmin), columns, text: JSON.stringify(columns) };
    });
  }
  return { tables, ...heard };
}

/** Which suspect an id is of. */
type Numbers = ReadonlyMap<string, number>;

/** What a way of linking claims: the voter of that number cast the ballot in this row. */
type Claims = ReadonlyMap<number, DumpRow>;
type Order<T> = readonly (readonly [name: string, order: readonly T[]])[];

/** Tries every way to join the papers in a table with the voters, the best first. */
export function linked(dump: Dump, ballots: string, suspects: readonly Suspect[]): readonly Linked[] {
  const numberOf: Numbers = new Map(suspects.flatMap(({ ids }, n) => ids.map((id) => [id, n] as const)));
  const papers = dump.tables[ballots] ?? [];
  const truth = suspects.map(({ paper }) => canonical(paper));
  const said = new Map(papers.map((row) => [row, canonical(row.columns['paper'])]));
  const people = ordersOfPeople(dump, ballots, numberOf);
  const rows = ordersOfRows(dump, papers);
  const ways: [string, Claims][] = people.flatMap(([who, voters]) =>
    rows.flatMap(([what, order]): [string, Claims][] => [
      [`${who} × ${what}`, inRank(voters, order)],
      [`${who} × ${what}, backwards`, inRank(voters, [...order].reverse())],
    ]),
  );
  const joins = joinsOf(dump, { ballots, papers, suspects, numberOf });
  return [...ways, ...joins]
    .map(([way, claims]) => {
      const hits = [...claims].filter(([n, row]) => said.get(row) === truth[n]).length;
      return { way, share: hits / Math.max(1, suspects.length), chance: 1 / Math.max(1, papers.length) };
    })
    .sort((a, b) => b.share - a.share);
}

function inRank(voters: readonly number[], rows: readonly DumpRow[]): Claims {
  return new Map(
    voters.flatMap((n, rank) => {
      const row = rows[rank];
      return row === undefined ? [] : [[n, row] as const];
    }),
  );
}

/** In which orders people come: by place and by transaction in each table (of events, for each type), in frames, in the log. */
function ordersOfPeople({ tables, frames, log }: Dump, ballots: string, numberOf: Numbers) {
  const orders: [string, number[]][] = [];
  const add = (name: string, texts: readonly string[]): void => {
    const order = mentionsIn(texts, numberOf);
    if (order.length > 1)
      orders.push([name, order], [`${name}, at last`, mentionsIn([...texts].reverse(), numberOf).reverse()]);
  };
  for (const [table, all] of Object.entries(tables)) {
    if (table === ballots) continue;
    const parts = new Map<string, DumpRow[]>();
    for (const row of all) {
      const { type } = row.columns;
      const kind = typeof type === 'string' ? `${table} ${type}` : table;
      const part = parts.get(kind);
      if (part === undefined) parts.set(kind, [row]);
      else part.push(row);
    }
    for (const [kind, rows] of parts) {
      add(
        `${kind} by place`,
        rows.map(({ text }) => text),
      );
      add(
        `${kind} by transaction`,
        byXmin(rows).map(({ text }) => text),
      );
    }
  }
  add('frames', frames);
  add('log', log);
  return orders satisfies Order<number>;
}

/** Voters in the order in which texts first name them. */
function mentionsIn(texts: readonly string[], numberOf: Numbers): number[] {
  const seen = new Set<number>();
  for (const text of texts)
    for (const [id] of text.matchAll(TOKEN)) {
      const n = numberOf.get(id);
      if (n !== undefined) seen.add(n);
    }
  return [...seen];
}

/** Whatever is long enough to be an id, a hash, a signature or a time. */
const TOKEN = /[A-Za-z0-9_-]{16,}/g;

/** In which orders ballots come: by place, transaction, each column, and where frames or the log show what stands in them. */
function ordersOfRows({ frames, log }: Dump, papers: readonly DumpRow[]): Order<DumpRow> {
  const columns = Object.keys(papers[0]?.columns ?? {});
  const sortedBy = (column: string) =>
    papers
      .map((row) => [canonical(row.columns[column]), row] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, row]) => row);
  const shown = (texts: readonly string[]) => {
    const whole = texts.join('\n');
    const placed = papers.map((row) => [whole.indexOf(JSON.stringify(row.columns['paper'])), row] as const);
    return placed
      .filter(([place]) => place >= 0)
      .sort(([a], [b]) => a - b)
      .map(([, row]) => row);
  };
  return [
    ['place', papers],
    ['transaction', byXmin(papers)],
    ...columns.map((column) => [column, sortedBy(column)] as const),
    ['as frames show them', shown(frames)],
    ['as the log shows them', shown(log)],
  ];
}

function byXmin(rows: readonly DumpRow[]): DumpRow[] {
  return rows
    .map((row, place) => [row, place] as const)
    .sort(([a, m], [b, n]) => a.xmin - b.xmin || m - n)
    .map(([row]) => row);
}

type Scene = {
  readonly ballots: string;
  readonly papers: readonly DumpRow[];
  readonly suspects: readonly Suspect[];
  readonly numberOf: Numbers;
};

/** What a row about somebody and a ballot have in common: the transaction, or one next to it; a value, or its hash; a name. */
function joinsOf({ tables }: Dump, { ballots, papers, suspects, numberOf }: Scene): [string, Claims][] {
  const byTransaction = groupedBy(papers, ({ xmin }) => [String(xmin)]);
  const byValue = groupedBy(papers, valuesIn);
  const about = Object.entries(tables).filter(([table]) => table !== ballots);
  return [
    ...about.flatMap(([table, rows]) =>
      [0, 1, -1].map((apart): [string, Claims] => {
        return [
          `${table}, transaction ${apart >= 0 ? '+' : ''}${apart}`,
          claimed(rows, numberOf, ({ xmin }) => byTransaction.get(String(xmin + apart)) ?? []),
        ];
      }),
    ),
    ...about.map(([table, rows]): [string, Claims] => {
      return [
        `${table}, a value in common`,
        claimed(rows, numberOf, (row) => valuesIn(row).flatMap((value) => byValue.get(value) ?? [])),
      ];
    }),
    [
      'a name in the ballot',
      new Map(
        suspects.flatMap(({ ids }, n) => {
          const row = papers.find(({ text }) => ids.some((id) => text.includes(id)));
          return row === undefined ? [] : [[n, row] as const];
        }),
      ),
    ],
  ];
}

/** The first ballot that rows about somebody lead to, where they lead to few; of several of one transaction the one in its place. */
function claimed(
  rows: readonly DumpRow[],
  numberOf: Numbers,
  leadsTo: (row: DumpRow) => readonly DumpRow[],
): Claims {
  const claims = new Map<number, DumpRow>();
  const taken = new Set<DumpRow>();
  for (const row of rows) {
    const [n] = mentionsIn([row.text], numberOf);
    if (n === undefined || claims.has(n)) continue;
    const found = leadsTo(row).find((one) => !taken.has(one));
    if (found === undefined) continue;
    claims.set(n, found);
    taken.add(found);
  }
  return claims;
}

/** Long values in a row, and what they hash to: bytes as PostgreSQL writes them too. Ids of a session say nothing. */
function valuesIn({ text }: DumpRow): string[] {
  const values = [...new Set([...text.matchAll(TOKEN)].map(([value]) => value))];
  return values.flatMap((value) => [
    value,
    fastDigest(value),
    ...(BYTES.test(value) ? [hashOfBytes(value)] : []),
  ]);
}

/** As PostgreSQL writes bytes. */
const BYTES = /^x([0-9a-f]{2})+$/;

function hashOfBytes(value: string): string {
  return `x${createHash('sha256')
    .update(Buffer.from(value.slice(1), 'hex'))
    .digest('hex')}`;
}

function groupedBy(rows: readonly DumpRow[], keys: (row: DumpRow) => readonly string[]) {
  const groups = new Map<string, DumpRow[]>();
  for (const row of rows)
    for (const key of keys(row)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [row]);
      else group.push(row);
    }
  // What stands in every row tells none of them apart.
  for (const [key, group] of groups) if (group.length > Math.max(2, rows.length / 2)) groups.delete(key);
  return groups;
}
