import { REASONS, type Code, type Reason } from '../../core/domain/refusals.ts';
import { LISTED_FIELDS, type ListedField } from '../../core/domain/listed-fields.ts';
import { hasEnded, SESSION_STATES } from '../../core/domain/sessions.ts';
import type { Params, TextKey, Translate } from './i18n.ts';

/** A reason of the server, or our own for a server that could not be reached. */
export type ClientReason = Reason | 'OFFLINE';
export type Details = Readonly<Record<string, string | number | boolean>>;

/** Why a call failed, in the words of the contract. Clients act on reason and code, never on message. */
export class ApiError extends Error {
  readonly reason: ClientReason;
  readonly code: Code | 'OFFLINE';
  readonly details: Details;
  /** What the person can tell the staff; null when the server never answered. */
  readonly requestId: string | null;

  constructor(
    reason: ClientReason,
    more: {
      readonly details?: Details;
      readonly requestId?: string;
      readonly message?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(more.message ?? reason, { cause: more.cause });
    this.name = 'ApiError';
    this.reason = reason;
    this.code = reason === 'OFFLINE' ? 'OFFLINE' : REASONS[reason];
    this.details = more.details ?? {};
    this.requestId = more.requestId ?? null;
  }
}

/** Anything thrown, as an ApiError. */
export function asApiError(thrown: unknown): ApiError {
  return thrown instanceof ApiError ? thrown : new ApiError('UNEXPECTED', { cause: thrown });
}

/** What a person reads about a reason, in their language. */
export function reasonText(t: Translate, reason: ClientReason, details: Details = {}): string {
  const state = SESSION_STATES.find((known) => known === details['state']);
  // It will not be open again: what is said of a break would have people wait.
  const isLate = reason === 'SESSION_NOT_OPEN' && state !== undefined && hasEnded(state);
  const key: TextKey = isLate ? 'errors:SESSION_CLOSED' : `errors:${reason}`;
  return t(key, {
    ...paramsOf(details),
    ...(state === undefined ? {} : { state: t(`words:state.${state}`) }),
    ...(LISTED.has(reason) ? { field: t(`words:listed.${fieldIn(details)}`) } : {}),
  });
}

/** Refusals by the list of words, which say in what they were found; an older server does not. */
const LISTED: ReadonlySet<ClientReason> = new Set(['WORDS_NOT_TAKEN', 'WORDS_NEED_REVIEW']);

function fieldIn({ field }: Details): ListedField {
  return LISTED_FIELDS.find((known) => known === field) ?? 'words';
}

/** Whether asking again is pointless until the person does something: sign in, ask for a seat, reload. */
export function isFinal({ code, reason }: ApiError): boolean {
  const isRefused = code === 'UNAUTHENTICATED' || code === 'FORBIDDEN' || code === 'NOT_FOUND';
  return isRefused || reason === 'CLIENT_OUTDATED';
}

/** Whether the same request may well succeed a little later. */
export function isPassing(code: Code | 'OFFLINE'): boolean {
  return code === 'OFFLINE' || code === 'UNAVAILABLE' || code === 'RATE_LIMITED';
}

function paramsOf(details: Details): Params {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? String(value) : value,
    ]),
  );
}
