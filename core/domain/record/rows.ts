import type { OutcomeNode } from '../outcome.ts';
import { itemsOf } from '../polls/ask.ts';
import type { Poll } from '../polls/poll.ts';
import { sentenceOf } from '../polls/sentence.ts';
import { roomSeenBy } from '../room/seen-by.ts';
import type { Room, Seat } from '../room/state.ts';
import type { Reply, View } from '../views.ts';
import { blocksOf } from './blocks.ts';
import type { RowKind } from './kinds.ts';

/** One thing of a sealed record, as it lies in the database to be read and searched. */
export type RecordRow = {
  /** Its place in the record, from 0. */
  readonly no: number;
  readonly kind: RowKind;
  /** The id of the thing; of a paragraph its number. */
  readonly ref: string;
  /** What it answers. */
  readonly parent: string | null;
  readonly itemId: string | null;
  /** The participant whose it is, and their role; of what is nobody's null. */
  readonly by: string | null;
  readonly role: string | null;
  readonly at: string | null;
  /** Its entry in the log, where it was said. */
  readonly seq: number | null;
  /** What is to be read; '' where it was withdrawn, hidden or erased. */
  readonly words: string;
  /** What else is known of it, by its kind. */
  readonly facts: Readonly<Record<string, unknown>>;
};

type Bare = Omit<RecordRow, 'no'>;

const NOTHING = { parent: null, itemId: null, by: null, role: null, at: null, seq: null } as const;

/**
 * The rows of a record, folded from its log like the room itself [AR1]. They hold what everybody who reads the record is told,
 * and nothing that is the chair's alone: no words that were withdrawn, hidden or held, no result that waits to be published,
 * and who said something by the id of the seat only, so that a name that is erased stands in one row. One after the other as they
 * are asked for: whoever writes ten thousand of them answers others in between.
 */
export function* recordRows(whole: Room, outcome: OutcomeNode): Generator<RecordRow> {
  const room = roomSeenBy(whole, 'room');
  let no = 0;
  for (const row of bareRows(room, outcome)) {
    yield { no, ...row };
    no += 1;
  }
}

function* bareRows(room: Room, outcome: OutcomeNode): Generator<Bare> {
  yield sessionRow(room);
  yield moderationRow(room);
  yield* personRows(room);
  for (const [index, item] of room.agenda.entries()) yield itemRow(item, index);
  for (const view of room.views) yield viewRow(room, view);
  for (const reply of room.replies) yield replyRow(room, reply);
  for (const poll of room.polls) yield pollRow(poll);
  yield* textRows(outcome);
  for (const task of room.tasks) yield taskRow(room, task);
}

/** Those of them that name people: what an erasure writes anew. */
export function isNaming({ kind }: Pick<RecordRow, 'kind'>): boolean {
  return kind === 'person';
}

function sessionRow({ plan, state, openedAt, closedAt, names }: Room): Bare {
  const facts = {
    mode: plan?.mode ?? null,
    template: plan?.template ?? null,
    source: plan?.source.kind ?? null,
    studioName: plan?.studioName ?? '',
    state,
    openedAt,
    closedAt,
    // How people are shown: by a form of address, or by their names [U1].
    names: names?.shown ?? 'name',
    isPrivate: plan?.isPrivate ?? false,
  };
  const words = [plan?.title, plan?.documentTitle].filter((line) => line !== undefined).join('\n');
  return { ...NOTHING, kind: 'session', ref: plan?.id ?? '', at: closedAt, words, facts };
}

function moderationRow({ moderation }: Room): Bare {
  return { ...NOTHING, kind: 'moderation', ref: '', words: '', facts: { ...moderation?.counts } };
}

function personRows({ participants, names }: Room): readonly Bare[] {
  return Object.values(participants).map((seat: Seat): Bare => {
    const facts = {
      affiliation: seat.affiliation,
      venueId: seat.venueId,
      isGuest: seat.isGuest,
      // The privacy of the session: whether the name is one, or a form of address.
      shown: names?.shown ?? 'name',
      cameAt: seat.enteredAt ?? seat.checkedIn?.at ?? null,
      leaveAt: seat.leaveAt ?? null,
      removedAt: seat.removedAt,
    };
    const { id, role, name } = seat;
    return { ...NOTHING, kind: 'person', ref: id, by: id, role, at: seat.enteredAt, words: name, facts };
  });
}

function itemRow(item: Room['agenda'][number], index: number): Bare {
  const { id, title, kind, minutes, startedAt, endedAt, heldMs = 0 } = item;
  const facts = { number: index + 1, kind, minutes, startedAt, endedAt, heldMs };
  return { ...NOTHING, kind: 'item', ref: id, itemId: id, at: startedAt, words: title, facts };
}

function said(room: Room, { id, by, at, seq, itemId, text }: View | Reply): Omit<Bare, 'kind' | 'facts'> {
  const role = room.participants[by]?.role ?? null;
  return { ...NOTHING, ref: id, itemId, by, role, at, seq, words: text };
}

function viewRow(room: Room, view: View): Bare {
  const { stance, endorsedBy = [], edits = [], keyPoint, hidden, withdrawnAt = null } = view;
  const facts = {
    stance,
    endorsements: endorsedBy.length,
    corrections: edits.length,
    isKeyPoint: keyPoint !== undefined,
    hidden: hidden?.reason ?? null,
    withdrawnAt,
  };
  return { ...said(room, view), kind: 'view', parent: view.replyTo, facts };
}

function replyRow(room: Room, reply: Reply): Bare {
  const { commitment, toViews } = reply;
  return { ...said(room, reply), kind: 'reply', parent: toViews[0] ?? null, facts: { commitment, toViews } };
}

function pollRow(poll: Poll): Bare {
  const { id, question, ask, rules } = poll.draft;
  const isOpened = poll.phase !== 'prepared';
  const closed = poll.phase === 'closed' ? poll : null;
  const isVoid = closed?.voided !== undefined;
  const facts = {
    ask: ask.kind,
    secrecy: rules.secrecy,
    phase: poll.phase,
    openedAt: isOpened ? poll.openedAt : null,
    closedAt: closed?.closedAt ?? null,
    isVoid,
    // As it was published: codes and numbers of the sentence, in no language, and every total [B12].
    sentences: (closed?.result?.chambers ?? []).map((chamber) => ({
      chamber: chamber.id,
      clauses: sentenceOf(poll.draft, chamber, isVoid),
    })),
    result: closed?.result ?? null,
  };
  const options = ask.kind === 'satisfaction' ? [] : itemsOf(ask).map(({ text }) => text);
  return {
    ...NOTHING,
    kind: 'poll',
    ref: id,
    at: facts.closedAt,
    words: [question, ...options].join('\n'),
    facts,
  };
}

function textRows(outcome: OutcomeNode): readonly Bare[] {
  return blocksOf(outcome).map(({ number, node, words, heading, isConsensus, citations }) => ({
    ...NOTHING,
    kind: 'text',
    ref: String(number),
    words,
    facts: { type: node.type, level: node.attrs?.['level'] ?? null, heading, isConsensus, citations },
  }));
}

function taskRow(room: Room, task: Room['tasks'][number]): Bare {
  const { id, by, at, department, cooperating, dueDays, acceptance, questionId = null } = task;
  const role = by === 'office' ? null : (room.participants[by]?.role ?? null);
  return {
    ...NOTHING,
    kind: 'task',
    ref: id,
    by,
    role,
    at,
    words: [task.task, department, ...cooperating, acceptance].filter((line) => line !== '').join('\n'),
    facts: { department, cooperating, dueDays, questionId },
  };
}
