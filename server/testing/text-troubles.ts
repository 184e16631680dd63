import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { z } from 'zod';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';
import { chanceOf } from '../../load/chance.ts';
import { AppError } from '../app-error.ts';
import type { Bus } from '../ports/bus.ts';
import type { DocumentLog } from '../ports/document-log.ts';
import { TextPace } from './text-pace.ts';
import type { SignIns } from '../ports/sign-ins.ts';

/**
 * Where a process of texts can be struck: between two steps of somebody coming in, of an edit on its way, of a text being
 * read, or folded.
 */
const TextStep = z.enum([
  'before sign-in',
  'before load',
  'before append',
  'after commit',
  'before publish',
  'before ack',
  'before snapshot',
  'after snapshot',
]);
export type TextStep = z.infer<typeof TextStep>;

const Struck = z
  .strictObject({
    /**
     * die: the process is gone in that very moment, as with SIGKILL. fail: the step fails once, as when storage is
     * away. hold: whoever comes there waits until the troubles are over.
     */
    kind: z.enum(['die', 'fail', 'hold']),
    at: TextStep,
    /** So many come past unharmed first. */
    skip: z.int().min(0).default(0),
  })
  .refine(({ kind, at }) => kind === 'die' || (at !== 'before publish' && at !== 'before ack'), {
    message: 'what is sent neither waits nor fails',
  });
/** What becomes of hints that others sent: each is lost, doubled or late with such a likelihood. */
const Hints = z.strictObject({
  kind: z.literal('hints'),
  seed: z.int(),
  lost: z.number(),
  doubled: z.number(),
  late: z.number(),
});
export const TextTrouble = z.union([Struck, Hints, TextPace, z.strictObject({ kind: z.literal('none') })]);
export type TextTrouble = z.input<typeof TextTrouble>;

/** What a process of texts counts for whoever strikes it: a text was opened, a snapshot of one took its place. */
export const TextDeed = z.enum(['opened', 'snapshot']);
export type TextDeed = z.infer<typeof TextDeed>;

/** A late hint comes up to so much later, behind others that were sent after it. */
const LATE_MS = 400;
const HEADER = { short: 2, medium: 4, long: 10 } as const;

/** Stands between a process of texts and its ports, and strikes where it was told to. The product knows nothing of it. */
export type TextTroubles = {
  readonly arm: (trouble: z.output<typeof TextTrouble>) => void;
  readonly onSignIn: (find: SignIns['find']) => SignIns['find'];
  readonly onLog: (log: DocumentLog) => DocumentLog;
  readonly onBus: (bus: Bus) => Bus;
  /** Acknowledgements go straight to the streams of sockets: they are met there. */
  readonly onServer: (server: Server) => void;
};

/** met: a step that somebody armed was come to. pace: null: that of life. die never returns. */
export function createTextTroubles(outlets: {
  readonly met: (step: TextStep) => void;
  readonly did: (deed: TextDeed) => void;
  readonly pace: (pace: z.output<typeof TextPace> | null) => void;
  readonly die: () => never;
}): TextTroubles {
  const struck = new Map<TextStep, { kind: 'die' | 'fail' | 'hold'; left: number }>();
  let held: (() => void)[] = [];
  let hand = (deliver: () => void): void => deliver();

  function comeTo(step: TextStep): 'go' | 'hold' {
    const trouble = struck.get(step);
    if (trouble === undefined) return 'go';
    trouble.left -= 1;
    if (trouble.left >= 0) return 'go';
    outlets.met(step);
    if (trouble.kind === 'die') outlets.die();
    if (trouble.kind === 'hold') return 'hold';
    struck.delete(step);
    throw new AppError('STORAGE_AWAY');
  }

  async function pass(step: TextStep): Promise<void> {
    if (comeTo(step) === 'hold') await new Promise<void>((resolve) => held.push(resolve));
  }

  function between<A extends readonly unknown[], R>(
    work: (...given: A) => Promise<R>,
    steps: { readonly before?: TextStep; readonly after?: TextStep },
  ): (...given: A) => Promise<R> {
    return async (...given) => {
      if (steps.before !== undefined) await pass(steps.before);
      const done = await work(...given);
      if (steps.after !== undefined) await pass(steps.after);
      return done;
    };
  }

  return {
    arm: (trouble) => {
      if (trouble.kind === 'hints') hand = handing(trouble);
      else if (trouble.kind === 'pace') outlets.pace(trouble);
      else if (trouble.kind === 'none') {
        struck.clear();
        outlets.pace(null);
        hand = (deliver) => deliver();
        for (const release of held.splice(0)) release();
      } else struck.set(trouble.at, { kind: trouble.kind, left: trouble.skip });
    },
    onSignIn: (find) => between(find, { before: 'before sign-in' }),
    onLog: (log) => ({
      ...log,
      load: between(log.load, { before: 'before load' }),
      append: between(log.append, { before: 'before append', after: 'after commit' }),
      beginning: (documentId) => {
        outlets.did('opened');
        return log.beginning(documentId);
      },
      saveSnapshot: between(
        async (documentId, snapshot) => {
          const mark = await log.saveSnapshot(documentId, snapshot);
          if (mark?.seq === snapshot.seq) outlets.did('snapshot');
          return mark;
        },
        { before: 'before snapshot', after: 'after snapshot' },
      ),
    }),
    onBus: (bus) => ({
      ...bus,
      publish: (channel, message) => {
        comeTo('before publish');
        bus.publish(channel, message);
      },
      subscribe: (channel, listener) => bus.subscribe(channel, (message) => hand(() => listener(message))),
    }),
    onServer: (server) => {
      server.prependListener('upgrade', (_request, stream: Duplex) => {
        const write = stream.write.bind(stream);
        stream.write = (chunk: unknown, ...rest: unknown[]) => {
          if (isAck(chunk)) comeTo('before ack');
          return (write as (...given: unknown[]) => boolean)(chunk, ...rest);
        };
      });
    },
  };
}

function handing({ seed, lost, doubled, late }: z.output<typeof Hints>): (deliver: () => void) => void {
  const chance = chanceOf(seed);
  return (deliver) => {
    const fate = chance.next();
    if (fate < lost) return;
    if (fate < lost + late) setTimeout(deliver, chance.next() * LATE_MS);
    else deliver();
    if (fate > 1 - doubled) setTimeout(deliver, chance.next() * LATE_MS);
  };
}

/** Whether a frame of the server's carries an acknowledged barrier. */
function isAck(chunk: unknown): boolean {
  if (!(chunk instanceof Buffer)) return false;
  const size = chunk[1] ?? 0;
  const at = size === 127 ? HEADER.long : size === 126 ? HEADER.medium : HEADER.short;
  return chunk[at] === COLLAB_MESSAGE.barrier;
}
