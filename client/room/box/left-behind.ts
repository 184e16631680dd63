import { kept } from '../../lib/kept.ts';
import { currentMe, hearMe, whoNow } from '../../lib/me.ts';
import { participantsOf } from '../../lib/seats.ts';
import { countUncast, dropAll, dropSpent, type LeavingPorts } from './leaving.ts';
import { hasSlips, noteSlips, purse } from './own-purse.ts';

/** What people leave behind on this device as they go. */
export function createLeftBehind(ports: LeavingPorts) {
  const tidied = async (act: () => Promise<void>): Promise<void> => {
    if (!hasSlips()) return;
    try {
      await act();
      if ((await ports.purse.all()).length === 0) noteSlips(false);
    } catch {
      // What cannot be opened now is tried again with the next page.
    }
  };
  let holder = whoNow();
  const look = () => {
    const identity = currentMe();
    if (identity.kind !== 'person' && identity.kind !== 'nobody') return;
    const next = identity.kind === 'person' ? identity.me.personId : null;
    const isSame = next !== null && next === holder;
    holder = next;
    if (isSame) return;
    const participants = next === null ? [] : participantsOf(kept, next);
    // -- tidied never rejects.
    void tidied(() => dropSpent(ports, { participants }));
  };
  return {
    /** How many tokens a sign-out of this person would lose; 0 where that cannot be found out. Never rejects. */
    uncastOf: async (personId: string): Promise<number> => {
      if (!hasSlips()) return 0;
      try {
        return await countUncast(ports, { participants: participantsOf(kept, personId) });
      } catch {
        return 0;
      }
    },
    /** Takes all of this person's ballots from the device; at sign-out, before their seats are forgotten. Never rejects. */
    leaveBoxes: async (personId: string): Promise<void> => {
      const participants = participantsOf(kept, personId);
      await tidied(() => dropAll(ports, { participants }));
    },
    /**
     * Slips of ballots go with the sign-in of their voter, also where it ended elsewhere: it was withdrawn, it ran out, or
     * somebody else signed in. Called once a page; returns what ends it.
     */
    watchSignIns: (): (() => void) => {
      look();
      return hearMe(look);
    },
  };
}

// What speaks with boxes is heavy: it comes where this device has slips.
export const { uncastOf, leaveBoxes, watchSignIns } = createLeftBehind({
  purse,
  putIntoBox: async (...asked) => (await import('./box-line.ts')).putIntoBox(...asked),
  readBox: async (url) => (await import('./box-line.ts')).readBoxAt(url),
});
