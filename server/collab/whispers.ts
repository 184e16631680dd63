import type { DocumentId } from '../../core/domain/ids.ts';
import type { Bus } from '../ports/bus.ts';
import { readAdvances, writeAdvances } from './hints.ts';
import { TEXT_LIMITS } from './limits.ts';

/** What processes tell each other about how far the logs of texts go. */
type Whispers = {
  /** Resolves when others are heard. */
  readonly listening: Promise<unknown>;
  /** Rows up to this seq stand in the log of a text. */
  readonly tell: (documentId: DocumentId, to: number) => void;
  readonly close: () => Promise<void>;
};

const CHANNEL = 'texts';

/**
 * After a quiet while others are told at once; of all that follows within one pace, in all texts, in one message. Each
 * message costs every other process a question to PostgreSQL, whose answer holds whatever is there by then.
 */
export function createWhispers(
  bus: Pick<Bus, 'publish' | 'subscribe'>,
  heard: (documentId: DocumentId, to: number) => void,
): Whispers {
  const untold = new Map<DocumentId, number>();
  let timer: NodeJS.Timeout | null = null;
  const listening = bus.subscribe(CHANNEL, (message) => {
    for (const [documentId, to] of readAdvances(message)) heard(documentId, to);
  });

  function flush(): void {
    timer = null;
    if (untold.size === 0) return;
    bus.publish(CHANNEL, writeAdvances(untold));
    untold.clear();
    timer = setTimeout(flush, TEXT_LIMITS.hintMs);
  }

  return {
    listening,
    tell: (documentId, to) => {
      untold.set(documentId, to);
      if (timer === null) flush();
    },
    close: async () => {
      if (timer !== null) clearTimeout(timer);
      flush();
      if (timer !== null) clearTimeout(timer);
      (await listening)();
    },
  };
}
