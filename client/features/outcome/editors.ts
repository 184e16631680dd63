import { useEffect, useState } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import { Role } from '../../../core/domain/people.ts';

/** Somebody who has the text open for writing. */
export type TextEditorPerson = {
  readonly participantId: string;
  readonly name: string;
  readonly role: Role;
};

/** Who is editing, each person once however many windows they have; by name, so that the list keeps still. */
export function editorsOf(states: Iterable<unknown>): readonly TextEditorPerson[] {
  const found = new Map<string, TextEditorPerson>();
  for (const state of states) {
    const person = personOf(state);
    if (person !== null) found.set(person.participantId, person);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Awareness comes over the wire from other clients: what is not a person is passed over. */
function personOf(state: unknown): TextEditorPerson | null {
  if (typeof state !== 'object' || state === null || !('user' in state)) return null;
  const { user } = state;
  if (typeof user !== 'object' || user === null) return null;
  if (!('participantId' in user && 'name' in user && 'role' in user)) return null;
  const role = Role.safeParse(user.role);
  const { participantId, name } = user;
  if (!role.success || typeof participantId !== 'string' || typeof name !== 'string') return null;
  return { participantId, name, role: role.data };
}

export function useEditors(awareness: Awareness): readonly TextEditorPerson[] {
  const [editors, setEditors] = useState<readonly TextEditorPerson[]>([]);
  useEffect(() => {
    const look = (): void => {
      const next = editorsOf(awareness.getStates().values());
      // Carets move many times a second; the list only changes when people do.
      setEditors((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    look();
    awareness.on('change', look);
    return () => awareness.off('change', look);
  }, [awareness]);
  return editors;
}
