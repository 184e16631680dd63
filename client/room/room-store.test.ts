import { describe, expect, it } from 'vitest';
import { ApiError } from '../lib/errors.ts';
import { participantId } from '../../core/testing/builders.ts';
import { saidCounts } from '../../core/domain/room/earlier.ts';
import { settled } from '../lib/fake-time.ts';
import { live, stage, withViews } from '../testing/store-stage.ts';

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

  it('waits with hearing until the first picture is there', async () => {
    const s = stage();
    s.store.start();
    s.up();
    expect(s.asked.heard).toEqual([]);
    await settled();
    expect(s.asked.heard).toHaveLength(1);
  });

  it('takes events that came while the picture was on its way, each once [L1]', async () => {
    const s = stage();
    s.store.start();
    s.up();
    const first = s.post(1);
    s.tell(first);
    s.tell(first);
    await settled();
    expect(s.store.state().room.views).toHaveLength(1);
  });

  it('fetches a lost event by itself, and only that', async () => {
    const s = await live();
    const known = s.log.length;
    s.post(1);
    s.tell(s.post(2));
    expect(s.store.state().room.views).toHaveLength(0);
    await s.time.pass(1_000);
    expect(s.store.state().room.views.map(({ text }) => text)).toEqual(['意见 1', '意见 2']);
    expect(s.asked.events).toEqual([known]);
    expect(s.asked.snapshots).toBe(1);
  });

  it('fetches nothing when events merely overtook each other', async () => {
    const s = await live();
    const first = s.post(1);
    s.tell(s.post(2));
    s.tell(first);
    await s.time.pass(5_000);
    expect(s.store.state().room.views).toHaveLength(2);
    expect(s.asked.events).toEqual([]);
  });

  it('does not fetch in a circle: when the events do not help, it takes a picture', async () => {
    const s = await live();
    const [lost] = s.post(1);
    if (lost === undefined) throw new Error('no event');
    // The server tells of an event that its log does not have.
    s.tell([{ ...lost, seq: lost.seq + 40 }]);
    await s.time.pass(60_000);
    expect(s.asked.snapshots).toBeLessThanOrEqual(3);
    expect(s.asked.events.length).toBeLessThanOrEqual(4);
    expect(s.store.state().room.seq).toBe(s.log.length);
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

  it('fetches what was said to be on its way and did not come', async () => {
    const s = await live();
    s.down();
    for (let n = 0; n < 7; n += 1) s.post(n);
    s.up();
    await s.time.pass(5_000);
    expect(s.store.state().room.views).toHaveLength(7);
    expect(s.asked.snapshots).toBe(1);
  });

  it('fetches page by page what is too much for the line [G7]', async () => {
    const s = await live();
    s.down();
    const known = s.log.length;
    for (let n = 0; n < 9; n += 1) s.post(n);
    s.setBehind(true);
    s.up();
    await s.time.pass(1);
    expect(s.asked.events).toEqual([known, known + 5]);
    expect(s.asked.snapshots).toBe(1);
    expect(saidCounts(s.store.state().room).views).toBe(9);
    expect(s.store.state().connection).toBe('restored');
  });

  it('takes a picture when it is too far behind', async () => {
    const s = await live();
    s.down();
    for (let n = 0; n < 510; n += 1) s.post(n);
    s.setBehind(true);
    s.up();
    await settled();
    expect(s.asked.snapshots).toBe(2);
    expect(s.asked.events).toEqual([]);
    expect(saidCounts(s.store.state().room).views).toBe(510);
    expect(s.store.state().connection).toBe('restored');
  });

  it('fetches by request what a line brings that does not answer [G7]', async () => {
    const s = await live();
    s.down();
    for (let n = 0; n < 7; n += 1) s.post(n);
    s.deafen(true);
    s.up();
    await s.time.pass(1);
    expect(s.store.state().room.views).toHaveLength(7);
    s.deafen(false);
    await s.time.pass(3_000);
    expect(s.store.state().connection).toBe('restored');
    expect(s.asked.snapshots).toBe(1);
  });

  it('fetches by request what no line stands long enough to bring [G7]', async () => {
    const s = await live();
    s.down();
    for (let n = 0; n < 7; n += 1) s.post(n);
    s.up();
    await s.time.pass(1_000);
    // It falls before what was missed has come.
    s.down();
    expect(s.store.state().room.views).toHaveLength(0);
    s.up();
    await s.time.pass(1);
    expect(s.store.state().room.views).toHaveLength(7);
    expect(s.store.state().connection).toBe('restored');
  });

  it('keeps on the screen what was loaded when a newer picture joins it [R1]', async () => {
    const s = await withViews(8);
    expect(await s.store.loadEarlier(1)).toBeNull();
    s.post(20);
    s.store.reload();
    await settled();
    expect(s.asked.snapshots).toBe(2);
    expect(s.store.state().room.earlier).toBeUndefined();
    expect(s.store.state().room.views).toHaveLength(9);
  });

  it('takes no second copy of a picture that it has', async () => {
    const s = await live();
    s.store.reload();
    await settled();
    expect(s.asked.tags).toEqual([null, `${s.log.length}`]);
    expect(s.store.state().phase).toBe('ready');
    expect(s.store.state().room.seq).toBe(s.log.length);
  });

  it('shows what it had until a picture comes, when an event does not fit', async () => {
    const s = await withViews(3);
    const shown: number[] = [];
    s.store.subscribe(() => shown.push(s.store.state().room.views.length));
    const [next] = s.post(20);
    if (next === undefined) throw new Error('no event');
    // A view of the office: no server says so, and no room can hold it.
    s.tell([{ ...next, by: 'office' }]);
    s.tell(s.post(21));
    await s.time.pass(5_000);
    expect(Math.min(...shown)).toBeGreaterThanOrEqual(3);
    expect(saidCounts(s.store.state().room).views).toBe(5);
    expect(s.asked.events).toEqual([]);
  });

  it('takes the picture when it can, and says meanwhile that it catches up, when an event does not fit', async () => {
    const s = await withViews(3);
    const [next] = s.post(20);
    if (next === undefined) throw new Error('no event');
    s.fail(new ApiError('UNEXPECTED'));
    s.tell([{ ...next, by: 'office' }]);
    await s.time.pass(1_000);
    expect(s.store.state()).toMatchObject({ phase: 'ready', connection: 'catching-up' });
    for (let n = 21; n < 60; n += 1) s.tell(s.post(n));
    s.fail(null);
    await s.time.pass(20_000);
    expect(s.store.state().connection).toBe('live');
    expect(s.store.state().room.seq).toBe(s.log.length);
  });

  it('takes the picture before it listens again when an event did not fit', async () => {
    const s = await withViews(3);
    const [next] = s.post(20);
    if (next === undefined) throw new Error('no event');
    s.fail(new ApiError('UNEXPECTED'));
    s.tell([{ ...next, by: 'office' }]);
    await s.time.pass(1);
    s.fail(null);
    s.down();
    s.up();
    await settled();
    expect(s.asked.heard[s.asked.heard.length - 1]).toBe(s.log.length);
    expect(s.store.state()).toMatchObject({ connection: 'restored', room: { seq: s.log.length } });
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

  it('believes a server whose log was put back from a backup', async () => {
    const s = await withViews(5);
    s.down();
    s.log.splice(-2);
    s.setBehind(true);
    s.up();
    await settled();
    expect(s.store.state().room.seq).toBe(s.log.length);
    expect(s.store.state().connection).toBe('restored');
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
