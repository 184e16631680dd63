import { pino } from 'pino';
import * as Y from 'yjs';
import type { DocumentId, ParticipantId } from '../../core/domain/ids.ts';
import { uuid } from '../../core/testing/builders.ts';
import { AppError } from '../app-error.ts';
import { loadText } from '../collab/document.ts';
import { readUpdate } from '../collab/guard.ts';
import { createOwners } from '../collab/owners.ts';
import type { Writer } from '../collab/queue-items.ts';
import { createQueue, type Queue } from '../collab/queue.ts';
import type { DocumentLog, LoggedUpdate } from '../ports/document-log.ts';
import { typeInto } from './yjs-words.ts';

const documentId = uuid('docu', 1) as DocumentId;
const log = pino({ level: 'silent' });

/** A log in memory that can be away, lose its answer after it has committed, be locked, or refuse whom it is told to. */
export function memoryLog() {
  const rows: LoggedUpdate[] = [];
  const state = {
    isAway: false,
    losesAnswers: 0,
    batches: 0,
    poison: '',
    isLocked: false,
    refuses: new Set<ParticipantId>(),
  };
  const documentLog: DocumentLog = {
    find: () => Promise.resolve(null),
    load: () =>
      Promise.resolve({
        snapshot: null,
        snapshotSeq: 0,
        head: rows.length,
        updates: rows.map((row) => ({ ...row, atMs: 0 })),
      }),
    updatesAfter: (_id, seq) => Promise.resolve(rows.filter((row) => row.seq > seq)),
    frames: () => Promise.resolve([]),
    heads: () => Promise.resolve(new Map()),
    append: (_id, drafts) => {
      if (state.isAway) return Promise.reject(new AppError('STORAGE_AWAY'));
      if (state.poison !== '' && drafts.some(({ data }) => Buffer.from(data).includes(state.poison)))
        return Promise.reject(new Error('cannot be stored'));
      if (state.isLocked) return Promise.resolve({ kind: 'locked' });
      const refused = drafts.flatMap(({ authorId }, index) => (state.refuses.has(authorId) ? [index] : []));
      if (refused.length > 0)
        return Promise.resolve({
          kind: 'refused',
          refused: new Map(refused.map((place) => [place, 'ROLE_MAY_NOT'])),
        });
      const firstSeq = rows.length + 1;
      state.batches += 1;
      drafts.forEach(({ data }, index) => rows.push({ seq: firstSeq + index, data }));
      if (state.losesAnswers > 0) {
        state.losesAnswers -= 1;
        return Promise.reject(new AppError('STORAGE_AWAY'));
      }
      return Promise.resolve({ kind: 'appended', firstSeq });
    },
    claimClients: (_id, claims) =>
      Promise.resolve(new Map(claims.map((claim) => [claim.clientId, claim.authorId]))),
    isRecovering: () => Promise.resolve(false),
    beginning: () => Promise.resolve({ generation: 0, retired: new Set() }),
    beginAnew: () => Promise.resolve(false),
    saveSnapshot: () => Promise.resolve(null),
    setWritable: () => Promise.resolve(),
    freeze: () => Promise.resolve(null),
  };
  return { documentLog, rows, state };
}

/** Somebody who writes, and what the queue said to them. */
export function writer(number = 1) {
  const authorId = uuid('part', number) as ParticipantId;
  const said: string[] = [];
  const say = (word: string) => (): void => {
    said.push(word);
  };
  const from: Writer = {
    authorId,
    signInId: 'aa',
    ids: { take: () => true },
    labour: { spend: () => undefined, waitMs: () => 0 },
    kept: say('kept'),
    lost: (reason) => said.push(`lost ${reason}`),
    missing: say('missing'),
    abusive: say('abusive'),
    reached: (mark) => said.push(`mark ${mark[0]}`),
    waiting: say('waiting'),
    cut: (why) => said.push(`cut ${why}`),
    pause: say('pause'),
    resume: say('resume'),
  };
  return { from, said };
}

/** An empty text with its queue. */
export async function openQueue(documentLog: DocumentLog) {
  const answering = { spend: () => undefined, waitMs: () => 0 };
  const text = await loadText(documentId, {
    documentLog,
    log,
    answering,
    nowMs: () => Date.now(),
    onAdvance: () => undefined,
  });
  if (text === null) throw new Error('no text');
  const announced: number[] = [];
  const announce = (to: number) => announced.push(to);
  const owners = createOwners({ documentId, text, documentLog });
  const queue = createQueue({
    documentId,
    text,
    owners,
    documentLog,
    generation: 0,
    announce,
    log,
    nowMs: () => Date.now(),
  });
  return { text, queue, announced };
}

/** Somebody who types in a text of their own, each edit going to the queue but for those that were heard of. */
export function typist(queue: Queue, from: Writer) {
  const doc = new Y.Doc();
  doc.on('update', (data: Uint8Array, origin: unknown) => {
    if (origin === 'heard') return;
    const update = readUpdate(data);
    if (update === null) throw new Error('unreadable');
    queue.push({ kind: 'update', from, update, answer: 0 });
  });
  return {
    doc,
    type: (words: string) => typeInto(doc, words),
    mark: (n: number) => queue.push({ kind: 'mark', from, mark: new Uint8Array([n]) }),
  };
}
