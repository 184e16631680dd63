import { z } from 'zod';
import { PersonId, SessionId } from '../../core/domain/ids.ts';
import type { Log } from '../log.ts';
import type { Bus } from '../ports/bus.ts';
import type { Cuts } from '../ports/cuts.ts';
import { CUT_CHANNEL, type Cut } from '../ports/sign-ins.ts';

const CutMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sign-in'), signInId: z.string() }),
  z.strictObject({ kind: z.literal('person'), personId: PersonId, sessionId: SessionId }),
]);

/** Cut-offs over the bus. A lost one is made good by the re-check of every sign-in and by the room's own log. */
export async function createCuts(bus: Bus, log: Log): Promise<Cuts> {
  const listeners = new Set<(cut: Cut) => void>();
  const tell = (cut: Cut) => {
    for (const listener of listeners) {
      try {
        listener(cut);
      } catch (error) {
        log.error({ err: error }, 'a connection could not be cut');
      }
    }
  };
  await bus.subscribe(CUT_CHANNEL, (message) => {
    const cut = read(message);
    if (cut !== undefined) tell(cut);
  });
  return {
    cut: (cut) => {
      tell(cut);
      bus.publish(CUT_CHANNEL, JSON.stringify(cut));
    },
    hear: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function read(message: string): Cut | undefined {
  try {
    return CutMessage.safeParse(JSON.parse(message)).data;
  } catch {
    return undefined;
  }
}
