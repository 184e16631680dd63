import { command } from '../rehearsal/knock.ts';
import { takePen } from '../rehearsal/pen.ts';
import { randomUUID } from 'node:crypto';
import { openBrowser } from '../rehearsal/doors.ts';
import { accountRoutes } from '../core/contract/accounts.ts';
import { cameTrue } from '../server/testing/until.ts';
import { check } from './checker.ts';
import { everybodyReaches, gather } from './evidence.ts';
import type { Broken } from './findings.ts';
import type { Troupe } from './troupe.ts';

export type Verdict = {
  readonly broken: readonly Broken[];
  readonly events: number;
  /** Until the last of them had heard everything; null when somebody never did. */
  readonly caughtUpMs: number | null;
};

const QUIET_MS = 30_000;

/** When it has become quiet: somebody comes in who was never there, and everything is held against the promises. */
export async function judge(troupe: Troupe, door: string): Promise<Verdict> {
  const { stage, people, pens, history } = troupe;
  const { sessionId, linkToken } = stage;
  const late = openBrowser(door, () => undefined);
  const body = { token: linkToken, key: randomUUID(), consent: true as const, name: '', venueId: null };
  await late.call(accountRoutes.join, { body });
  const [entered] = await command(late, sessionId, { type: 'enterRoom' }, randomUUID());
  const caughtUpMs = await everybodyReaches(people, entered?.seq ?? 0, QUIET_MS);
  const texts = await textsOf(troupe);
  const evidence = await gather({ steps: history.steps(), sessionId, people, late, texts });
  return {
    broken: pens.length === 0 ? check({ ...evidence, texts: [] }) : check(evidence),
    events: evidence.log.length,
    caughtUpMs,
  };
}

/** The text on every editor's screen, and on a fresh one. */
async function textsOf({ stage, pens }: Troupe) {
  const [editor] = stage.editors;
  if (editor === undefined || pens.length === 0) return [];
  const fresh = await takePen(editor.browser, stage.documentId);
  const texts = () => [
    { reader: 'somebody who opens it last', text: fresh.text() },
    ...pens.map((pen, index) => ({ reader: stage.editors[index]?.name ?? '', text: pen.text() })),
  ];
  try {
    // Whether they are the same is judged with everything else.
    await cameTrue(QUIET_MS, () => new Set(texts().map(({ text }) => text)).size === 1);
    return texts();
  } finally {
    fresh.close();
  }
}
