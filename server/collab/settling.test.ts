import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { DocumentId } from '../../core/domain/ids.ts';
import { uuid } from '../../core/testing/builders.ts';
import type { SnapshotMark } from '../ports/document-log.ts';
import { memoryLog, openQueue, typist, writer } from '../testing/queue-stage.ts';
import { until } from '../testing/until.ts';
import { TEXT_LIMITS } from './limits.ts';
import { createSettling } from './settling.ts';

const documentId = uuid('docu', 1) as DocumentId;
const MINUTE = 60_000;

/** A text, a clock to be set, and a compactor that answers as it is told; null: it throws. */
async function settling() {
  const { text, queue } = await openQueue(memoryLog().documentLog);
  const state = {
    nowMs: 0,
    asked: 0,
    mark: (): SnapshotMark | null => ({ seq: text.applied(), bytes: 100 }),
  };
  const made = createSettling({
    documentId,
    text,
    nowMs: () => state.nowMs,
    log: pino({ level: 'silent' }),
    compactor: {
      compact: () => {
        state.asked += 1;
        const mark = state.mark();
        return mark === null ? Promise.reject(new Error('no')) : Promise.resolve(mark);
      },
      close: () => Promise.resolve(),
    },
  });
  const { type } = typist(queue, writer().from);
  const write = async (rows: number) => {
    const target = text.applied() + rows;
    for (let n = 0; n < rows; n += 1) type('字');
    await until('all of it is in the log', () => text.applied() >= target);
    made.advanced();
  };
  /** So much later, as the poll looks. */
  const look = async (laterMs: number) => {
    state.nowMs += laterMs;
    made.looked();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  };
  return { ...made, text, state, write, look };
}

describe(createSettling.name, () => {
  it('has a text folded when it rests, not while people write, and not again for a few rows [W12]', async () => {
    const { state, write, look } = await settling();
    await write(TEXT_LIMITS.idleRows);
    await look(TEXT_LIMITS.idleMs / 2);
    await write(1);
    await look(0.9 * TEXT_LIMITS.idleMs);
    expect(state.asked).toBe(0);
    await look(0.5 * TEXT_LIMITS.idleMs);
    expect(state.asked).toBe(1);
    await look(MINUTE);
    await write(3);
    await look(MINUTE);
    expect(state.asked).toBe(1);
  });

  it('folds nothing when another process was faster, and counts from its snapshot on [W12]', async () => {
    const { state, text, write, look } = await settling();
    await write(TEXT_LIMITS.idleRows);
    text.snapshotTaken({ seq: text.applied(), bytes: 900 });
    await look(MINUTE);
    expect([state.asked, text.bytes()]).toEqual([0, 900]);
    await write(TEXT_LIMITS.idleRows);
    // It was the loser this time, and is told how far the snapshot goes that counts.
    state.mark = () => ({ seq: text.applied() - 1, bytes: 950 });
    await look(MINUTE);
    await write(TEXT_LIMITS.idleRows - 2);
    await look(MINUTE);
    expect(state.asked).toBe(1);
    await write(1);
    await look(MINUTE);
    expect(state.asked).toBe(2);
  });

  it('tries again a while after a snapshot that could not be made', async () => {
    const { state, write, look, text } = await settling();
    state.mark = () => null;
    await write(TEXT_LIMITS.idleRows);
    await look(MINUTE);
    await look(TEXT_LIMITS.snapshotAgainMs - 1);
    expect(state.asked).toBe(1);
    state.mark = () => ({ seq: text.applied(), bytes: 100 });
    await look(1);
    await look(MINUTE);
    expect(state.asked).toBe(2);
  });

  it('has a text folded that is left, unless it is hardly worth it', async () => {
    const one = await settling();
    await one.write(TEXT_LIMITS.idleRows - 3);
    one.left();
    expect(one.state.asked).toBe(0);
    await one.write(3);
    one.left();
    expect(one.state.asked).toBe(1);
  });
});
