import type { z } from 'zod';
import type { Ack } from '../../core/contract/socket.ts';
import { AppError } from '../app-error.ts';
import { errorBody } from '../error-body.ts';
import type { Log } from '../log.ts';

/** As much of a Socket.io socket as handlers need. */
export type Speaker = {
  readonly on: (name: string, listener: (...args: unknown[]) => void) => unknown;
};

export type HandleTools = {
  readonly log: Log;
  /** Counts one message; throws TOO_OFTEN. */
  readonly spend: () => Promise<void>;
  /** Runs handlers of one socket one after the other, so that hear and unhear cannot overtake each other; not too many. */
  readonly inTurn: (work: () => Promise<void>) => void;
};

type Door<Message extends z.ZodType, Value> = {
  readonly name: string;
  readonly schema: Message;
  /** Answers once, when there is an answer: what is told behind it comes behind it. */
  readonly run: (message: z.infer<Message>, answer: (value: Value) => void) => Promise<void>;
};

/**
 * The only way a client's message comes in: counted and parsed when it arrives, run in its turn, and always answered
 * when an answer is asked for. Nothing that a client sends, or leaves out, ends the process [G3].
 */
export function handle<Message extends z.ZodType, Value>(
  socket: Speaker,
  tools: HandleTools,
  door: Door<Message, Value>,
): void {
  socket.on(door.name, (...args) => {
    const last = args[args.length - 1];
    const ack = isFunction(last) ? last : () => undefined;
    // Never rejects: every failure is answered.
    void receive(tools, door, { message: args[0], ack });
  });
}

async function receive<Message extends z.ZodType, Value>(
  { log, spend, inTurn }: HandleTools,
  { name, schema, run }: Door<Message, Value>,
  { message, ack }: { message: unknown; ack: (reply: Ack<unknown>) => void },
): Promise<void> {
  const fail = (error: unknown) => {
    const body = errorBody(error);
    if (body.code === 'INTERNAL')
      log.error({ err: error, message: name, requestId: body.requestId }, 'a message could not be handled');
    answer(ack, { ok: false, error: body });
  };
  try {
    // Before its turn: what waits was paid for, and what is refused waits for nobody [G4].
    await spend();
    const { data, error } = schema.safeParse(message);
    if (error !== undefined)
      throw new AppError('MALFORMED', { details: { path: error.issues[0]?.path.join('.') ?? '' } });
    inTurn(async () => {
      await run(data, (value) => answer(ack, { ok: true, value })).catch(fail);
    });
  } catch (error) {
    fail(error);
  }
}

/** Answers what nobody handles, so that a caller does not wait for ever. */
export function refuseUnknown(args: readonly unknown[]): void {
  const last = args[args.length - 1];
  if (isFunction(last)) answer(last, { ok: false, error: errorBody(new AppError('ROUTE_UNKNOWN')) });
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
