import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Ack } from '../../core/contract/socket.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import { toErrorBody } from './errors.ts';

/** As much of a Socket.io socket as handlers need. */
export type Speaker = {
  readonly on: (name: string, listener: (...args: unknown[]) => void) => unknown;
};

export type HandleTools = {
  readonly log: Log;
  /** Counts one message; throws TOO_OFTEN. */
  readonly spend: () => Promise<void>;
  /** Runs handlers of one socket one after the other, so that hear and unhear cannot overtake each other. */
  readonly inTurn: (work: () => Promise<void>) => void;
};

/**
 * The only way a client's message comes in: counted, parsed, run, and always answered when an answer is asked for.
 * Nothing that a client sends, or leaves out, ends the process [G3].
 */
export function handle<Message extends z.ZodType, Value>(
  socket: Speaker,
  tools: HandleTools,
  door: {
    readonly name: string;
    readonly schema: Message;
    readonly run: (message: z.infer<Message>) => Promise<Value>;
  },
): void {
  socket.on(door.name, (...args) => {
    const last = args[args.length - 1];
    const ack = isFunction(last) ? last : () => undefined;
    tools.inTurn(async () => answer(ack, await ask(tools, door, args)));
  });
}

async function ask<Message extends z.ZodType, Value>(
  { log, spend }: HandleTools,
  {
    name,
    schema,
    run,
  }: { name: string; schema: Message; run: (message: z.infer<Message>) => Promise<Value> },
  args: readonly unknown[],
): Promise<Ack<Value>> {
  const requestId = randomUUID();
  try {
    await spend();
    const parsed = schema.safeParse(args[0]);
    if (!parsed.success)
      throw new AppError('MALFORMED', { details: { path: parsed.error.issues[0]?.path.join('.') ?? '' } });
    return { ok: true, value: await run(parsed.data) };
  } catch (error) {
    const body = toErrorBody(error, requestId);
    if (body.code === 'INTERNAL')
      log.error({ err: error, message: name, requestId }, 'a message could not be handled');
    return { ok: false, error: body };
  }
}

/** Answers what nobody handles, so that a caller does not wait for ever. */
export function refuseUnknown(args: readonly unknown[]): void {
  const last = args[args.length - 1];
  if (isFunction(last)) answer(last, { ok: false, error: toErrorBody(new AppError('ROUTE_UNKNOWN')) });
}

function answer(ack: (reply: Ack<unknown>) => void, reply: Ack<unknown>): void {
  try {
    ack(reply);
  } catch {
    // The socket went away meanwhile; the client asks again when it is back.
  }
}

function isFunction(value: unknown): value is (reply: Ack<unknown>) => void {
  return typeof value === 'function';
}
