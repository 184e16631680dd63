import type { SessionSummary } from '../../core/contract/sessions.ts';
import type {
  DocumentId,
  Instant,
  OrgId,
  ParticipantId,
  PersonId,
  SessionId,
  StudioId,
} from '../../core/domain/ids.ts';
import type { SessionPlan } from '../../core/domain/sessions.ts';

/** A session's row before its log begins. */
export type NewSession = {
  readonly id: SessionId;
  readonly orgId: OrgId;
  readonly studioId: StudioId;
  readonly title: string;
  readonly mode: SessionPlan['mode'];
  readonly documentId: DocumentId;
  readonly startsAt: Instant | null;
};

/** Sessions at rest, apart from their logs. */
export type SessionStore = {
  /** The organisation that a session belongs to; null when there is no such session. */
  readonly orgOf: (sessionId: SessionId) => Promise<OrgId | null>;
  /** Sessions where a person has a seat, or of the organisation whose office they are; the newest first. */
  readonly list: (personId: PersonId, officeOrgId: OrgId | null) => Promise<readonly SessionSummary[]>;
  /** One session in short, with this person's seat. */
  readonly find: (sessionId: SessionId, personId: PersonId) => Promise<SessionSummary | null>;
  /** Makes the rows of a session and its text. False: the id of the session or of the text is in use by another. */
  readonly create: (session: NewSession) => Promise<boolean>;
  /** Whose seat it is; null for a seat that is not there. */
  readonly holderOf: (sessionId: SessionId, participantId: ParticipantId) => Promise<PersonId | null>;
  /** The organisation of a studio. */
  readonly orgOfStudio: (studioId: StudioId) => Promise<OrgId | null>;
};
