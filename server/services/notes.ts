import type { Note } from '../../core/contract/notes.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { AppError } from '../app-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { NoteStore } from '../ports/note-store.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { enterFor, type StandingDeps } from './standing.ts';

export type NotesDeps = StandingDeps & { readonly notes: NoteStore; readonly clock: Clock };

export type NotesService = ReturnType<typeof createNotes>;

/** What people of a session write down for themselves [Z1]. Throws NOT_IN_SESSION to whoever has no seat. */
export function createNotes(deps: NotesDeps) {
  return {
    get: async (who: SignedIn, sessionId: SessionId): Promise<Note> => {
      await seated(deps, who, sessionId);
      return await deps.notes.find({ sessionId, personId: who.personId });
    },
    /** Throws NOTE_ELSEWHERE. */
    keep: async (
      who: SignedIn,
      sessionId: SessionId,
      note: { readonly text: string; readonly after: number },
    ): Promise<Omit<Note, 'text'>> => {
      await seated(deps, who, sessionId);
      const of = { sessionId, personId: who.personId };
      const kept = await deps.notes.keep(of, { ...note, at: deps.clock.now() });
      if (kept === null) throw new AppError('NOTE_ELSEWHERE');
      return kept;
    },
  };
}

async function seated(deps: NotesDeps, who: SignedIn, sessionId: SessionId): Promise<void> {
  const { standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
  if (standing.kind !== 'participant') throw new AppError('NOT_IN_SESSION');
}
