import { Snapshot } from '../core/contract/snapshot.ts';
import type { ParticipantId } from '../core/domain/ids.ts';
import type { Room } from '../core/domain/room/state.ts';

/** A snapshot as an ear needs it: where its room ends. The whole of it is there for whoever holds it to account. */
export type Picture = { readonly seq: number; readonly whole: () => Room };

/** One of so many is read whole when it comes: a look that went wrong does not go on unseen. */
const READ_WHOLE = 50;
/** Words are quoted, with their own quotes escaped: this stands in a key's place only. */
const SEQ = '"seq":';

/**
 * Looks at snapshots for a whole hall. Whoever reads a thousand rooms of a thousand seats measures itself, so that of
 * most only is seen that the person is in, and where the room ends: its first seq, because seats have none.
 */
export function createPictureReader(): (bytes: Buffer, own: ParticipantId) => Picture {
  let count = 0;
  return (bytes, own) => {
    const whole = () => Snapshot.parse(JSON.parse(bytes.toString('utf8'))).room;
    const at = bytes.indexOf(SEQ) + SEQ.length;
    const seq = parseInt(bytes.toString('latin1', at, at + 16), 10);
    if (!bytes.includes(`"${own}":{`)) throw new Error(`${own} is not in the room that they were given`);
    if (count % READ_WHOLE === 0 && whole().seq !== seq)
      throw new Error('a room ends elsewhere than it says');
    count += 1;
    return { seq, whole };
  };
}
