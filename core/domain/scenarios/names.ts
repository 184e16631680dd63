import { z } from 'zod';
import { digest } from '../digest.ts';
import { LocalId } from '../ids.ts';

/** A UUID that always is the same for a name: the first bits of its SHA-256 (version 8, RFC 9562). */
export function uuidOf(name: string): string {
  const hex = digest(name);
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The same id for the same name in one playing of one scenario, and another everywhere else. */
export type Naming = (kind: string, name: string) => string;

/** The naming of one playing (scope) of a scenario. */
export function namingOf(scope: string, scenarioId: string): Naming {
  return (kind, name) => uuidOf(`shangliang/${scope}/${scenarioId}/${kind}/${name}`);
}

/** A name as it stands, even when no rule would take it: the domain is there to refuse it. */
const unjudged = z.string().brand<'LocalId'>();

/** Turns a file's names of venues or options into short names: its own where they will do. */
export function shortNames(names: readonly string[], prefix: string): (name: string) => LocalId {
  const areUsable = names.every((name) => LocalId.safeParse(name).success);
  return (name) => {
    const index = names.indexOf(name);
    return unjudged.parse(areUsable || index === -1 ? name : `${prefix}${index + 1}`);
  };
}
