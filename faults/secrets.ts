import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { SECRET_KEY } from '../e2e/support/server-process.ts';
import { createMarkOf } from '../server/rooms/command-mark.ts';
import { canonical } from '../core/domain/canonical.ts';
import { digest } from '../core/domain/digest.ts';
import { itemsOf } from '../core/domain/polls/ask.ts';
import type { PollDraft } from '../core/domain/polls/draft.ts';
import { draftOf, paperOf } from '../core/domain/polls/first-form.ts';
import { choicesOn, type Paper } from '../core/domain/polls/paper.ts';
import { isDetached } from '../core/domain/polls/rules.ts';
import { readLog } from '../load/evidence.ts';
import { operationsOf } from '../load/history.ts';
import type { Troupe } from '../load/troupe.ts';
import { findLinks, type SecretPoll } from './linkers.ts';
import type { World } from './world.ts';

/** What whoever holds the database and the logs can find out about secret ballots, after all that happened. */
export type Secrets = { readonly ballots: number; readonly told: readonly string[] };

/** The linker has the database and the installation's secret as well. */
const markOf = createMarkOf(SECRET_KEY);
const BLIND = 'the linker does not know how commands are hashed any more';

type Rows = {
  readonly events: readonly { readonly by: string; readonly xmin: string; readonly poll: string }[];
  readonly papers: readonly {
    readonly id: string;
    readonly xmin: string;
    readonly poll: string;
    readonly paper: Paper;
    readonly row: string;
  }[];
  readonly hashes: ReadonlyMap<string, string>;
};

export async function secretsOf(world: World, troupe: Troupe): Promise<Secrets> {
  const { chair, sessionId } = troupe.stage;
  const rows = await readRows(world, sessionId);
  const log = await readLog(chair, sessionId);
  const drafts = log.flatMap(({ event }) => (event.type === 'poll:prepared' ? [draftOf(event.poll)] : []));
  const polls = drafts.flatMap((draft): SecretPoll[] => {
    const closed = log.find(({ event }) => event.type === 'poll:closed' && event.pollId === draft.id)?.event;
    if (!isDetached(draft.rules.secrecy) || closed?.type !== 'poll:closed') return [];
    const published = closed.papers.map((paper) => choiceOf(paperOf(paper)));
    return [{ ...pollOf(draft, rows, troupe), published }];
  });
  // In a named poll the choice is in the hash: a linker that finds none of those is blind.
  const named = drafts
    .filter(({ rules }) => !isDetached(rules.secrecy))
    .map((draft) => pollOf(draft, rows, troupe));
  const isBlind = named.some(({ ballots, tried }) => tried.size < ballots.length);
  const ballots = polls.reduce((sum, poll) => sum + poll.ballots.length, 0);
  return { ballots, told: [...findLinks(polls), ...findWords(world, troupe), ...(isBlind ? [BLIND] : [])] };
}

function pollOf(draft: PollDraft, { events, papers, hashes }: Rows, { history }: Troupe) {
  const ballots = events.filter(({ poll }) => poll === draft.id);
  const chosen = new Map<string, string>();
  for (const { deed, by, end } of operationsOf(history.steps()))
    if (deed.kind === 'ballot' && deed.pollId === draft.id && end !== 'fail')
      chosen.set(by, choiceOf(deed.paper));
  const tried = ballots.flatMap(({ by }) =>
    itemsOf(draft.ask)
      .filter(({ id }) => hashOfBallot(draft, id) === hashes.get(`${by} ${draft.id}`))
      .map(({ id }) => [by, id] as const),
  );
  return {
    chosen,
    ballots,
    papers: papers
      .filter(({ poll }) => poll === draft.id)
      .map(({ paper, ...rest }) => ({ ...rest, choice: choiceOf(paper) })),
    tried: new Map(tried),
  };
}

/** What the hash beside a voter's name would be if it were taken over the choice too. */
function hashOfBallot({ id: pollId }: PollDraft, choice: string): string {
  const command = { type: 'castBallot', pollId, paper: { shape: 'choices', choices: [choice] } };
  return markOf(digest(canonical({ command })));
}

function choiceOf(paper: Paper): string {
  return choicesOn(paper)[0] ?? '';
}

async function readRows({ databaseUrl }: World, sessionId: string): Promise<Rows> {
  const client = new pg.Client({ connectionString: databaseUrl() });
  await client.connect();
  try {
    const { rows: events } = await client.query<Rows['events'][number] & { hash: string | null }>(
      `select e.by, e.xmin::text as xmin, e.payload->>'pollId' as poll, c.body_hash as hash
       from room_event e left join room_command c on c.session_id = e.session_id and c.first_seq = e.seq
       where e.session_id = $1 and e.type = 'ballot:cast' order by e.seq`,
      [sessionId],
    );
    const { rows: papers } = await client.query<Rows['papers'][number]>(
      `select id::text as id, xmin::text as xmin, poll_id::text as poll, paper, to_jsonb(p)::text as row
       from poll_paper p where session_id = $1 order by ctid`,
      [sessionId],
    );
    const hashes = new Map(events.map(({ by, poll, hash }) => [`${by} ${poll}`, hash ?? '']));
    return { events, papers, hashes };
  } finally {
    await client.end();
  }
}

/** Nothing that people said or chose stands in a log of a process or of PostgreSQL, whatever went wrong. */
function findWords({ nodes, postgresLogs }: World, { stage }: Troupe): string[] {
  const written = [...nodes.map(({ process }) => process.output()), ...readAll(postgresLogs)].join('\n');
  const words = ['"choices"', '意见〔', stage.linkToken];
  return words.filter((word) => written.includes(word)).map((word) => `a log tells ${word}`);
}

function readAll(folder: string): string[] {
  return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
}
