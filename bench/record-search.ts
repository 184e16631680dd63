import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { accountRoutes } from '../core/contract/accounts.ts';
import { recordSearchRoutes } from '../core/contract/record-search.ts';
import { DEMO_ADMIN, DEMO_PASSWORD } from '../prisma/seed/demo.ts';
import { openBrowser, type Browser } from '../rehearsal/doors.ts';
import { openDatabase, withTransaction, type Database } from '../server/db/client.ts';
import { termsOf } from '../server/db/terms.ts';
import type { Row, Sample } from './frame.ts';
import { openHallApart, type Hall } from './hall.ts';
import { timed } from './pace.ts';
import { percentile } from './stats.ts';

const SESSIONS = 50;
const VIEWS = 2_000;
/** Asked in one run; below what one person may ask in a minute. */
const ASKED = 100;

const WHO = ['家长', '居民', '商户', '委员', '社区', '物业', '交警', '学校', '城管', '街道'];
const WHAT = ['停车位', '电梯', '人行道', '护学岗', '老旧小区', '垃圾分类', '公交线路', '充电桩', '幼儿园'];
const WISH = ['希望增加', '建议改造', '反对拆除', '询问何时修好', '要求公开', '赞成设立'];
const REST = [
  '，特别是早晚高峰放学的时候，两边都停满了车。',
  '，去年已经反映过三次了，没有答复。',
  '，请相关部门在2026年底前研究解决，并向居民公布方案。',
  '，资金从哪里来要说清楚，不能都让住户承担。',
];
/** One word and several, two letters and one, numbers, what everybody says and what nobody does. */
const QUESTIONS = [
  '停车位',
  '电梯 希望',
  '车',
  '的',
  '居民',
  '77776',
  '老旧小区 公交',
  '护学',
  '高铁站',
  '第77777条',
];

/** Words in all sealed records, of which a reader may read a hundred thousand views. */
export function searchRow(): Row {
  let stage: Promise<Stage> | null = null;
  return {
    name: `search over ${(SESSIONS * VIEWS).toLocaleString('en')} sealed views`,
    units: { p50: 'ms', p95: 'ms', longest: 'ms' },
    contenders: [
      {
        name: 'shangliang',
        run: async () => {
          stage ??= setStage();
          return await search(await stage);
        },
      },
    ],
    targets: [{ figure: 'p95', atMost: 100 }],
    close: async () => await (await stage)?.close(),
  };
}

type Stage = {
  readonly admin: Browser;
  readonly wanted: ReadonlyMap<string, number>;
  readonly close: () => Promise<void>;
};

async function setStage(): Promise<Stage> {
  const hall: Hall = await openHallApart();
  if (hall.databaseUrl === null) throw new Error('the hall has no database of its own');
  const database = openDatabase({ url: hall.databaseUrl, poolSize: 4, onIdleError: () => undefined });
  const texts = Array.from({ length: SESSIONS * VIEWS }, (_, n) => textOf(n));
  try {
    await store(database, texts);
  } finally {
    await database.close();
  }
  const admin = openBrowser(hall.servers[0]?.url ?? '', () => undefined);
  await admin.call(accountRoutes.signIn, { body: { login: DEMO_ADMIN, password: DEMO_PASSWORD } });
  // What must come out is counted without index, words or places: by what stands in the texts.
  const wanted = QUESTIONS.map((q) => {
    const words = q.split(' ');
    return [q, texts.filter((text) => words.every((word) => text.includes(word))).length] as const;
  });
  return { admin, wanted: new Map(wanted), close: hall.close };
}

async function search({ admin, wanted }: Stage): Promise<Sample> {
  const times: number[] = [];
  for (let n = 0; n < ASKED; n += 1) {
    const q = QUESTIONS[n % QUESTIONS.length] ?? '';
    const ask = () => admin.call(recordSearchRoutes.searchRecords, { query: { q, topic: '性能测量' } });
    const [took, { total, hits }] = await timed(ask);
    times.push(took);
    if (total !== wanted.get(q)) throw new Error(`${q}: ${total} were found of ${wanted.get(q)}`);
    const said = hits.map(({ snippet }) => snippet.map(({ text }) => text).join(''));
    if (
      hits.length !== Math.min(total, 20) ||
      !said.every((text) => q.split(' ').every((word) => text.includes(word)))
    )
      throw new Error(`${q}: a hit without its words`);
  }
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), longest: Math.max(...times) };
}

function textOf(n: number): string {
  // Spread without chance: the same texts in every run.
  const pick = (list: readonly string[], by: number) =>
    list[(Math.imul(n + 1, by) >>> 9) % list.length] ?? '';
  return `${pick(WHO, 2_654_435_761)}${pick(WISH, 40_503)}${pick(WHAT, 2_246_822_519)}${pick(REST, 3_266_489_917)}第${n}条。`;
}

async function store({ pool }: Database, texts: readonly string[]): Promise<void> {
  const { rows } = await pool.query<{ id: string; org_id: string }>(
    'select id, org_id from studio order by id limit 1',
  );
  const [studio] = rows;
  if (studio === undefined) throw new Error('the demo has no studio');
  for (let session = 0; session < SESSIONS; session += 1)
    await withTransaction(pool, (tx) =>
      storeRecord(tx, studio, texts.slice(session * VIEWS, (session + 1) * VIEWS)),
    );
  await pool.query('vacuum analyze archive_row');
}

async function storeRecord(
  tx: PoolClient,
  studio: { readonly id: string; readonly org_id: string },
  texts: readonly string[],
): Promise<void> {
  const id = randomUUID();
  await tx.query(
    `insert into session (id, org_id, studio_id, title, mode, state, document_id) values ($1, $2, $3, '性能测量', 'online', 'archived', $4)`,
    [id, studio.org_id, studio.id, randomUUID()],
  );
  await tx.query(
    `insert into archive (session_id, sealed_at, seq, head_hash, room, outcome, outcome_hash)
     values ($1, now() - random() * interval '1 year', 1, '', '{}', '{}', '')`,
    [id],
  );
  await tx.query(`select set_config('shangliang.recording', $1, true)`, [id]);
  const title = { kind: 'session', ref: id, words: '性能测量', terms: termsOf('性能测量') };
  const views = texts.map((words) => ({ kind: 'view', ref: randomUUID(), words, terms: termsOf(words) }));
  await tx.query(
    `insert into archive_row (session_id, no, kind, ref, words, facts, terms)
     select $1, row_number() over () - 1, e.kind, e.ref, e.words, '{}', e.terms::tsvector
     from jsonb_to_recordset($2::jsonb) as e(kind text, ref text, words text, terms text)`,
    [id, JSON.stringify([title, ...views])],
  );
}
