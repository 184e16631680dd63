import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PersonId, SessionId } from '../../core/domain/ids.ts';
import { AppError } from '../app-error.ts';
import type { Cut } from '../ports/sign-ins.ts';
import { silentLog } from '../testing/room-fixtures.ts';
import { createConnections, type Connection } from './connections.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => void vi.useRealTimers());

function stand() {
  const state = { isHealthy: true, isAway: false, isSilent: false, asked: 0 };
  const gone: unknown[] = [];
  const revoked = new Set<string>();
  let order: (cut: Cut) => void = () => undefined;
  const told: unknown[] = [];
  const connections = createConnections({
    cuts: { cut: () => undefined, hear: (listener) => ((order = listener), () => undefined) },
    signIns: {
      stillGood: async (ids) => {
        state.asked += 1;
        if (state.isSilent) return new Promise(() => undefined);
        if (state.isAway) throw new AppError('STORAGE_AWAY');
        return new Set(ids.filter((id) => !revoked.has(id)));
      },
    },
    bus: { isHealthy: () => state.isHealthy },
    log: silentLog,
    tell: (_socket, _name, message) => told.push(message),
    letGo: (line) => gone.push(line),
  });
  const connection = (signInId: string) => {
    const socket = {
      id: signInId,
      conn: signInId,
      connected: true,
      disconnect: () => (socket.connected = false),
    };
    const signedIn = { signInId, personId: signInId as PersonId };
    return { socket, signedIn, heard: new Set<SessionId>() } as unknown as Connection;
  };
  return { connections, connection, state, revoked, told, gone, order: (cut: Cut) => order(cut) };
}

/** Lets answers that are already there arrive. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('createConnections', () => {
  it('cuts a sign-in that ended between its handshake and its connection [G2]', async () => {
    const { connections, connection, revoked, told } = stand();
    const late = connection('late');
    revoked.add('late');
    connections.add(late);
    await settled();
    expect(late.socket.connected).toBe(false);
    expect(told).toMatchObject([{ sessionId: null, error: { reason: 'SIGN_IN_REVOKED' } }]);
  });

  it('keeps a connection whose sign-in cannot be asked just now', async () => {
    const { connections, connection, state } = stand();
    const early = connection('early');
    state.isAway = true;
    connections.add(early);
    await settled();
    expect(early.socket.connected).toBe(true);
  });

  it('refuses at use whoever may no longer be here, and cuts them [G2]', async () => {
    const { connections, connection, revoked } = stand();
    const gone = connection('gone');
    connections.add(gone);
    await connections.guardSignIn(gone);
    revoked.add('gone');
    await expect(connections.guardSignIn(gone)).rejects.toMatchObject({ reason: 'SIGN_IN_REVOKED' });
    expect(gone.socket.connected).toBe(false);
  });

  it.each([
    ['half a minute', true, 30_000],
    ['five seconds while the bus is unwell', false, 5_000],
  ])('asks every sign-in again after %s [G2]', async (_name, isHealthy, afterMs) => {
    const { connections, connection, state, revoked } = stand();
    const lost = connection('lost');
    connections.add(lost);
    state.isHealthy = isHealthy;
    await settled();
    revoked.add('lost');
    vi.advanceTimersByTime(afterMs - 1);
    await settled();
    expect([lost.socket.connected, state.asked]).toEqual([true, 1]);
    vi.advanceTimersByTime(1);
    await settled();
    expect([lost.socket.connected, state.asked]).toEqual([false, 2]);
    connections.stop();
  });

  /** Lets so many rounds of five seconds pass, each with its answers. */
  const rounds = async (count: number) => {
    for (let round = 0; round < count; round += 1) {
      vi.advanceTimersByTime(5_000);
      await settled();
    }
  };

  it.each(['isAway', 'isSilent'] as const)(
    'lets go, and not for good, of those who could not be asked for over a minute [G2] (%s)',
    async (trouble) => {
      const { connections, connection, state, told, gone } = stand();
      connections.add(connection('somebody'));
      await settled();
      await rounds(6);
      expect(state.asked).toBe(2);
      state[trouble] = true;
      await rounds(12);
      expect(gone).toEqual([]);
      await rounds(1);
      expect([gone, told]).toEqual([['somebody'], []]);
      connections.stop();
    },
  );

  it('asks again soon after the database could not be asked, and keeps whoever is still good', async () => {
    const { connections, connection, state, revoked, gone } = stand();
    const [one, other] = [connection('one'), connection('other')];
    connections.add(one);
    connections.add(other);
    await settled();
    state.isAway = true;
    await rounds(7);
    state.isAway = false;
    revoked.add('other');
    await rounds(1);
    expect([one.socket.connected, other.socket.connected]).toEqual([true, false]);
    await rounds(12);
    expect(gone).toEqual([]);
    connections.stop();
  });
});
