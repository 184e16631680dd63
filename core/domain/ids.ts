import { z } from 'zod';

// Lower case only: PostgreSQL prints uuids so, and an id must be equal to itself in every layer.
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const uuid = z.string().regex(UUID);

export const OrgId = uuid.brand<'OrgId'>();
export type OrgId = z.infer<typeof OrgId>;
export const WordId = uuid.brand<'WordId'>();
export type WordId = z.infer<typeof WordId>;
export const StudioId = uuid.brand<'StudioId'>();
export type StudioId = z.infer<typeof StudioId>;
/** An account or a guest, across sessions. Never written into a session's log. */
export const PersonId = uuid.brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;
export const SessionId = uuid.brand<'SessionId'>();
export type SessionId = z.infer<typeof SessionId>;
/** A person in one session: the pseudonym that the log speaks of. */
export const ParticipantId = uuid.brand<'ParticipantId'>();
export type ParticipantId = z.infer<typeof ParticipantId>;
export const AgendaItemId = uuid.brand<'AgendaItemId'>();
export type AgendaItemId = z.infer<typeof AgendaItemId>;
export const ViewId = uuid.brand<'ViewId'>();
export type ViewId = z.infer<typeof ViewId>;
export const ReplyId = uuid.brand<'ReplyId'>();
export type ReplyId = z.infer<typeof ReplyId>;
/** A view put to a department. */
export const QuestionId = uuid.brand<'QuestionId'>();
export type QuestionId = z.infer<typeof QuestionId>;
export const PollId = uuid.brand<'PollId'>();
export type PollId = z.infer<typeof PollId>;
/** What was put into a session beside words; a material has the id of its file. */
export const FileId = uuid.brand<'FileId'>();
export type FileId = z.infer<typeof FileId>;
export const TaskId = uuid.brand<'TaskId'>();
export type TaskId = z.infer<typeof TaskId>;
export const DocumentId = uuid.brand<'DocumentId'>();
export type DocumentId = z.infer<typeof DocumentId>;
export const LinkId = uuid.brand<'LinkId'>();
export type LinkId = z.infer<typeof LinkId>;
/** One citation in a text. */
export const CitationId = uuid.brand<'CitationId'>();
export type CitationId = z.infer<typeof CitationId>;
/** A proposed change of the shared text. */
export const AmendmentId = uuid.brand<'AmendmentId'>();
export type AmendmentId = z.infer<typeof AmendmentId>;
/** A remark on words of the shared text. */
export const RemarkId = uuid.brand<'RemarkId'>();
export type RemarkId = z.infer<typeof RemarkId>;
/** The id of a thing whose kind is told beside it. */
export const ThingId = uuid;

/** A short name chosen by whoever writes the plan: venues and poll options. Unique within its list. */
export const LocalId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/);
export type LocalId = z.infer<typeof LocalId>;

/** An instant: ISO 8601, UTC, milliseconds, e.g. 2026-11-21T08:00:00.000Z. */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  // The 30th of February has the form of a date and is none.
  .refine(isReal, { error: 'date' });
export type Instant = z.infer<typeof Instant>;

function isReal(text: string): boolean {
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString() === text;
}
