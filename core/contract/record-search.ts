import { z } from 'zod';
import { Instant, ParticipantId, SessionId, StudioId } from '../domain/ids.ts';
import { LIMITS } from '../domain/limits.ts';
import { Role } from '../domain/people.ts';
import { FoundKind } from '../domain/record/kinds.ts';
import { TemplateName } from '../domain/sessions.ts';
import { line } from '../domain/text.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';

const none = z.strictObject({});

/** Behind which hit a page begins: when its record was sealed, its session, its place in the record. */
const After = z
  .string()
  .regex(/^[^_]{24}_[0-9a-f-]{36}_[0-9]{1,9}$/)
  .refine((text) => {
    const [at, sessionId] = text.split('_');
    return Instant.safeParse(at).success && SessionId.safeParse(sessionId).success;
  });

/** A stretch of what was found; isMark: words that were asked for. Never anything but words. */
const Stretch = z.strictObject({ text: z.string(), isMark: z.boolean() });

/** Something that was found in a sealed record. */
export const RecordHit = z.strictObject({
  sessionId: SessionId,
  title: z.string(),
  studioName: z.string(),
  sealedAt: Instant,
  /** The item of the agenda under which it was said; null: none. */
  item: z.string().nullable(),
  kind: FoundKind,
  /** Id of the thing; of a paragraph its number. */
  ref: z.string(),
  /** Its entry in the log, where it was said. */
  seq: z.int().nullable(),
  /** Whose it is, as the record calls them; name is '' where it was erased. Null: nobody's. */
  speaker: z.strictObject({ id: ParticipantId, role: Role, name: z.string() }).nullable(),
  at: Instant.nullable(),
  snippet: z.array(Stretch),
});
export type RecordHit = z.infer<typeof RecordHit>;

/** Sealed records that I may read, and what they can be narrowed by. */
export const RecordScope = z.strictObject({
  records: z.int(),
  since: Instant.nullable(),
  studios: z.array(z.strictObject({ id: StudioId, name: z.string() })),
  templates: z.array(TemplateName),
});
export type RecordScope = z.infer<typeof RecordScope>;

export const RecordQuery = z.strictObject({
  q: line(LIMITS.searchLength).optional(),
  /** Words of the title, or of the item of the agenda. */
  topic: line(LIMITS.searchLength).optional(),
  kind: FoundKind.optional(),
  role: Role.optional(),
  studioId: StudioId.optional(),
  /** Kind of meeting. */
  template: TemplateName.optional(),
  /** Sealed from then on, and before then. */
  from: Instant.optional(),
  to: Instant.optional(),
  after: After.optional(),
});
export type RecordQuery = z.infer<typeof RecordQuery>;

export const recordSearchRoutes = {
  searchRecords: route({
    method: 'GET',
    auth: 'person',
    rate: 'read',
    isIdempotent: false,
    bodyBytes: DOORS.bodyBytes,
    path: '/api/archives/search',
    summary:
      'Looks through all sealed records that I may read for things that hold all of the words q: views, replies, polls, paragraphs of the text, tasks. Chinese is cut into words; width and case make no difference. Newest records first, twenty a page; next is where the next page begins. Without q: what could be looked through.',
    params: none,
    query: RecordQuery,
    body: none,
    reply: z.strictObject({
      hits: z.array(RecordHit),
      /** All of them, on whatever page. */
      total: z.int(),
      next: z.string().nullable(),
      /** What was looked for, cut into words; empty where there was nothing to look for. */
      words: z.array(z.string()),
      scope: RecordScope,
    }),
  }),
};
