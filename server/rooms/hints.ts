import { z } from 'zod';
import { Envelope } from '../../core/domain/events.ts';
import { SessionId } from '../../core/domain/ids.ts';
import type { Committed, Hint } from '../ports/room-feed.ts';
import type { Sealing } from '../sealing.ts';

/** Larger batches are read from PostgreSQL by whoever wants them. */
const MOST_CHARACTERS = 16_000;

const HintMessage = z.strictObject({
  sessionId: SessionId,
  seq: z.int().min(1),
  sealed: z
    .string()
    .max(4 * MOST_CHARACTERS)
    .optional(),
});
const CommittedText = z.strictObject({
  behind: z.string(),
  headHash: z.string(),
  events: z.array(Envelope).min(1),
});

/** A hint that a session has events up to a seq, and where they are few and there is a seal, the events themselves. */
export function writeHint(
  { sessionId, seq }: Pick<Hint, 'sessionId' | 'seq'>,
  committed: Committed | null,
  sealing: Sealing | null,
): string {
  const plain: Hint = { sessionId, seq };
  if (sealing === null || committed === null) return JSON.stringify(plain);
  const text = JSON.stringify(committed);
  if (text.length > MOST_CHARACTERS) return JSON.stringify(plain);
  return JSON.stringify({ ...plain, sealed: sealing.close(text, sessionId) } satisfies Hint);
}

/** A hint, its events still closed: opening costs more than all else, and most are about rooms that nobody here is in. */
export type ClosedHint = Pick<Hint, 'sessionId' | 'seq'> & {
  /** Null unless one of ours closed it: then PostgreSQL has the events. */
  readonly open: () => Committed | null;
};

/** What another process hinted. */
export function readHint(message: string, sealing: Sealing | null): ClosedHint | undefined {
  const hint = HintMessage.safeParse(parse(message)).data;
  if (hint === undefined) return undefined;
  const { sessionId, seq, sealed } = hint;
  const open = () => {
    const text = sealed === undefined ? null : (sealing?.open(sealed, sessionId) ?? null);
    // Of another version of ours it may say what we do not know.
    return text === null ? null : (CommittedText.safeParse(parse(text)).data ?? null);
  };
  return { sessionId, seq, open };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
