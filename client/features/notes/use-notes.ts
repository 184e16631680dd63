import { useEffect, useState, useSyncExternalStore } from 'react';
import { noteRoutes } from '../../../core/contract/notes.ts';
import type { ParticipantId, SessionId } from '../../../core/domain/ids.ts';
import { call, newId } from '../../lib/api.ts';
import { kept } from '../../lib/kept.ts';
import { noteTextsAt } from '../../lib/seats.ts';
import { createKeeping, type Keeping } from './keeping.ts';

/** My notes of a session, while they are wanted; what an earlier page could not save is sent at once. */
export function useNotes(sessionId: SessionId, participantId: ParticipantId, isWanted: boolean) {
  const [keeping] = useState(() => createKeepingFor(sessionId, participantId));
  const state = useSyncExternalStore(keeping.subscribe, keeping.state);
  const isOpen = isWanted || kept.keys(noteTextsAt({ sessionId, participantId })).length > 0;
  useEffect(() => {
    if (!isOpen) return undefined;
    keeping.open();
    return undefined;
  }, [keeping, isOpen]);
  useEffect(() => () => keeping.stop(), [keeping]);
  return { state, keeping };
}

function createKeepingFor(sessionId: SessionId, participantId: ParticipantId): Keeping {
  const params = { sessionId };
  return createKeeping({
    kept,
    places: noteTextsAt({ sessionId, participantId }),
    page: newId(),
    load: () => call(noteRoutes.getNote, { params }),
    save: (text, after) => call(noteRoutes.keepNote, { params, body: { text, after } }),
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  });
}
