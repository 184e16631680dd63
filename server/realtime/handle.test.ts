import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../app-error.ts';
import { silentLog } from '../testing/room-fixtures.ts';
import { until } from '../testing/until.ts';
import { handle, refuseUnknown, type Speaker } from './handle.ts';

function stand(
  run: (message: { n: number }) => Promise<unknown>,
  spend: () => Promise<void> = async () => undefined,
) {
  let say: (...args: unknown[]) => void = () => undefined;
  const socket: Speaker = { on: (_name, listener) => (say = listener) };
  let turn = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => void (turn = turn.then(work));
  handle(
    socket,
    { log: silentLog, spend, inTurn },
    {
      name: 'x',
      schema: z.strictObject({ n: z.int() }),
      run: async (message, answer) => answer(await run(message)),
    },
  );
  const ask = (...args: unknown[]) => new Promise((resolve) => say(...args, resolve));
  return { ask, say: (...args: unknown[]) => say(...args), settled: () => turn };
}

describe('handle', () => {
  it('answers with the value', async () => {
    expect(await stand(async ({ n }) => n + 1).ask({ n: 1 })).toEqual({ ok: true, value: 2 });
  });

  it.each([[undefined], [null], [42], ['x'], [[]], [{}], [{ n: 1, more: 1 }], [{ n: 1.5 }], [() => 1]])(
    'refuses %s with a code [G3]',
    async (message) => {
      const { ask } = stand(async () => 'never');
      expect(await ask(message)).toMatchObject({
        ok: false,
        error: { code: 'INVALID', reason: 'MALFORMED' },
      });
    },
  );

  it('does without an ack, and lives through one that throws [G3]', async () => {
    const ran: number[] = [];
    const { say, ask, settled } = stand(async ({ n }) => ran.push(n));
    say({ n: 1 });
    say();
    say({ n: 2 }, () => {
      throw new Error('gone');
    });
    await settled();
    expect(await ask({ n: 3 })).toMatchObject({ ok: true });
    expect(ran).toEqual([1, 2, 3]);
  });

  it('tells a refusal by its reason, and hides what nobody foresaw', async () => {
    const refusing = stand(async () => Promise.reject(new AppError('NOT_IN_SESSION')));
    expect(await refusing.ask({ n: 1 })).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN', reason: 'NOT_IN_SESSION' },
    });
    const broken = stand(async () => Promise.reject(new Error('select * from secret')));
    const reply = await broken.ask({ n: 1 });
    expect(reply).toMatchObject({ ok: false, error: { code: 'INTERNAL', reason: 'UNEXPECTED' } });
    expect(JSON.stringify(reply)).not.toContain('secret');
  });

  it('counts before it reads [G4]', async () => {
    let runs = 0;
    const { ask } = stand(
      async () => (runs += 1),
      async () => Promise.reject(new AppError('TOO_OFTEN', { details: { retryAfterMs: 5 } })),
    );
    expect(await ask({})).toMatchObject({ error: { code: 'RATE_LIMITED', details: { retryAfterMs: 5 } } });
    expect(runs).toBe(0);
  });

  it('counts what arrives at once, not when its turn comes, and lets a refusal overtake [G4]', async () => {
    let [spent, release] = [0, () => undefined as void];
    const { say, ask } = stand(
      () => new Promise<void>((resolve) => (release = resolve)),
      async () => void (spent += 1),
    );
    for (let n = 0; n < 5; n += 1) say({ n });
    expect(await ask({ n: 'x' })).toMatchObject({ ok: false, error: { reason: 'MALFORMED' } });
    expect(spent).toBe(6);
    release();
  });

  it('handles one message after the other', async () => {
    const order: string[] = [];
    const held: (() => void)[] = [];
    const { ask } = stand(async ({ n }) => {
      order.push(`start ${n}`);
      if (n === 1) await new Promise<void>((resolve) => held.push(resolve));
      order.push(`end ${n}`);
    });
    const answers = Promise.all([ask({ n: 1 }), ask({ n: 2 })]);
    await until('the first is under way', () => held.length === 1);
    // Whatever would begin beside it has had its turn.
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual(['start 1']);
    held[0]?.();
    await answers;
    expect(order).toEqual(['start 1', 'end 1', 'start 2', 'end 2']);
  });
});

describe('refuseUnknown', () => {
  it('answers whoever waits', () => {
    const replies: unknown[] = [];
    refuseUnknown([{}, (reply: unknown) => replies.push(reply)]);
    refuseUnknown([{}]);
    refuseUnknown([]);
    expect(replies).toMatchObject([{ ok: false, error: { reason: 'ROUTE_UNKNOWN' } }]);
  });
});
