import pg from 'pg';
import type { ParamsOf, Route } from '../core/contract/route.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { canonical } from '../core/domain/canonical.ts';
import type { ParticipantId, PollId } from '../core/domain/ids.ts';
import { fileOf } from '../core/domain/polls/exporting.ts';
import { choicesOn } from '../core/domain/polls/paper.ts';
import type { ClosedPoll, Poll } from '../core/domain/polls/poll.ts';
import { turnoutOfAll } from '../core/domain/polls/reading.ts';
import { verifyPoll } from '../core/domain/polls/verifying.ts';
import type { Chance } from '../load/chance.ts';
import type { Stage } from '../load/stage.ts';
import { addressOf, type Browser } from '../rehearsal/doors.ts';
import { knockAt } from '../rehearsal/knocking.ts';
import type { Setting } from './run.ts';

const READERS = 12;

export type Voter = { readonly id: ParticipantId; readonly browser: Browser };
/** What a tab was told of its one paper: taken, at a place in the log; refused; or nothing, so that nobody knows. */
export type Told = { readonly voter: ParticipantId; readonly choice: string } & (
  | { readonly end: 'taken'; readonly seq: number }
  | { readonly end: 'refused'; readonly reason: string }
  | { readonly end: 'unknown' }
);
export type Race = Setting & {
  readonly stage: Stage;
  readonly voters: readonly Voter[];
  readonly chance: Chance;
};

/** What readers are answered by a door of the room: the chair and many voters, at every process. */
export async function readersOf<R extends Route>(
  { stage, doors, voters, chance }: Race,
  route: R,
  params: ParamsOf<R>,
): Promise<readonly unknown[]> {
  const readers = [
    stage.chair,
    ...Array.from({ length: READERS }, () => voters[chance.below(voters.length)]?.browser ?? stage.chair),
  ];
  return await Promise.all(
    readers.flatMap((reader) =>
      doors.map((door) => readAt(door, reader, addressOf(door, route, { params }))),
    ),
  );
}

async function readAt(door: string, reader: Browser, address: string): Promise<unknown> {
  const headers = { ...reader.headers(), origin: door };
  const { body } = await knockAt(address, { method: 'GET', headers, body: null, withinMs: 15_000 });
  return JSON.parse(body.toString('utf8'));
}

/** A poll as the chair reads it at a door. */
export async function pollAt(
  door: string,
  { chair, sessionId }: Stage,
  pollId: PollId,
): Promise<Poll & Keyed> {
  const address = addressOf(door, sessionRoutes.getPoll, { params: { sessionId, pollId } });
  return (await readAt(door, chair, address)) as Poll & Keyed;
}
type Keyed = Pick<ClosedPoll, 'key'>;

/** The closed poll as many read it, at both doors; where one reads something else, that. */
export async function readBy(
  race: Race,
  pollId: PollId,
): Promise<{ readonly poll: ClosedPoll; readonly faults: readonly string[] }> {
  const { sessionId } = race.stage;
  const read = (await readersOf(race, sessionRoutes.getPoll, { sessionId, pollId })) as ClosedPoll[];
  const [poll] = read;
  if (poll?.phase !== 'closed')
    throw new Error(`the poll is not closed: ${JSON.stringify(poll).slice(0, 200)}`);
  const others = read.filter(
    ({ result, ballots, papers }) =>
      canonical({ result, ballots, papers }) !==
      canonical({ result: poll.result, ballots: poll.ballots, papers: poll.papers }),
  );
  return { poll, faults: others.map(() => 'somebody reads another result') };
}

/** What was acknowledged against what was counted. */
export function judge(poll: ClosedPoll, told: readonly Told[]): readonly string[] {
  const faults: string[] = [];
  const { result } = poll;
  if (result === null) return ['no result'];
  const taken = told.filter((one) => one.end === 'taken');
  const sure = new Set(taken.map(({ voter }) => voter));
  const open = new Set(told.filter(({ end }) => end === 'unknown').map(({ voter }) => voter));
  const { cast } = turnoutOfAll(result);
  if (cast < sure.size) faults.push(`${sure.size} were told that they voted, ${cast} papers are counted`);
  if (cast > new Set([...sure, ...open]).size) faults.push(`${cast} papers, more than can have been cast`);
  if (poll.ballots === null) {
    // Of two papers of one person at most one is taken.
    if (taken.length !== sure.size)
      faults.push(`${taken.length - sure.size} were told twice that they voted`);
  } else {
    const counted = new Map(poll.ballots.map(({ by, paper }) => [by, choicesOn(paper)[0]]));
    if (counted.size !== poll.ballots.length) faults.push('somebody has two ballots');
    for (const voter of sure) {
      const last = taken.filter((one) => one.voter === voter).reduce((a, b) => (b.seq > a.seq ? b : a));
      if (!counted.has(voter)) faults.push(`${voter} was told that they voted, and is not counted`);
      else if (!open.has(voter) && counted.get(voter) !== last.choice)
        faults.push(`${voter}: not the last paper`);
    }
  }
  const file = fileOf(poll);
  if (file === null) return [...faults, 'it cannot be taken out'];
  const { findings, isRecounted } = verifyPoll(file);
  if (!isRecounted) faults.push('nothing was there to be counted again');
  const wrong = findings.filter(({ holds }) => !holds);
  return [...faults, ...wrong.map(({ check }) => `counted again: ${check}`)];
}

/** What stands in the rows: the events of ballots, none behind the close, one close, and the papers kept apart. */
export async function rowsOf({ stage, world }: Race, poll: ClosedPoll): Promise<readonly string[]> {
  const line = new pg.Client({ connectionString: world.databaseUrl() });
  await line.connect();
  try {
    const about = [stage.sessionId, poll.draft.id];
    const { rows } = await line.query<{
      type: string;
      voters: number;
      first: number;
      last: number;
      rows: number;
    }>(
      `select type, count(distinct by)::int as voters, count(*)::int as rows, min(seq)::float8 as first, max(seq)::float8 as last
       from room_event where session_id = $1 and payload->>'pollId' = $2 and type in ('ballot:cast', 'poll:closed') group by type`,
      about,
    );
    const papers = await line.query('select 1 from poll_paper where session_id = $1 and poll_id = $2', about);
    const [cast, closed] = ['ballot:cast', 'poll:closed'].map((type) =>
      rows.find((row) => row.type === type),
    );
    const counted = poll.result === null ? NaN : turnoutOfAll(poll.result).cast;
    const kept = poll.ballots === null ? counted : 0;
    return [
      ...(cast?.voters === counted ? [] : [`${cast?.voters} voters in the log, ${counted} counted`]),
      ...(closed?.rows === 1 ? [] : [`closed ${closed?.rows} times`]),
      ...((cast?.last ?? Infinity) < (closed?.first ?? 0) ? [] : ['a ballot behind the close']),
      ...(papers.rowCount === kept ? [] : [`${papers.rowCount} papers kept apart, ${kept} counted`]),
    ];
  } finally {
    await line.end();
  }
}
