import { canonical } from '../../../core/domain/canonical.ts';
import { toEnvelope, verifyChain, type LogRow } from '../../../core/domain/chain.ts';
import { digest } from '../../../core/domain/digest.ts';
import { judgeBoxes, type BoxesFinding } from './judge-boxes.ts';
import { erasedOfPolls, quietPolls } from './quiet-polls.ts';
import { erasedOfAmendments, quietAmendments } from './quiet-amendments.ts';
import { erasedOfSigning, quietSigning } from './quiet-signing.ts';
import type { Archive } from '../../../core/contract/archives.ts';
import type { Moderation } from '../../../core/domain/moderation.ts';
import type { Handing, Question } from '../../../core/domain/questions.ts';
import { bare } from '../../../core/domain/pictures.ts';
import { applyAll } from '../../../core/domain/room/apply.ts';
import { roomSeenBy } from '../../../core/domain/room/seen-by.ts';
import { EMPTY_ROOM, type Room } from '../../../core/domain/room/state.ts';
import type { View } from '../../../core/domain/views.ts';

/** What is read from the server and judged here, in the reader's own browser. */
export type Evidence = {
  readonly archive: Archive;
  readonly rows: readonly LogRow[];
};

/** One question of the check and its answer. */
export type Finding =
  | { readonly check: 'chain'; readonly holds: true; readonly rows: number; readonly erased: number }
  | {
      readonly check: 'chain';
      readonly holds: false;
      readonly seq: number;
      readonly why: 'gap' | 'hash' | 'commitment' | 'head';
    }
  | { readonly check: 'room'; readonly holds: boolean; readonly part: keyof Room | null }
  | { readonly check: 'text'; readonly holds: boolean; readonly fingerprint: string }
  | BoxesFinding;

export type Verdict = {
  readonly holds: boolean;
  readonly headHash: string;
  readonly findings: readonly Finding[];
};

/**
 * Recomputes everything an archive claims: the chain of hashes [L2], the room that its log folds to [L5],
 * the ballots in its boxes [B50], and the fingerprint of the text [O3]. Nothing of the answer is taken from the server's word.
 */
export function verifyArchive({ archive, rows }: Evidence): Verdict {
  const folded = fold(rows);
  const findings = [
    judgeChain(archive, rows),
    judgeRoom(archive, rows, folded),
    judgeText(archive),
    ...judgeBoxes(folded?.polls ?? [], archive.boxes ?? {}),
  ];
  return {
    holds: findings.every((finding) => finding.holds),
    headHash: archive.headHash,
    findings,
  };
}

function judgeChain(archive: Archive, rows: readonly LogRow[]): Finding {
  const found = verifyChain(archive.sessionId, rows, archive.headHash);
  if (!found.valid) return { check: 'chain', holds: false, seq: found.seq, why: found.why };
  // A log cut off at its end still chains: the archive says how long it is.
  if (rows.length !== archive.seq) {
    return { check: 'chain', holds: false, seq: Math.min(rows.length, archive.seq) + 1, why: 'gap' };
  }
  return { check: 'chain', holds: true, rows: found.rows, erased: found.erased };
}

function judgeRoom(archive: Archive, rows: readonly LogRow[], folded: Room | null): Finding {
  if (folded === null) return { check: 'room', holds: false, part: 'seq' };
  const blank = erasedWords(rows);
  const ours = withoutWords(roomSeenBy(folded), blank);
  const theirs = withoutWords(archive.room, blank);
  const part = firstDifference(ours, theirs);
  return { check: 'room', holds: part === null, part };
}

function judgeText(archive: Archive): Finding {
  const fingerprint = digest(canonical(archive.outcome));
  const sealed = archive.room.text?.sha256 ?? null;
  const holds = fingerprint === archive.outcomeHash && fingerprint === sealed;
  return { check: 'text', holds, fingerprint };
}

/** The room that a log folds to; null when the log has a gap or an impossible event. */
function fold(rows: readonly LogRow[]): Room | null {
  try {
    return applyAll(EMPTY_ROOM, rows.map(toEnvelope));
  } catch {
    // A paper that is none, or an event that cannot follow: a broken log, which is exactly the answer.
    return null;
  }
}

/** Ids whose names or words are no longer in the log: erased on request, or withheld from this reader. */
function erasedWords(rows: readonly LogRow[]): ReadonlySet<string> {
  const erased = rows.filter((row) => row.commitment !== null && row.personal === null);
  return new Set(
    erased.flatMap(({ payload, by }): string[] => {
      if (payload.type === 'participant:added') return [payload.participant.id];
      if (payload.type === 'names:hidden') return [...payload.participantIds];
      if (payload.type === 'agenda:added') return [payload.item.id];
      if (payload.type === 'material:added') return [payload.material.id];
      if (payload.type === 'view:posted' || payload.type === 'view:passed') return [payload.view.id];
      if (payload.type === 'view:edited' || payload.type === 'view:restored') return [payload.viewId];
      if (payload.type === 'reply:posted' || payload.type === 'reply:passed') return [payload.reply.id];
      if (payload.type === 'question:taken' || payload.type === 'question:passed')
        return [payload.questionId];
      if (payload.type === 'cases:waived') return [payload.type];
      if (payload.type === 'questions:waived') return [payload.type];
      return [...erasedOfPolls(payload), ...erasedOfAmendments(payload), ...erasedOfSigning(payload, by)];
    }),
  );
}

// Erased words are outside of what can be compared: the chain only commits to them [L4].
function withoutWords(room: Room, ids: ReadonlySet<string>): Room {
  if (ids.size === 0) return room;
  const silent = <T extends { readonly id: string; readonly text: string }>(said: T): T =>
    ids.has(said.id) ? { ...said, text: '' } : said;
  const participants = Object.fromEntries(
    Object.entries(room.participants).map(([id, seat]) => [
      id,
      ids.has(id) ? { ...seat, name: '', affiliation: '' } : seat,
    ]),
  );
  const untitled = room.agenda.map((item) => (ids.has(item.id) ? { ...item, title: '' } : item));
  const changes = room.agendaChanges?.map((change) =>
    'title' in change && ids.has(change.itemId) ? { ...change, title: '' } : change,
  );
  const { questions, waiver, moderation, ...rest } = quietAmendments(quietSigning(room, ids), ids);
  const untold = room.materials?.map((one) => (ids.has(one.id) ? { ...one, title: '' } : one));
  return {
    ...rest,
    participants,
    agenda: untitled,
    polls: quietPolls(room.polls, ids),
    ...(changes === undefined ? {} : { agendaChanges: changes }),
    ...(untold === undefined ? {} : { materials: untold }),
    views: room.views.map((view) => silentView(view, ids)),
    replies: room.replies.map(silent),
    ...(questions === undefined ? {} : { questions: questions.map((one) => quiet(one, ids)) }),
    ...(moderation === undefined ? {} : { moderation: quietModeration(moderation, ids) }),
    ...(waiver === undefined
      ? {}
      : { waiver: ids.has('questions:waived') ? { ...waiver, why: '' } : waiver }),
  };
}

/** What is told of moderation without the words of whoever ended it over what waited, where they were erased. */
function quietModeration(moderation: Moderation, ids: ReadonlySet<string>): Moderation {
  const { waived, waivedBefore, ...rest } = moderation;
  if (waived === undefined || !ids.has('cases:waived')) return moderation;
  const before = waivedBefore?.map((one) => ({ ...one, why: '' }));
  return {
    ...rest,
    waived: { ...waived, why: '' },
    ...(before === undefined ? {} : { waivedBefore: before }),
  };
}

/** A question without the words of departments about it, where one of them was erased. */
function quiet(question: Question, ids: ReadonlySet<string>): Question {
  if (!ids.has(question.id)) return question;
  const [first, ...later] = question.hands;
  const silent = (hand: Handing): Handing => ({ ...hand, toName: '', why: '' });
  const { state } = question;
  return {
    ...question,
    hands: [silent(first), ...later.map(silent)],
    state: state.phase === 'taken' ? { ...state, note: '' } : state,
  };
}

/** Which of its wordings is gone does not matter: none is compared. */
function silentView(view: View, ids: ReadonlySet<string>): View {
  if (!ids.has(view.id)) return view;
  const edits = view.edits?.map(({ until }) => ({ text: '', until }));
  return { ...bare(view), text: '', ...(edits === undefined ? {} : { edits }) };
}

/** A record holds everything that was said: nothing in it is earlier. */
type Part = Exclude<keyof Room, 'earlier'>;
const PARTS: Readonly<Record<Part, true>> = {
  seq: true,
  plan: true,
  state: true,
  note: true,
  approval: true,
  neverPublished: true,
  openedAt: true,
  closedAt: true,
  hostId: true,
  hasLobby: true,
  names: true,
  participants: true,
  agenda: true,
  currentItemId: true,
  agendaChanges: true,
  views: true,
  replies: true,
  merges: true,
  materials: true,
  spotlight: true,
  screen: true,
  questions: true,
  moderation: true,
  waiver: true,
  polls: true,
  floorRules: true,
  queue: true,
  turns: true,
  tasks: true,
  text: true,
  endedAt: true,
  signing: true,
  amendments: true,
  remarks: true,
  assents: true,
  reopenings: true,
  droppedPolls: true,
  droppedAs: true,
  endorsers: true,
};

/** The first part of the room in which two rooms differ; null when they are the same. */
function firstDifference(ours: Room, theirs: Room): Part | null {
  const differing = roomParts().find((part) => canonical(ours[part]) !== canonical(theirs[part]));
  if (differing !== undefined) return differing;
  // A part that we do not know would otherwise go unseen.
  return canonical(ours) === canonical(theirs) ? null : 'plan';
}

function roomParts(): readonly Part[] {
  const isPart = (name: string): name is Part => Object.hasOwn(PARTS, name);
  return Object.keys(PARTS).filter(isPart);
}
