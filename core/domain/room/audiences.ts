import type { Role } from '../people.ts';

/**
 * Groups of readers who see the same. chair: whoever runs the session; room: everybody else.
 * Few on purpose: a packet is encoded once for each.
 */
export const AUDIENCES = ['chair', 'room'] as const;
export type Audience = (typeof AUDIENCES)[number];

const CHAIR_ROLES: readonly Role[] = ['convener', 'host', 'staff', 'recorder'];

/** The audience that a role belongs to. */
export function audienceOf(role: Role): Audience {
  return CHAIR_ROLES.includes(role) ? 'chair' : 'room';
}
