import { may, type JoinableRole, type Role } from '../people.ts';
import type { Scenario } from './scenario.ts';

const CHAIR_ORDER: readonly Role[] = [
  'host',
  'convener',
  'staff',
  'member',
  'expert',
  'recorder',
  'department',
  'observer',
];

/** Whoever holds the chair: whom the studio names, else by role; null when only guests come. */
export function chairIn(scenario: Scenario): string | null {
  const named = scenario.studio.host ?? scenario.studio.convener;
  if (named !== undefined) return named;
  for (const role of CHAIR_ORDER) {
    const found = scenario.participants.find((person) => person.role === role);
    if (found !== undefined) return found.id;
  }
  return null;
}

/** The role of the link that lets a person of the file in; null for people with an account [P3]. */
export function linkRoleOf(scenario: Scenario, id: string): JoinableRole | null {
  const role = scenario.participants.find((person) => person.id === id)?.role;
  if (chairIn(scenario) === id) return null;
  return role === 'resident' || role === 'stakeholder' ? role : null;
}

/** Who writes the text, the recorder first; at least the chair. */
export function writersIn(scenario: Scenario): readonly string[] {
  const chair = chairIn(scenario);
  const able = scenario.participants.filter((p) => may(p.role, 'text:write') || p.id === chair);
  const recorders = able.filter((person) => person.role === 'recorder');
  const others = able.filter((person) => person.role !== 'recorder');
  return [...recorders, ...others].map((person) => person.id);
}

/** Who records the tasks: the recorder, or whoever holds the chair. */
export function recorderIn(scenario: Scenario): string | null {
  const recorder = scenario.participants.find((person) => person.role === 'recorder');
  return recorder?.id ?? chairIn(scenario);
}
