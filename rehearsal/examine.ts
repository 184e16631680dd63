import { archiveRoutes, type Archive } from '../core/contract/archives.ts';
import { canonical } from '../core/domain/canonical.ts';
import { verifyChain, type LogRow } from '../core/domain/chain.ts';
import { digest } from '../core/domain/digest.ts';
import type { SessionId } from '../core/domain/ids.ts';
import { plainText, type OutcomeNode } from '../core/domain/outcome.ts';
import { compareRoom, finding, type Finding } from '../core/domain/scenarios/happened.ts';
import { outcomeOf } from '../core/domain/scenarios/markdown.ts';
import { compareWho } from '../core/domain/scenarios/who-said.ts';
import { namingOf } from '../core/domain/scenarios/names.ts';
import type { Room } from '../core/domain/room/state.ts';
import type { Ear } from './ear.ts';
import type { Browser } from './doors.ts';
import type { Playing } from './play.ts';
import { readWholeRoom } from './whole-room.ts';

/** Reads the archive and holds it against the file, against every ear, and against its own hashes. */
export async function examine(
  playing: Playing,
  reader: Browser,
  ears: ReadonlyMap<string, Ear>,
): Promise<Finding[]> {
  const { scenario, scope, script } = playing;
  const sessionId = script.plan.id;
  const archive = await reader.call(archiveRoutes.getArchive, { params: { sessionId } });
  return [
    ...compareRoom(scenario, archive.room, scope),
    ...compareWho(scenario, archive.room),
    ...compareRolls(playing, archive.room),
    ...compareWords(playing, archive),
    ...(await compareEars(ears, archive)),
    await compareLateComer(reader, archive),
    ...(await compareHashes(reader, archive)),
  ];
}

/** Who could vote, by name: the file's list against the electorate that the poll opened with. */
function compareRolls({ scenario, cast, scope }: Playing, room: Room): Finding[] {
  const ids = new Map([...cast.players.values()].map((player) => [player.participantId, player.fileId]));
  return scenario.votes.flatMap((vote) => {
    if (vote.eligible === undefined) return [];
    const id = namingOf(scope, scenario.id)('poll', vote.id);
    const poll = room.polls.find((other) => other.draft.id === id);
    const roll = poll === undefined || poll.phase === 'prepared' ? [] : poll.electorate;
    const happened = roll.map((voter) => ids.get(voter.id) ?? '?').sort();
    return [finding(`${vote.id} roll`, [...vote.eligible].sort().join(' '), happened.join(' '))];
  });
}

/** Views in the order of the file, word for word, each with its author; and the text as it was written. */
function compareWords({ scenario, cast, findings }: Playing, { room, outcome }: Archive): Finding[] {
  if (findings.length > 0) return [];
  const said = room.views.map((view) => [view.by, view.stance, view.text]);
  const wanted = scenario.views.map((view) => [
    cast.players.get(view.by)?.participantId,
    view.stance,
    view.text.trim(),
  ]);
  const text = plainText(outcomeOf(scenario.outcome.markdown));
  return [
    finding('views word for word', 'same', canonical(said) === canonical(wanted) ? 'same' : 'different'),
    finding('text word for word', 'same', plainText(outcome) === text ? 'same' : 'different'),
    finding('marks of the text', marksOf(outcomeOf(scenario.outcome.markdown)), marksOf(outcome)),
  ];
}

function marksOf(node: OutcomeNode): number {
  return (node.marks?.length ?? 0) + (node.content ?? []).reduce((sum, child) => sum + marksOf(child), 0);
}

async function compareEars(ears: ReadonlyMap<string, Ear>, archive: Archive): Promise<Finding[]> {
  const sealed = canonical(archive.room);
  const heard = await Promise.all(
    [...ears].map(async ([fileId, ear]) => {
      const late = await ear.reached(archive.seq).then(() => null, String);
      return { fileId, same: late === null && canonical(ear.room()) === sealed, ...ear.troubles() };
    }),
  );
  const others = heard.filter((one) => !one.same).map((one) => one.fileId);
  const repeated = heard.reduce((sum, one) => sum + one.repeated, 0);
  return [
    finding(
      'rooms equal to the archive',
      `${ears.size} of ${ears.size}`,
      `${ears.size - others.length} of ${ears.size}${others.length === 0 ? '' : `, not ${others.join(' ')}`}`,
    ),
    finding('events heard twice', 0, repeated),
  ];
}

/** Somebody who comes only now gets the same room: its newest part at once, the rest page by page. */
async function compareLateComer(reader: Browser, archive: Archive): Promise<Finding> {
  const room = await readWholeRoom(reader, archive.sessionId);
  return finding(
    'snapshot of a late comer',
    'same',
    canonical(room) === canonical(archive.room) ? 'same' : 'different',
  );
}

/** Whether the sealed record holds against its own hashes. */
export async function compareHashes(reader: Browser, archive: Archive): Promise<Finding[]> {
  const rows = await readLog(reader, archive.sessionId);
  const verified = verifyChain(archive.sessionId, rows, archive.headHash);
  const chain = verified.valid ? `${verified.rows} rows` : `${verified.why} at ${verified.seq}`;
  return [
    finding('hash chain', `${archive.seq} rows`, chain),
    finding('hash of the text', digest(canonical(archive.outcome)), archive.outcomeHash),
    finding('hash in the log', archive.room.text?.sha256 ?? 'none', archive.outcomeHash),
  ];
}

async function readLog(reader: Browser, sessionId: SessionId): Promise<LogRow[]> {
  const rows: LogRow[] = [];
  for (let more = true; more;) {
    const query = { after: rows[rows.length - 1]?.seq ?? 0 };
    const reply = await reader.call(archiveRoutes.getLog, { params: { sessionId }, query });
    rows.push(...reply.rows);
    more = reply.more && reply.rows.length > 0;
  }
  return rows;
}
