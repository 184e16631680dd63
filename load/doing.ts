import { randomUUID } from 'node:crypto';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { PollId, ViewId, type SessionId } from '../core/domain/ids.ts';
import type { Command } from '../core/domain/room/commands.ts';
import { Refused, type Browser } from '../rehearsal/doors.ts';
import { command } from '../rehearsal/knock.ts';
import type { Pen } from '../rehearsal/pen.ts';
import type { Deed, History } from './history.ts';

/** Who does something, with what they need for it. */
export type Doer = {
  readonly id: string;
  readonly browser: Browser;
  /** For whoever writes the text. */
  readonly pen?: Pen;
};

/** Does something and writes down what came of it. Never rejects: what people are told is the result. */
export async function doDeed(
  { sessionId, history }: { sessionId: SessionId; history: History },
  doer: Doer,
  deed: Deed,
): Promise<'ok' | 'fail' | 'info'> {
  const op = history.invoke(doer.id, deed);
  try {
    history.ok(op, doer.id, await carryOut(sessionId, doer, deed));
    return 'ok';
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const isAnswer = error instanceof Refused && !UNDECIDED.has(error.error.code);
    history[isAnswer ? 'fail' : 'info'](op, doer.id, why);
    return isAnswer ? 'fail' : 'info';
  }
}

/** Answers after which the deed may have been done all the same, by an earlier try whose answer was lost. */
const UNDECIDED: ReadonlySet<string> = new Set(['INTERNAL', 'UNAVAILABLE', 'RATE_LIMITED']);

/** Resolves with the seq that was told: of a deed, where it stands; of a read, how far it went. */
async function carryOut(sessionId: SessionId, doer: Doer, deed: Deed): Promise<number | null> {
  const { browser, pen } = doer;
  if (deed.kind === 'edit') {
    if (pen === undefined) throw new Error('somebody without a pen cannot write');
    await pen.append({ type: 'paragraph', content: [{ type: 'text', text: deed.mark }] });
    return null;
  }
  if (deed.kind === 'read') {
    const { room } = await browser.call(sessionRoutes.getSnapshot, { params: { sessionId } });
    return room.seq;
  }
  const events = await command(browser, sessionId, commandOf(deed), randomUUID());
  return events[0]?.seq ?? null;
}

function commandOf(deed: Exclude<Deed, { kind: 'edit' | 'read' }>): Command {
  if (deed.kind === 'view') {
    const view = { id: ViewId.parse(deed.id), stance: 'suggestion' as const, text: deed.text, replyTo: null };
    return { type: 'postView', view };
  }
  if (deed.kind === 'ballot')
    return { type: 'castBallot', pollId: PollId.parse(deed.pollId), paper: deed.paper };
  return { type: deed.wish === 'ask' ? 'requestFloor' : 'withdrawFloor' };
}
