import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { pino } from 'pino';
import { canonical } from '../../core/domain/canonical.ts';
import { digest } from '../../core/domain/digest.ts';
import {
  DocumentId,
  ParticipantId,
  PersonId,
  PollId,
  SessionId,
  ViewId,
  AgendaItemId,
} from '../../core/domain/ids.ts';
import type { Role } from '../../core/domain/people.ts';
import type { OutcomeNode } from '../../core/domain/outcome.ts';
import type { PollDraft } from '../../core/domain/polls/draft.ts';
import { usualPoll } from '../../core/domain/polls/usual-rules.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import type { Who } from '../../core/domain/room/guards.ts';
import type { Log } from '../log.ts';
import { createMarkOf } from '../rooms/command-mark.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { Rooms } from '../ports/rooms.ts';
import type { Texts } from '../ports/texts.ts';

/** Says nothing. */
export const silentLog: Log = pino({ level: 'silent' });

export const realClock: Clock = { now: () => new Date().toISOString() };

/** Of a secret that only tests know about. */
export const testMarkOf = createMarkOf('a secret that only tests know about');

export const realIds: Ids = {
  uuid: () => randomUUID(),
  salt: () => randomBytes(16).toString('hex'),
  token: () => randomBytes(32).toString('base64url'),
};

/** A text that nobody wrote in; remembers what the engine asked of it in the document's row. */
export const fakeTexts: Texts = {
  setWritable: async (tx, documentId, writable) => {
    await tx.query('update document set writable = $2 where id = $1', [documentId, writable]);
  },
  seal: async (tx, documentId) => {
    await tx.query('update document set writable = false where id = $1', [documentId]);
    const outcome: OutcomeNode = { type: 'doc', content: [{ type: 'paragraph' }] };
    return { head: 0, sha256: digest(canonical(outcome)), outcome };
  },
};

/** A session on its way: who is in it, and short ways to ask something of it. */
export type TestSession = {
  readonly sessionId: SessionId;
  readonly documentId: DocumentId;
  readonly itemId: AgendaItemId;
  readonly convener: Person;
  readonly people: readonly Person[];
};
export type Person = {
  readonly personId: PersonId;
  readonly id: ParticipantId;
  readonly role: Role;
  readonly who: Who;
};

const OFFICE: Who = { kind: 'office', office: 'admin' };

/** Inserts what the services insert before the engine is asked: institution, people, session and document. */
export async function insertSession(pool: Pool, people: number) {
  const orgId = randomUUID();
  const sessionId = SessionId.parse(randomUUID());
  const documentId = DocumentId.parse(randomUUID());
  const personIds = Array.from({ length: people }, () => PersonId.parse(randomUUID()));
  await pool.query(`insert into org (id, name, kind) values ($1, '测试政协', 'cppcc')`, [orgId]);
  await pool.query(`insert into person (id, org_id, name) select unnest($1::uuid[]), $2, '人'`, [
    personIds,
    orgId,
  ]);
  await pool.query(
    `insert into session (id, org_id, title, mode, state, document_id) values ($1, $2, '测试', 'hybrid', 'scheduled', $3)`,
    [sessionId, orgId, documentId],
  );
  await pool.query('insert into document (id, session_id) values ($1, $2)', [documentId, sessionId]);
  return { sessionId, documentId, personIds };
}

/** Asks a room something as somebody, with a fresh key unless one is given. */
export function ask(
  rooms: Rooms,
  session: { sessionId: SessionId },
  person: Person,
  command: Command,
  key: string = randomUUID(),
) {
  return rooms.submit({
    sessionId: session.sessionId,
    who: person.who,
    actor: person.personId,
    key,
    command,
  });
}

/** Plans a session with these roles behind a convener, and opens it. */
export async function openSession(
  { pool, rooms }: { pool: Pool; rooms: Rooms },
  roles: readonly Role[],
  { open = true, draft = false } = {},
): Promise<TestSession> {
  const all: readonly Role[] = ['convener', ...roles];
  const { sessionId, documentId, personIds } = await insertSession(pool, all.length);
  const itemId = AgendaItemId.parse(randomUUID());
  const office: Person = {
    personId: PersonId.parse(randomUUID()),
    id: ParticipantId.parse(randomUUID()),
    role: 'staff',
    who: OFFICE,
  };
  await ask(rooms, { sessionId }, office, {
    type: 'planSession',
    plan: {
      id: sessionId,
      title: '测试协商会',
      mode: 'hybrid',
      plannedMinutes: 60,
      background: '',
      source: { kind: 'masses', detail: '', collected: 0 },
      studioName: '',
      documentId,
      documentTitle: '纪要',
      venues: [{ id: 'main', name: '主会场', kind: 'main' }],
      agenda: [{ id: itemId, title: '讨论', kind: 'exchange', speakerRole: 'any', minutes: 30 }],
    },
    ...(draft ? { begins: 'draft' as const } : {}),
  });
  const people = all.map((role, index): Person => {
    const id = ParticipantId.parse(randomUUID());
    return { personId: personIds[index]!, id, role, who: { kind: 'participant', id } };
  });
  await Promise.all(
    people.map((person, index) =>
      ask(rooms, { sessionId }, office, {
        type: 'addParticipant',
        participant: {
          id: person.id,
          role: person.role,
          name: `${person.role}${index}`,
          affiliation: '',
          venueId: 'main',
          isGuest: false,
        },
        personId: person.personId,
      }),
    ),
  );
  const session = { sessionId, documentId, itemId, convener: people[0]!, people: people.slice(1) };
  if (open) {
    await Promise.all(people.map((person) => ask(rooms, session, person, { type: 'enterRoom' })));
    await ask(rooms, session, session.convener, { type: 'openSession', why: '测试' });
  }
  return session;
}

/** A command that posts a view. */
export function viewCommand(text: string): Command {
  return {
    type: 'postView',
    view: { id: ViewId.parse(randomUUID()), stance: 'support', text, replyTo: null },
  };
}

/** A poll between yes and no. */
export function pollDraft(secrecy: PollDraft['rules']['secrecy'], roles: Role[]): PollDraft {
  const options = [
    { id: 'yes', text: '同意' },
    { id: 'no', text: '不同意' },
  ];
  return usualPoll({ id: PollId.parse(randomUUID()), question: '是否同意', options, roles, secrecy });
}

/** What a closed single choice of one chamber matches, by people and papers. */
export function counted(
  turnout: { readonly cast: number; readonly entitled?: number },
  choices: Readonly<Record<string, number>>,
) {
  return { chambers: [{ turnout, count: { of: 'choices', choices } }] };
}
