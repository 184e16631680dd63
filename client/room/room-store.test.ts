import { describe, expect, it } from 'vitest';
import { participantId } from '../../core/testing/builders.ts';
import { ApiError } from '../lib/errors.ts';
import { settled } from '../lib/fake-time.ts';
import { live, stage } from '../testing/store-stage.ts';

describe('createRoomStore', () => {
  it('is live once it has a picture and hears from its seq', async () => {
    const s = await live();
    expect(s.store.state()).toMatchObject({
      phase: 'ready',
      connection: 'live',
      participantId: participantId(1),
    });
    expect(s.asked.heard).toEqual([s.log.length]);
    expect(s.store.state().clockOffsetMs).toBe(60_000);
  });

  it('shows signals for ten seconds after the last of them, and forgets them with the line [Q3]', async () => {
    const s = await live();
    const counts = { applause: 3, unheard: 0, overtime: 1 };
    s.signal(counts);
    await s.time.pass(9_000);
    s.signal({ ...counts, applause: 4 });
    await s.time.pass(9_000);
    expect(s.store.state().signals).toEqual({ counts: { ...counts, applause: 4 }, nth: 2 });
    await s.time.pass(1_500);
    expect(s.store.state().signals).toBeNull();
    s.signal(counts);
    s.down();
    expect(s.store.state().signals).toBeNull();
  });

  it('waits with hearing until the first picture is there', async () => {
    const s = stage();
    s.store.start();
    s.up();
    expect(s.asked.heard).toEqual([]);
    await settled();
    expect(s.asked.heard).toHaveLength(1);
  });

  it('says offline when the line falls, catches up when it is back, then says restored, then live', async () => {
    const s = await live();
    s.down();
    expect(s.store.state().connection).toBe('offline');
    const missed = Array.from({ length: 7 }, (_, n) => s.post(n)).flat();
    s.up();
    expect(s.store.state().connection).toBe('catching-up');
    await s.time.pass(2_000);
    expect(s.store.state().connection).toBe('catching-up');
    s.tell(missed);
    expect(s.asked.events).toEqual([]);
    expect(s.store.state().connection).toBe('restored');
    expect(s.store.state().room.views).toHaveLength(7);
    await s.time.pass(4_000);
    expect(s.store.state().connection).toBe('live');
  });

  it('tries again by itself, ever less often, when the server crashes over the first picture', async () => {
    const s = stage();
    s.fail(new ApiError('UNEXPECTED'));
    s.store.start();
    s.up();
    await s.time.pass(300_000);
    expect(s.store.state()).toMatchObject({ phase: 'failed', error: { reason: 'UNEXPECTED' } });
    expect(s.asked.snapshots).toBeLessThan(30);
    s.fail(null);
    await s.time.pass(20_000);
    expect(s.store.state()).toMatchObject({ phase: 'ready', connection: 'live' });
  });

  it('does not believe an answer from before the line fell', async () => {
    const s = await live();
    s.down();
    s.up();
    s.down();
    await settled();
    expect(s.store.state().connection).toBe('offline');
  });

  it('tries again by itself while the server cannot be reached, and tells why meanwhile', async () => {
    const s = stage();
    s.fail(new ApiError('OFFLINE'));
    s.store.start();
    await settled();
    expect(s.store.state()).toMatchObject({ phase: 'failed', error: { reason: 'OFFLINE' } });
    s.fail(null);
    await s.time.pass(4_000);
    expect(s.store.state().phase).toBe('ready');
  });

  it('stops for good when it may not hear any more [P2]', async () => {
    const s = await live();
    s.cut(new ApiError('REMOVED_FROM_SESSION'));
    await s.time.pass(60_000);
    expect(s.store.state().cut?.reason).toBe('REMOVED_FROM_SESSION');
    expect(s.isClosed()).toBe(true);
    expect(s.time.waiting()).toBe(0);
  });

  it('stops when the server will not let it in', async () => {
    const s = stage();
    s.fail(new ApiError('NOT_IN_SESSION'));
    s.store.start();
    await s.time.pass(60_000);
    expect(s.store.state()).toMatchObject({ phase: 'failed', error: { reason: 'NOT_IN_SESSION' } });
    expect(s.asked.snapshots).toBe(1);
  });

  it('can be ended and started again, as React does with every effect', async () => {
    const s = stage();
    s.store.start()();
    s.store.start();
    s.up();
    await settled();
    expect(s.store.state().connection).toBe('live');
  });
});
