import pg from 'pg';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { verifyChain } from '../core/domain/chain.ts';
import { SessionId } from '../core/domain/ids.ts';
import { startProcess } from '../e2e/support/server-process.ts';
import { everybodyReaches } from '../load/evidence.ts';
import { operationsOf, type Operation } from '../load/history.ts';
import { closePoll } from '../load/polls.ts';
import { createTroupe, type Troupe } from '../load/troupe.ts';
import { signInAdmin, type Admin } from '../rehearsal/cast.ts';
import { takePen } from '../rehearsal/pen.ts';
import { COLUMNS, type StoredRow } from '../server/db/room-log-rows.ts';
import { randomUUID } from 'node:crypto';
import type { Fault, Trouble } from './fault.ts';
import { compareSealed, sealAndCompare } from './sealing.ts';

const NEWCOMERS = 3;
const HEARD_MS = 10_000;

type Acknowledged = readonly Operation[];
type Restored = { readonly url: string; readonly databaseUrl: string; readonly admin: Admin };

function acknowledgedBy({ history }: Troupe): Acknowledged {
  return operationsOf(history.steps()).filter(({ end }) => end === 'ok');
}

/** Asks the restored database itself: every session's chain, and the sessions that were sealed. */
async function readLogs(databaseUrl: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: sessions } = await client.query<{ id: string; head_hash: string; isSealed: boolean }>(
      `select id, head_hash, exists (select from archive where session_id = id) as "isSealed" from session where seq > 0`,
    );
    const views = new Set<string>();
    const invalid: string[] = [];
    for (const { id, head_hash: head } of sessions) {
      const { rows } = await client.query<StoredRow>(
        `select ${COLUMNS} from room_event where session_id = $1 order by seq`,
        [id],
      );
      if (!verifyChain(id, rows, head).valid) invalid.push(id);
      for (const { payload } of rows) if (payload.type === 'view:posted') views.add(payload.view.id);
    }
    const sealed = sessions.filter(({ isSealed }) => isSealed).map(({ id }) => SessionId.parse(id));
    return { chains: sessions.length, invalid, sealed, views };
  } finally {
    await client.end();
  }
}

/** What was acknowledged before the backup is in it; chains and sealed records hold. */
async function holdsRecords(
  { troupe, expect, note }: Trouble,
  { databaseUrl, admin }: Restored,
  before: Acknowledged,
): Promise<void> {
  const { chains, invalid, sealed, views } = await readLogs(databaseUrl);
  note(`${chains} logs and ${sealed.length} sealed records were restored`);
  expect(`every chain holds in the copy (not ${invalid.join(' ')})`, chains > 0 && invalid.length === 0);
  const wanted = before.flatMap(({ deed }) => (deed.kind === 'view' ? [deed.id] : []));
  const lost = wanted.filter((id) => !views.has(id));
  expect(
    `views acknowledged before the backup are in it (${lost.length} of ${wanted.length} are not)`,
    wanted.length > 0 && lost.length === 0,
  );
  for (const sessionId of sealed)
    for (const what of await compareSealed(admin.browser, sessionId)) expect(`in the copy: ${what}`, false);
  expect('sealed records are in the copy', sealed.length > 0);
  const pen = await takePen(admin.browser, troupe.stage.documentId);
  const text = pen.text();
  pen.close();
  const marks = before.flatMap(({ deed }) => (deed.kind === 'edit' ? [deed.mark] : []));
  expect(
    'words saved before the backup are in it',
    marks.length > 0 && marks.every((mark) => text.includes(mark)),
  );
}

/** The meeting goes on: people are still signed in, others come in by the link, what they say is heard; then it is sealed. */
async function goesOn({ troupe, expect }: Trouble, { url, admin }: Restored): Promise<void> {
  const answers = await Promise.all(
    troupe.people.map(({ browser }) =>
      fetch(`${url}/api/me`, { headers: { cookie: browser.headers()['cookie'] ?? '' } }),
    ),
  );
  expect(
    'everybody is still signed in',
    answers.every(({ status }) => status === 200),
  );
  const { sessionId } = troupe.stage;
  const stage = { ...troupe.stage, chair: admin.browser, editors: [] };
  const there = createTroupe({ stage, doors: [url], manners: {}, told: () => undefined });
  try {
    await there.admit(NEWCOMERS, 0.2);
    for (const person of there.people)
      await there.perform(person, () => ({ kind: 'view', id: randomUUID(), text: '恢复之后的话' }));
    expect('what newcomers say is acknowledged', there.figures().ends.view.ok === NEWCOMERS);
    const { room } = await admin.browser.call(sessionRoutes.getSnapshot, { params: { sessionId } });
    expect('newcomers hear each other', (await everybodyReaches(there.people, room.seq, HEARD_MS)) !== null);
    for (const { phase, draft } of room.polls)
      if (phase === 'open') await closePoll(admin.browser, sessionId, draft.id);
    for (const what of await sealAndCompare(stage)) expect(`in the copy: ${what}`, false);
  } finally {
    there.leave();
  }
}

export const restoreFaults: readonly Fault[] = [
  {
    name: 'the database is copied while everybody works, and restored elsewhere',
    storm: null,
    people: 12,
    times: { short: 1, long: 1 },
    inject: async (trouble) => {
      await trouble.seconds(1.5, 10);
      const before = acknowledgedBy(trouble.troupe);
      const began = performance.now();
      const copy = await trouble.world.backUpAndRestore();
      try {
        const server = await startProcess({ databaseUrl: copy.url, redisUrl: null });
        trouble.note(
          `serves from the copy ${Math.round(performance.now() - began)} ms after the backup began`,
        );
        try {
          const credentials = { urls: [server.url], login: null, password: null, studioId: null };
          const admin = await signInAdmin(credentials, () => undefined);
          const restored = { url: server.url, databaseUrl: copy.url, admin };
          await holdsRecords(trouble, restored, before);
          await goesOn(trouble, restored);
        } finally {
          await server.stop();
        }
      } finally {
        await copy.close();
      }
    },
  },
];
