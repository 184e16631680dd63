import type { CursorOwner } from '../../core/contract/collab.ts';
import { DOORS } from '../../core/contract/limits.ts';
import { bucketIn, takeFrom } from './buckets.ts';
import type { Desk, DeskCursor } from './desk.ts';
import { abuse, isOpen } from './line.ts';
import { stamp } from './stamp.ts';
import { readPresence, type PresenceEntry } from './wire.ts';
import { remind } from './writing.ts';

/** Claims of ids that are under way at once: one's own, and what a stock client echoes of others. */
const CLAIMS = 4;

/**
 * Takes where one client says that its cursor stands. Whoever sees a cursor sees its client id, so it is shown only
 * when the id is theirs: nobody can write under it before them, and nobody stands at another's place [W10].
 */
export function takePresence(desk: Desk, data: Uint8Array): void {
  const cursor = (desk.cursor ??= { id: null, owned: null, asking: new Map(), isReminded: false });
  const { readsBecause, owner } = desk.access;
  if (readsBecause !== null && !cursor.isReminded) {
    cursor.isReminded = true;
    remind(desk);
  }
  // More than ten a second say nothing that the next one does not say.
  if (!takeFrom(desk.buckets, 'presences', 1) || readsBecause !== null || owner === null) return;
  const entry = readPresence(data);
  if (entry === null) return abuse(desk, 'presence');
  if (entry === 'none' || (cursor.id !== null && entry.clientId !== cursor.id)) return;
  if (data.byteLength > DOORS.awarenessBytes) return abuse(desk, 'presence too large');
  if (entry.clientId === cursor.owned) return show(desk, cursor, owner, entry);
  const json = stamp(entry.json, owner);
  if (json === null) return abuse(desk, 'presence state');
  // Who leaves before they were seen needs no id.
  if (json !== 'null' || cursor.asking.has(entry.clientId)) void claim(desk, cursor, entry); // it hears of its own failure
}

/** The id is theirs. */
function show(desk: Desk, cursor: DeskCursor, owner: CursorOwner, entry: PresenceEntry): void {
  const { presence } = desk.open;
  // Where there are too many, it costs nothing to be one of those who are not shown.
  if (!presence.hasRoomFor(entry.clientId)) return;
  const json = stamp(entry.json, owner);
  if (json === null) return abuse(desk, 'presence state');
  if (json === 'null' && cursor.id === null) return;
  presence.show(desk, { ...entry, json });
  cursor.id = entry.clientId;
}

async function claim(desk: Desk, cursor: DeskCursor, entry: PresenceEntry): Promise<void> {
  const { participantId } = desk.access;
  const { asking } = cursor;
  const { clientId } = entry;
  const isAsked = asking.has(clientId);
  if (participantId === null || (!isAsked && asking.size >= CLAIMS)) return;
  asking.set(clientId, entry);
  if (isAsked) return;
  try {
    const ids = bucketIn(desk.allowance, 'ids');
    const claimed = await desk.open.intake.owners().claim({ authorId: participantId, ids }, [clientId]);
    const newest = asking.get(clientId);
    if (claimed !== 'owned' || newest === undefined || (cursor.id ?? clientId) !== clientId) return;
    cursor.owned = clientId;
    const { readsBecause, owner } = desk.access;
    if (readsBecause === null && owner !== null && isOpen(desk)) show(desk, cursor, owner, newest);
  } catch {
    // Storage is away. A cursor is a hint: the next one asks again.
  } finally {
    asking.delete(clientId);
  }
}
