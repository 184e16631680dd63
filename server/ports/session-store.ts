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
import type { Role } from '../../core/domain/people.ts';
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
  readonly isPrivate: boolean;
  /** Who planned it, so that somebody else approves it [S7]. */
  readonly plannedBy: PersonId;
};

/** An organisation whose office somebody is; hasPrivate: whether they answer for its private sessions too [K2]. */
export type OfficeHouse = { readonly orgId: OrgId; readonly hasPrivate: boolean };

export type Roster = {
  readonly studioId: StudioId | null;
  readonly seats: readonly { readonly id: ParticipantId; readonly personId: PersonId; readonly role: Role }[];
};

/** Whose plans an administrator may approve: others', or all where there is nobody else [S7]. */
export type Reviewing = 'none' | 'others' | 'all';

/** Sessions at rest, apart from their logs. */
export type SessionStore = {
  /** The organisation that a session belongs to; null when there is no such session. */
  readonly orgOf: (sessionId: SessionId) => Promise<OrgId | null>;
  /** What that organisation is called; '' when there is no such session. */
  readonly orgNameOf: (sessionId: SessionId) => Promise<string>;
  /** Sessions where a person has a seat, or of the organisation whose office they are; the newest first. */
  readonly list: (
    personId: PersonId,
    house: OfficeHouse | null,
    reviewing: Reviewing,
  ) => Promise<readonly SessionSummary[]>;
  /** One session in short, with this person's seat. */
  readonly find: (
    sessionId: SessionId,
    personId: PersonId,
    reviewing: Reviewing,
  ) => Promise<SessionSummary | null>;
  /** Whether an organisation has an administrator beside this person. */
  readonly hasOtherAdmin: (orgId: OrgId, personId: PersonId) => Promise<boolean>;
  /** Makes the rows of a session and its text. False: the id of the session or of the text is in use by another. */
  readonly create: (session: NewSession) => Promise<boolean>;
  /** Whose seat it is; null for a seat that is not there. */
  readonly holderOf: (sessionId: SessionId, participantId: ParticipantId) => Promise<PersonId | null>;
  /** The studio of a session, and who has both a seat in it and an account now; guests are left out. */
  readonly rosterOf: (sessionId: SessionId) => Promise<Roster>;
  /** The organisation of a studio. */
  readonly orgOfStudio: (studioId: StudioId) => Promise<OrgId | null>;
};
