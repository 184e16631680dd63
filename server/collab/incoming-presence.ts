import { DOORS } from '../../core/contract/limits.ts';
import type { Access } from './access.ts';
import { type Bucket } from './buckets.ts';
import type { Line } from './line.ts';
import type { Presence } from './presence.ts';
import { stamp } from './stamp.ts';
import { readPresence } from './wire.ts';

type Deps = {
  readonly line: Line;
  /** Whose connection it is, to the cursors of the document. */
  readonly reader: object;
  readonly presence: Presence;
  readonly access: () => Access;
  readonly presences: Bucket;
};

/** Takes where one client says that its cursor stands [W7]. */
export function takePresence({ line, reader, presence, access, presences }: Deps) {
  let cursorId: number | null = null;

  return (data: Uint8Array): void => {
    const { readsBecause, owner } = access();
    // More than ten a second say nothing that the next one does not say.
    if (!presences.take(1) || readsBecause !== null || owner === null) return;
    const entry = readPresence(data);
    if (entry === null) return line.abuse('presence');
    if (entry === 'none' || (cursorId !== null && entry.clientId !== cursorId)) return;
    if (data.byteLength > DOORS.awarenessBytes) return line.abuse('presence too large');
    const json = stamp(entry.json, owner);
    if (json === null) return line.abuse('presence state');
    if (presence.show(reader, { ...entry, json })) cursorId = entry.clientId;
  };
}
