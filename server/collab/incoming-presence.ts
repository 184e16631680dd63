import { DOORS } from '../../core/contract/limits.ts';
import type { Access } from './access.ts';
import type { Bucket } from './buckets.ts';
import type { Line } from './line.ts';
import type { Owners } from './owners.ts';
import type { Presence } from './presence.ts';
import { stamp } from './stamp.ts';
import type { Allowance } from './writers.ts';
import { readPresence, type PresenceEntry } from './wire.ts';

type Deps = {
  readonly line: Line;
  /** Whose connection it is, to the cursors of the document. */
  readonly reader: object;
  readonly presence: Presence;
  readonly owners: Owners;
  readonly access: () => Access;
  readonly allowance: Allowance;
  readonly presences: Bucket;
  /** Tells a reader again that they only read. */
  readonly remind: () => void;
};

/** Claims of ids that are under way at once: one's own, and what a stock client echoes of others. */
const CLAIMS = 4;

/**
 * Takes where one client says that its cursor stands. Whoever sees a cursor sees its client id, so it is shown only
 * when the id is theirs: nobody can write under it before them, and nobody stands at another's place [W10].
 */
export function takePresence(deps: Deps) {
  const { line, reader, presence, owners, access } = deps;
  /** The newest state of each id whose owner is being asked. */
  const asking = new Map<number, PresenceEntry>();
  let cursorId: number | null = null;
  let isReminded = false;

  function show(entry: PresenceEntry): void {
    const { readsBecause, owner } = access();
    if (readsBecause !== null || owner === null || !line.isOpen()) return;
    const json = stamp(entry.json, owner);
    if (json === null) return line.abuse('presence state');
    if (presence.show(reader, { ...entry, json })) cursorId = entry.clientId;
  }

  async function claim(entry: PresenceEntry): Promise<void> {
    const { participantId } = access();
    const { clientId } = entry;
    const isAsked = asking.has(clientId);
    if (participantId === null || (!isAsked && asking.size >= CLAIMS)) return;
    asking.set(clientId, entry);
    if (isAsked) return;
    try {
      const claimed = await owners.claim({ authorId: participantId, ids: deps.allowance.ids }, [clientId]);
      const newest = asking.get(clientId);
      if (claimed === 'owned' && newest !== undefined && (cursorId ?? clientId) === clientId) show(newest);
    } catch {
      // Storage is away. A cursor is a hint: the next one asks again.
    } finally {
      asking.delete(clientId);
    }
  }

  return (data: Uint8Array): void => {
    const { readsBecause, owner } = access();
    if (readsBecause !== null && !isReminded) {
      isReminded = true;
      deps.remind();
    }
    // More than ten a second say nothing that the next one does not say.
    if (!deps.presences.take(1) || readsBecause !== null || owner === null) return;
    const entry = readPresence(data);
    if (entry === null) return line.abuse('presence');
    if (entry === 'none' || (cursorId !== null && entry.clientId !== cursorId)) return;
    if (data.byteLength > DOORS.awarenessBytes) return line.abuse('presence too large');
    if (entry.clientId === cursorId) return show(entry);
    const json = stamp(entry.json, owner);
    if (json === null) return line.abuse('presence state');
    // Who leaves before they were seen needs no id.
    if (json !== 'null' || asking.has(entry.clientId)) void claim(entry); // it hears of its own failure
  };
}
