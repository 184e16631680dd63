import { z } from 'zod';
import { LogRow } from '../domain/chain.ts';
import { DocumentForm, DocumentKind, Matter } from '../domain/documents/tree.ts';
import { Sha256 } from '../domain/files.ts';
import { Instant, PollId, SessionId } from '../domain/ids.ts';
import { BoxContent } from '../domain/polls/box.ts';
import type { Room } from '../domain/room/state.ts';
import { OutcomeNode } from '../domain/outcome.ts';
import { TextFrame } from '../domain/replay/text-frames.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';
import { SessionParams } from './snapshot.ts';

const none = z.strictObject({});

/** The sealed record of a session. room carries the papers as they were published. */
export const Archive = z.strictObject({
  sessionId: SessionId,
  sealedAt: Instant,
  seq: z.int(),
  headHash: z.string(),
  room: z.custom<Room>((value) => typeof value === 'object' && value !== null),
  /** The text as it was frozen, and the SHA-256 of its canonical JSON. */
  outcome: OutcomeNode,
  outcomeHash: z.string(),
  /** What lay in the ballot boxes of its polls, by poll, where that was asked for [B50]. */
  boxes: z.record(PollId, BoxContent).optional(),
});
export type Archive = z.infer<typeof Archive>;

/** publicKey: 32 bytes; fingerprint: their SHA-256. Both in hex. */
export const SigningKey = z.strictObject({
  algorithm: z.literal('Ed25519'),
  publicKey: Sha256,
  fingerprint: Sha256,
});
export type SigningKey = z.infer<typeof SigningKey>;

const base = {
  method: 'GET',
  auth: 'person',
  rate: 'read',
  isIdempotent: false,
  bodyBytes: DOORS.bodyBytes,
  params: SessionParams,
  query: none,
  body: none,
} as const;

export const archiveRoutes = {
  getArchive: route({
    ...base,
    path: '/api/sessions/:sessionId/archive',
    summary:
      'The sealed record; with=boxes: and every ballot of its polls that are 无记名可核验, as it was sealed. ARCHIVE_UNKNOWN until the session is closed.',
    query: z.strictObject({ with: z.literal('boxes').optional() }),
    reply: Archive,
  }),
  getLog: route({
    ...base,
    path: '/api/sessions/:sessionId/log',
    summary:
      'Rows of the hash chain of an archived session, at most 500, for anybody to verify; what my audience may not see is withheld.',
    query: z.strictObject({ after: z.coerce.number().int().min(0) }),
    reply: z.strictObject({ rows: z.array(LogRow), headHash: z.string(), more: z.boolean() }),
  }),
  getTextHistory: route({
    ...base,
    path: '/api/sessions/:sessionId/archive/text-history',
    summary:
      'How the shared text of an archived session grew, in frames of ten seconds at least, for its replay. ARCHIVE_UNKNOWN until the session is closed.',
    reply: z.strictObject({ frames: z.array(TextFrame).readonly() }),
  }),
  getBundle: route({
    ...base,
    rate: 'bundle',
    file: 'out',
    path: '/api/sessions/:sessionId/archive/bundle',
    summary:
      'The record as one zip: log, text, polls, roster and files as far as my audience may read them, a signed manifest, and verify.mjs, which verifies it with plain Node.js. Errors: ARCHIVE_UNKNOWN, ARCHIVE_BROKEN; BUSY passes.',
    reply: none,
  }),
  getDocument: route({
    ...base,
    rate: 'bundle',
    file: 'out',
    path: '/api/sessions/:sessionId/archive/documents/:kind',
    summary:
      'An official document made of the record, as far as my audience may read it: 协商纪要, 协商专报, 简报, 社情民意信息, 提案素材 or 全程记录, as Word in the layout of GB/T 9704, Markdown, or the tree of which both are made. number: its 期号; about: the matter of a 社情民意信息, as view:ID or sentence:NUMBER. Errors: ARCHIVE_UNKNOWN, ARCHIVE_BROKEN, DOCUMENT_MATTER_UNKNOWN, DOCUMENT_TOO_LONG; BUSY passes.',
    params: SessionParams.extend({ kind: DocumentKind }),
    query: z.strictObject({
      form: DocumentForm,
      number: z.coerce.number().int().min(1).max(9_999).optional(),
      about: Matter.optional(),
    }),
    reply: none,
  }),
  getSigningKey: route({
    ...base,
    auth: 'none',
    path: '/api/signing-key',
    summary: 'The Ed25519 key that this installation signs records with, and its fingerprint.',
    params: none,
    reply: SigningKey,
  }),
};
