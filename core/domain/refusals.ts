/** The classes of error that every door answers with (house contract). */
export const CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'INVALID',
  'CONFLICT',
  'CLOSED',
  'TOO_LARGE',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'INTERNAL',
] as const;
export type Code = (typeof CODES)[number];

/** Every reason for a refusal and the class it belongs to. A person's text is found in the locales by the reason. */
export const REASONS = {
  SIGN_IN_NEEDED: 'UNAUTHENTICATED',
  SIGN_IN_WRONG: 'UNAUTHENTICATED',
  SIGN_IN_REVOKED: 'UNAUTHENTICATED',
  ROLE_MAY_NOT: 'FORBIDDEN',
  NOT_IN_SESSION: 'FORBIDDEN',
  REMOVED_FROM_SESSION: 'FORBIDDEN',
  ORIGIN_FOREIGN: 'FORBIDDEN',
  NOT_ELIGIBLE: 'FORBIDDEN',
  CHAIR_STAYS_NEUTRAL: 'FORBIDDEN',
  SESSION_UNKNOWN: 'NOT_FOUND',
  PARTICIPANT_UNKNOWN: 'NOT_FOUND',
  VIEW_UNKNOWN: 'NOT_FOUND',
  POLL_UNKNOWN: 'NOT_FOUND',
  ITEM_UNKNOWN: 'NOT_FOUND',
  DOCUMENT_UNKNOWN: 'NOT_FOUND',
  LINK_UNKNOWN: 'NOT_FOUND',
  STUDIO_UNKNOWN: 'NOT_FOUND',
  ACCOUNT_UNKNOWN: 'NOT_FOUND',
  ROUTE_UNKNOWN: 'NOT_FOUND',
  ARCHIVE_UNKNOWN: 'NOT_FOUND',
  MALFORMED: 'INVALID',
  FIELD_INVALID: 'INVALID',
  PASSWORD_WRONG: 'INVALID',
  KEY_MISSING: 'INVALID',
  OPTION_UNKNOWN: 'INVALID',
  BALLOT_EMPTY: 'INVALID',
  BALLOT_TOO_MANY: 'INVALID',
  BALLOT_SCORES: 'INVALID',
  VENUE_UNKNOWN: 'INVALID',
  ROLE_NOT_JOINABLE: 'INVALID',
  DUPLICATE_LOCAL_ID: 'INVALID',
  KEY_REUSED: 'CONFLICT',
  ID_TAKEN: 'CONFLICT',
  ALREADY_THERE: 'CONFLICT',
  SESSION_NOT_OPEN: 'CONFLICT',
  SESSION_ALREADY_OPEN: 'CONFLICT',
  SESSION_NOT_PAUSED: 'CONFLICT',
  HOST_ABSENT: 'CONFLICT',
  POLL_NOT_OPEN: 'CONFLICT',
  POLL_ALREADY_OPENED: 'CONFLICT',
  BALLOT_ALREADY_CAST: 'CONFLICT',
  NOBODY_ELIGIBLE: 'CONFLICT',
  POLL_STILL_OPEN: 'CONFLICT',
  FLOOR_ALREADY_REQUESTED: 'CONFLICT',
  FLOOR_NOT_REQUESTED: 'CONFLICT',
  FLOOR_NOT_HELD: 'CONFLICT',
  FLOOR_TAKEN: 'CONFLICT',
  ITEM_IS_CURRENT: 'CONFLICT',
  LOGIN_TAKEN: 'CONFLICT',
  OWN_ACCOUNT: 'CONFLICT',
  CLIENT_OUTDATED: 'CONFLICT',
  SESSION_CLOSED: 'CLOSED',
  POLL_CLOSED: 'CLOSED',
  LINK_REVOKED: 'CLOSED',
  LINK_EXPIRED: 'CLOSED',
  LINK_USED: 'CLOSED',
  LINK_FULL: 'CLOSED',
  TEXT_LOCKED: 'CLOSED',
  SESSION_FULL: 'TOO_LARGE',
  BODY_TOO_LARGE: 'TOO_LARGE',
  UPDATE_TOO_LARGE: 'TOO_LARGE',
  TOO_OFTEN: 'RATE_LIMITED',
  STORAGE_AWAY: 'UNAVAILABLE',
  BUSY: 'UNAVAILABLE',
  STOPPING: 'UNAVAILABLE',
  UNEXPECTED: 'INTERNAL',
} as const satisfies Record<string, Code>;
export type Reason = keyof typeof REASONS;

/** Why a command is refused; facts carry what a person needs to understand it. */
export type Refusal = {
  readonly reason: Reason;
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
};

/** A refusal as a failed Result. */
export function refuse(
  reason: Reason,
  facts?: Refusal['facts'],
): { readonly ok: false; readonly error: Refusal } {
  return { ok: false, error: facts === undefined ? { reason } : { reason, facts } };
}
