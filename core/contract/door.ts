import { z } from 'zod';
import { Envelope } from '../domain/events.ts';
import type { Command } from '../domain/room/commands.ts';
import { DOORS } from './limits.ts';
import { none } from './none.ts';
import { route } from './route.ts';

/** Answer to a command: the events it made, committed; [] when it changed nothing. */
export const CommandReply = z.strictObject({ events: z.array(Envelope) });
export type CommandReply = z.infer<typeof CommandReply>;

const base = {
  auth: 'person',
  rate: 'command',
  isIdempotent: true,
  bodyBytes: DOORS.bodyBytes,
  query: none,
  reply: CommandReply,
} as const;

/** A door that asks something of a room: its route, and how a request becomes a command. */
export function door<Params extends z.ZodType, Body extends z.ZodType>(description: {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: `/api/sessions/:sessionId/${string}`;
  readonly summary: string;
  /** Where it is more than a command has as a rule. */
  readonly bodyBytes?: number;
  readonly params: Params;
  readonly body: Body;
  readonly command: (params: z.infer<Params>, body: z.infer<Body>) => Command;
}) {
  const { command, ...rest } = description;
  return { route: route({ ...base, ...rest }), command };
}
