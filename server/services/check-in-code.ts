import { createHmac, timingSafeEqual } from 'node:crypto';
import { DOORS } from '../../core/contract/limits.ts';
import { LocalId, type SessionId } from '../../core/domain/ids.ts';

/** Where a code belongs. */
export type CodePlace = { readonly sessionId: SessionId; readonly venueId: LocalId };

export type ReadCode =
  | { readonly kind: 'good'; readonly venueId: LocalId }
  /** expired: it was one of ours, of another half minute. unknown: it never was, or is another session's. */
  | { readonly kind: 'expired' | 'unknown' };

const WINDOW_MS = DOORS.checkInCodeMs;
const MAC_BYTES = 16;

/** The code of a venue now, and when the next one is due, in milliseconds. Derived, never stored. */
export function checkInCode(
  secret: string,
  place: CodePlace,
  nowMs: number,
): { readonly code: string; readonly nextInMs: number } {
  const window = windowAt(nowMs);
  const code = `${place.venueId}.${window.toString(36)}.${mac(secret, place, window).toString('base64url')}`;
  return { code, nextInMs: (window + 1) * WINDOW_MS - nowMs };
}

/**
 * What a code says: it is taken in its own half minute and the next. A process whose clock is a little behind the one
 * that made it takes it as well: nobody but us can make one in advance [M3].
 */
export function readCheckInCode(
  secret: string,
  {
    code,
    sessionId,
    nowMs,
  }: { readonly code: string; readonly sessionId: SessionId; readonly nowMs: number },
): ReadCode {
  const [venue = '', written = '', signature = '', ...rest] = code.split('.');
  const venueId = LocalId.safeParse(venue);
  const window = Number.parseInt(written, 36);
  if (!venueId.success || rest.length > 0 || window.toString(36) !== written) return { kind: 'unknown' };
  const given = Buffer.from(signature, 'base64url');
  const right = mac(secret, { sessionId, venueId: venueId.data }, window);
  const isWhole = given.length === MAC_BYTES && given.toString('base64url') === signature;
  if (!isWhole || !timingSafeEqual(given, right)) return { kind: 'unknown' };
  return Math.abs(windowAt(nowMs) - window) <= 1
    ? { kind: 'good', venueId: venueId.data }
    : { kind: 'expired' };
}

function windowAt(nowMs: number): number {
  return Math.floor(nowMs / WINDOW_MS);
}

function mac(secret: string, { sessionId, venueId }: CodePlace, window: number): Buffer {
  return createHmac('sha256', secret)
    .update(`check-in/1:${sessionId}:${venueId}:${window}`)
    .digest()
    .subarray(0, MAC_BYTES);
}
