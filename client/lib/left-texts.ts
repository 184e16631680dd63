import * as Y from 'yjs';
import { openText, type OpenText } from './collab.ts';
import { onWipe } from './local-copy.ts';

/** With a copy on this device the edits outlive the page anyway: waiting only brings them to the others sooner. */
const LINGER_MS = 10_000;

export type OpenDocument = { readonly doc: Y.Doc; readonly text: OpenText };
type Ids = { readonly documentId: string; readonly personId: string };
type Left = Ids & { readonly open: OpenDocument; readonly stop: () => void };

// A text is left by another tab of the room or another page, in the middle of a word as well: what is not saved yet
// would go with it. So it stays open behind the scenes until it is, and is found again by whoever comes back.
const left = new Set<Left>();

/** Opens a text, or finds it as it was left. */
export function takeText(ids: Ids): OpenDocument {
  for (const found of left)
    if (found.documentId === ids.documentId && found.personId === ids.personId) {
      found.stop();
      return alive(ids, found.open);
    }
  const doc = new Y.Doc();
  return { doc, text: openText({ ...ids, doc }) };
}

/**
 * The server closed it for good, to a sign-in or a seat that may have changed since: what it holds is tried anew. What
 * was put back to an earlier state is not: kept anew, it would bring the later one back.
 */
function alive(ids: Ids, open: OpenDocument): OpenDocument {
  const { doc, text } = open;
  const ended = text.ended();
  if (ended === null || ended === 'TEXT_RESET') return open;
  const before = { isAhead: !text.isSafe(), hasEarlierUnread: text.hasEarlierUnread() };
  text.close();
  return { doc, text: openText({ ...ids, doc, before }) };
}

/** Leaves a text: closes it as soon as nothing can be lost by that. */
export function leaveText(ids: Ids, open: OpenDocument): void {
  const { text } = open;
  if (text.isSafe()) return end(open);
  const stopHearing = text.subscribe(() => {
    if (text.isSafe()) close();
  });
  const timer = setTimeout(() => {
    if (text.hasCopy()) close();
  }, LINGER_MS);
  const one: Left = {
    ...ids,
    open,
    stop: () => {
      stopHearing();
      clearTimeout(timer);
      left.delete(one);
    },
  };
  left.add(one);
  function close(): void {
    one.stop();
    end(open);
  }
}

function end({ doc, text }: OpenDocument): void {
  text.close();
  doc.destroy();
}

onWipe((personId) => {
  for (const one of left)
    if (one.personId === personId) {
      one.stop();
      end(one.open);
    }
});
