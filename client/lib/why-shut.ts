import { textRoutes } from '../../core/contract/texts.ts';
import { DocumentId } from '../../core/domain/ids.ts';
import { REASONS, type Reason } from '../../core/domain/refusals.ts';
import { call } from './api.ts';
import { asApiError } from './errors.ts';
import { whoNow } from './me.ts';

/** Asked at most so often of each person's text, however often its door is found shut. */
const ASK_EVERY_MS = 15_000;
type Asked = { readonly atMs: number; readonly answer: Promise<Reason | null> };
const asked = new Map<string, Asked>();
type Ids = { readonly documentId: string; readonly personId: string };

/**
 * Why the line to a text was refused, which a browser does not say: another door of the same server does. Null when
 * nobody knows, as without a network, or when it would not be refused now. Does not fail.
 */
export function askWhyShut({ documentId, personId }: Ids): Promise<Reason | null> {
  const name = `${documentId} ${personId}`;
  const last = asked.get(name);
  if (last !== undefined && performance.now() - last.atMs < ASK_EVERY_MS) return last.answer;
  const answer = ask({ documentId, personId });
  asked.set(name, { atMs: performance.now(), answer });
  return answer;
}

async function ask({ documentId, personId }: Ids): Promise<Reason | null> {
  try {
    await call(textRoutes.askTextDoor, { params: { documentId: DocumentId.parse(documentId) } });
    return null;
  } catch (thrown) {
    const { reason, code } = asApiError(thrown);
    // A server of before this door tells nothing of the text.
    if (reason === 'OFFLINE' || reason === 'ROUTE_UNKNOWN' || code === 'INTERNAL') return null;
    if (code === 'UNAUTHENTICATED') return 'SIGN_IN_REVOKED';
    // Somebody else has signed in from another tab: what is said of them is not said of this person.
    return isForGood(reason) && whoNow() !== personId ? 'SIGN_IN_REVOKED' : reason;
  }
}

/** Knocking again changes nothing: the same as where an open line is closed with 4403 or 4404. */
export function isForGood(reason: Reason): boolean {
  return REASONS[reason] === 'FORBIDDEN' || reason === 'DOCUMENT_UNKNOWN';
}
