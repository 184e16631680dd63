import { describe, expect, it } from 'vitest';
import { RATES } from '../../core/contract/limits.ts';
import type { PersonId } from '../../core/domain/ids.ts';
import { silentLog } from '../testing/room-fixtures.ts';
import { createTurns } from './turns.ts';

const personId = '00000000-0000-4000-8000-000000000001' as PersonId;

function fakeSocket() {
  const socket = { connected: true, disconnect: () => (socket.connected = false) };
  return socket;
}

describe('createTurns', () => {
  it('runs the work of one socket one after the other, and goes on after a failure', async () => {
    const { inTurn } = createTurns(silentLog)({ personId }, fakeSocket());
    const order: number[] = [];
    inTurn(async () => {
      await Promise.resolve();
      order.push(1);
      throw new Error('broken');
    });
    await new Promise<void>((resolve) => {
      inTurn(async () => {
        order.push(2);
        resolve();
      });
    });
    expect(order).toEqual([1, 2]);
  });

  it('ends a socket with too much waiting, and runs nothing of it any more [G4]', async () => {
    const socket = fakeSocket();
    const { inTurn } = createTurns(silentLog)({ personId }, socket);
    let [runs, release] = [0, () => undefined as void];
    const work = async () => {
      runs += 1;
      await new Promise<void>((resolve) => (release = resolve));
    };
    for (let n = 0; n < 50; n += 1) inTurn(work);
    await new Promise((resolve) => setImmediate(resolve));
    expect(socket.connected).toBe(true);
    inTurn(work);
    expect(socket.connected).toBe(false);
    release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(runs).toBe(1);
  });

  it('counts all sockets of a person together, and ends whoever goes on at three times the limit [G4]', async () => {
    const turns = createTurns(silentLog);
    const [one, two] = [fakeSocket(), fakeSocket()];
    const tools = [turns({ personId }, one), turns({ personId }, two)];
    for (let n = 0; n < RATES.socket.points; n += 1) await tools[n % 2]!.spend();
    for (let n = 0; n < RATES.socket.points * 2; n += 1)
      await expect(tools[0]!.spend()).rejects.toMatchObject({ reason: 'TOO_OFTEN' });
    expect(one.connected).toBe(true);
    await expect(tools[0]!.spend()).rejects.toMatchObject({ reason: 'TOO_OFTEN' });
    expect([one.connected, two.connected]).toEqual([false, true]);
  });
});
