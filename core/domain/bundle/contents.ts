import { utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical } from '../canonical.ts';
import { toEnvelope, type LogRow } from '../chain.ts';
import type { FileKind } from '../files.ts';
import type { FileId, PollId, SessionId } from '../ids.ts';
import { plainText, type OutcomeNode } from '../outcome.ts';
import { byTracker, rootOf, type BoxBallot } from '../polls/box.ts';
import { fileOf } from '../polls/exporting.ts';
import { hasBox, type ClosedPoll } from '../polls/poll.ts';
import { applyAll } from '../room/apply.ts';
import { EMPTY_ROOM, type Room } from '../room/state.ts';
import { markdownOf } from './prose.ts';
import { readmeOf } from './readme.ts';
import { PATHS } from './manifest.ts';

/** A sealed session, as far as it is not in its log. */
export type SealedSession = {
  readonly sessionId: SessionId;
  readonly sealedAt: string;
  readonly outcome: OutcomeNode;
};

/** An entry of a bundle that was made. */
export type Made = { readonly path: string; readonly bytes: Uint8Array };

/** An entry of a bundle that is a file of the session: only what is known of it, because it may be large. */
export type FileEntry = {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly fileId: FileId;
};

export type BoxOfPoll = { readonly pollId: PollId; readonly ballots: readonly BoxBallot[] };

/** The room that a log folds to, as whoever may read these rows sees it [L6]. */
export function roomOf(rows: readonly LogRow[]): Room {
  return applyAll(EMPTY_ROOM, rows.map(toEnvelope));
}

/** A row of the log as a line of its file, without the end of the line. */
export function logLine(row: LogRow): string {
  return canonical(row);
}

/**
 * Everything of a record that is made and not kept: log, text, room, roster and polls. rows are as its reader sees them, and all
 * else is taken from them, so that nothing is told that the log withholds [BU1].
 */
export function contentsOf(
  { sessionId, sealedAt, outcome }: SealedSession,
  told: {
    readonly log: Uint8Array;
    readonly room: Room;
    readonly boxes: readonly BoxOfPoll[];
    /** Files that are there to be taken. */
    readonly files: readonly FileEntry[];
  },
): Made[] {
  const { room, files } = told;
  const title = room.plan?.title ?? '';
  const taken = new Set<string>(files.map(({ fileId }) => fileId));
  const text = (path: string, content: string): Made => ({ path, bytes: utf8ToBytes(content) });
  const json = (path: string, value: unknown): Made => text(path, canonical(value));
  const materials = (room.materials ?? []).map((one) => ({
    ...one,
    path: taken.has(one.id) ? materialPath(one.id, one.kind) : null,
  }));
  return [
    text('README.md', readmeOf({ title, sessionId, sealedAt })),
    { path: PATHS.log, bytes: told.log },
    json('record.json', { format: 'shangliang/record/1', sessionId, sealedAt, room }),
    json('roster.json', Object.values(room.participants)),
    json(PATHS.text, outcome),
    text('text/outcome.md', markdownOf(outcome)),
    text('text/outcome.txt', `${plainText(outcome)}\n`),
    ...(materials.length === 0 ? [] : [json('materials/index.json', materials)]),
    ...pollsOf(room, told.boxes).map(({ id, file }) => json(`polls/${id}.json`, file)),
  ];
}

/** The files that a reader of this room may have: materials that stand, and pictures of views that are read. */
export function filesIn(room: Room): FileEntry[] {
  const materials = (room.materials ?? [])
    .filter(({ withdrawn }) => withdrawn === undefined)
    .map(({ id, kind, sizeBytes, sha256 }) => {
      return { path: materialPath(id, kind), bytes: sizeBytes, sha256, fileId: id };
    });
  const pictures = room.views.flatMap((view) =>
    (view.pictures ?? []).map(({ id, sizeBytes, sha256 }) => {
      return { path: `pictures/${id}.jpg`, bytes: sizeBytes, sha256, fileId: id };
    }),
  );
  return [...materials, ...pictures];
}

/** Polls of which the whole box belongs to the file. */
export function boxedIn(room: Room): readonly PollId[] {
  return room.polls.filter((poll) => isTold(poll) && hasBox(poll)).map(({ draft }) => draft.id);
}

function isTold(poll: Room['polls'][number]): poll is ClosedPoll {
  return poll.phase === 'closed' && poll.result !== null;
}

function pollsOf(room: Room, boxes: readonly BoxOfPoll[]) {
  return room.polls.filter(isTold).flatMap((poll) => {
    const { id } = poll.draft;
    const ballots = boxes.find(({ pollId }) => pollId === id)?.ballots;
    const file = fileOf(poll, ballots === undefined ? undefined : boxOf(poll, ballots));
    return file === null ? [] : [{ id, file }];
  });
}

function boxOf(poll: ClosedPoll, unsorted: readonly BoxBallot[]) {
  const ballots = byTracker(poll.draft.id, unsorted);
  return { roster: [...(poll.box?.roster ?? [])], root: rootOf(poll.draft.id, ballots), ballots };
}

const EXTENSIONS: Readonly<Record<FileKind, string>> = {
  picture: 'jpg',
  pdf: 'pdf',
  docx: 'docx',
  xlsx: 'xlsx',
  pptx: 'pptx',
  text: 'txt',
};

/** By its id: whatever people call a file is in the index, and never a name on somebody's disk. */
function materialPath(id: FileId, kind: FileKind): string {
  return `materials/${id}.${EXTENSIONS[kind]}`;
}

const MOST_CHECKPOINTS = 200;

/** Where the log is checked to have stayed as it was: what became of the session, and the end of each poll. */
export function checkpointsOf(rows: readonly LogRow[]): number[] {
  return rows
    .filter(({ payload: { type } }) => type.startsWith('session:') || type === 'poll:closed')
    .map(({ seq }) => seq)
    .slice(-MOST_CHECKPOINTS);
}
